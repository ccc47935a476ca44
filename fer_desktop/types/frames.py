"""A frame and what vision reads from it: tiles, faces, students."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from fer_desktop.types.arrays import Floats, Image
from fer_desktop.types.expressions import EXPRESSIONS, Expression
from fer_desktop.types.geometry import Box
from fer_desktop.types.presence import PresenceReading, UnreadableReason


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a source. `image` is shared and must not be written into.

    `hidden`: where the picture shows something other than the source, such as another window that lies over it.
    """

    index: int
    captured_at_s: float
    image: Image
    hidden: tuple[Box, ...] = ()

    def __post_init__(self) -> None:
        if self.image.ndim != 3 or self.image.shape[2] != 3 or self.image.dtype != np.uint8:
            raise ValueError(f"a frame is uint8 (h, w, 3); came {self.image.dtype} {self.image.shape}")

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.image.shape[0])


@dataclass(frozen=True, slots=True)
class Tile:
    """One participant's rectangle in the call window.

    `name`: from its label, where that was read. `awaits_name`: whether the label is still to be read.
    """

    box: Box
    camera_on: bool
    name: str | None = None
    awaits_name: bool = False


@dataclass(frozen=True, slots=True)
class FaceCues:
    """Head pose and eye opening of one face, read from its landmarks.

    `yaw_deg`: positive towards the right of the picture. `pitch_deg`: positive up. `eye_opening`: eye aspect ratio, the
    height of the opening over its width, of the eye nearer to the camera.
    """

    yaw_deg: float
    pitch_deg: float
    eye_opening: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceDetection:
    """One verified face. `tile` indexes the frame's tiles; None where it lies in no tile.

    `keypoints_px`: (4, 2) float32 in the frame: the eye at the left of the picture, the eye at the right, nose tip,
    mouth centre. `score`: the detector's, 0 to 1. `presence`: the landmark model's face presence, 0 to 1. `cues`: None
    for small faces, and in frames in which no landmarks were read (they are read every few seconds). `unreadable`: why
    no expression is read from the face; None where it can be read. `age_s`: 0 for a face that was found in this frame;
    otherwise it was found so long ago and its tile was not looked at since.
    """

    box: Box
    score: float
    presence: float
    keypoints_px: Floats
    tile: int | None = None
    cues: FaceCues | None = None
    unreadable: PresenceReading | None = None
    age_s: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class FaceReading:
    """A face, its student, and the classifier's (7,) probabilities; None where expressions are off, for a face that
    cannot be read, and for one that was not looked at in this frame, unless its picture has not changed since.

    `student`: None until a newcomer is confirmed.
    """

    face: FaceDetection
    student: int | None
    probabilities: Floats | None

    @property
    def expression(self) -> Expression | None:
        """The most probable expression; None where expressions are off."""
        return None if self.probabilities is None else EXPRESSIONS[int(np.argmax(self.probabilities))]


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """What is known of a person in a tile without a face.

    `checked`: whether the picture was examined at all. `is_there`: whether it shows a person, smoothed over
    measurements. `is_moving`: motion in the last seconds where a person was. `share`: of the picture, 0 to 1, that
    shows a person. `head`: where the head must be. `hidden_by`: why the face cannot be read, where that is known.
    `is_unsure`: whether only a doubtful second opinion finds that person.
    """

    checked: bool
    is_there: bool
    is_moving: bool
    share: float
    head: Box | None = None
    hidden_by: UnreadableReason | None = None
    is_unsure: bool = False


@dataclass(frozen=True, slots=True)
class TileReading:
    """A tile, the student it shows, and who is there.

    `student`: None until a newcomer is confirmed, and where a window covers the tile.
    """

    tile: Tile
    student: int | None
    presence: PresenceReading


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds that each stage of one frame took.

    `tiles_ms`: names included. `identity_ms`: of the tiles and of the faces together.
    """

    tiles_ms: float
    faces_ms: float
    identity_ms: float
    expressions_ms: float


class Pace(StrEnum):
    """How often faces are looked at: as usual, or less often, on battery or because the computer is busy with other
    programs.
    """

    FULL = "full"
    ON_BATTERY = "on_battery"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class LookCounts:
    """Of the faces that are followed, how many were looked at in a frame, and why the others were not: they were
    looked at lately, or their picture has not changed since.
    """

    looked: int = 0
    waiting: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """Two student numbers that turn out to be, or are declared, one student: `student` becomes `into`."""

    student: int
    into: int

    def renumber(self, student: int) -> int:
        """The number that a student goes by after the merge."""
        return self.into if student == self.student else student

    def renumber_all(self, students: frozenset[int]) -> frozenset[int]:
        """The same set of students, by their numbers after the merge."""
        return frozenset(map(self.renumber, students))


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became, at the end of a session, of a number that was in view only briefly.

    It was joined with `into`, or dropped, as it showed nobody, if that is None.
    """

    student: int
    into: int | None


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """Everything that was read from one frame. Students are numbers, 1 and up, valid within a session.

    `merges`: found while this frame was analysed, in order. `out_of_view`: students whom the call window does not
    show at the moment, without evidence that they left: another page, a shared screen, another window in front, a lost
    face where they have no tile. `looks`: at the followed faces of a live source.
    """

    frame: Frame
    tiles: tuple[TileReading, ...]
    faces: tuple[FaceReading, ...]
    stages: StageTimes
    merges: tuple[Merge, ...] = ()
    out_of_view: frozenset[int] = frozenset()
    looks: LookCounts = LookCounts()
    pace: Pace = Pace.FULL

"""The frozen values that the stages hand on to each other. Imports numpy and messages only.

Conventions: pictures are uint8, (height, width, 3), blue-green-red. Boxes are in pixels of the frame, origin top left.
Times end in `_s` (seconds of the source's own clock: monotonic for live sources, position for recorded ones)
or `_ms`. `second` counts whole seconds since the session began.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from fer_desktop.messages.message import Message

ExportFormat = Literal["html", "pdf", "csv", "json", "parquet"]
ExportPart = Literal["all", "attendance"]
Image = NDArray[np.uint8]
Floats = NDArray[np.float32]


class Expression(StrEnum):
    """The seven classes of FER2013, in the order of its labels 0 to 6 and of every probability vector."""

    ANGRY = "angry"
    DISGUST = "disgust"
    FEAR = "fear"
    HAPPY = "happy"
    SAD = "sad"
    SURPRISE = "surprise"
    NEUTRAL = "neutral"


EXPRESSIONS: Final = tuple(Expression)
NEGATIVE_EXPRESSIONS: Final = (Expression.ANGRY, Expression.DISGUST, Expression.FEAR, Expression.SAD)

STACK_ORDER: Final = (
    Expression.HAPPY,
    Expression.SURPRISE,
    Expression.NEUTRAL,
    Expression.SAD,
    Expression.FEAR,
    Expression.ANGRY,
    Expression.DISGUST,
)
"""How expressions are listed and stacked everywhere: from bright to heavy, most frequent near the top."""

BALANCED_MOOD: Final = 0.1
CLEAR_MOOD: Final = 0.35
"""Of the absolute mood: below the first it is called balanced, below the second slightly positive or negative."""

MIN_GROUP_SIZE: Final = 5
"""In a session of class totals, mood and attention are shown and stored for groups of this many or more only."""

FACE_CROP_SIZE_PX: Final = 48
"""Side of the grey square that the classifier reads: the size of a FER2013 picture."""

FER2013_KEYPOINTS: Final = ((0.32, 0.40), (0.69, 0.40), (0.51, 0.60), (0.51, 0.78))
"""Where a FER2013 picture has the eye at its left, the eye at its right, the nose tip and the mouth, as shares of its
side: medians of MediaPipe's keypoints on 1,450 training pictures."""


def mood_of(probabilities: Floats) -> Floats:
    """The mood, -1 to 1, of (..., 7) probabilities: happy - (angry + disgust + fear + sad); NaN where they are NaN."""
    negative = probabilities[..., [EXPRESSIONS.index(name) for name in NEGATIVE_EXPRESSIONS]].sum(axis=-1)
    mood: Floats = probabilities[..., EXPRESSIONS.index(Expression.HAPPY)] - negative
    return mood


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels of the frame: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    def __post_init__(self) -> None:
        if not (self.width >= 0 and self.height >= 0):
            raise ValueError(f"a box cannot have the size {self.width} x {self.height}")

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the bottom edge."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """In square pixels."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The x and y of the centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside; the right and the bottom edge do not."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def shifted(self, dx: float, dy: float) -> "Box":
        """The box moved right by `dx` and down by `dy`."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def intersection_area(self, other: "Box") -> float:
        """The area that both boxes cover; 0 where they do not overlap."""
        width = min(self.right, other.right) - max(self.x, other.x)
        height = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(0.0, width) * max(0.0, height)

    def iou(self, other: "Box") -> float:
        """Intersection over union, 0 to 1."""
        shared = self.intersection_area(other)
        union = self.area + other.area - shared
        return shared / union if union > 0 else 0.0

    def clipped(self, width: int, height: int) -> "Box":
        """The part inside a frame of that size; of no size where there is none."""
        left, top = min(max(self.x, 0), width), min(max(self.y, 0), height)
        right, bottom = min(max(self.right, 0), width), min(max(self.bottom, 0), height)
        return Box(left, top, right - left, bottom - top)

    def rounded(self) -> tuple[int, int, int, int]:
        """Left, top, width, height as whole pixels."""
        return round(self.x), round(self.y), round(self.width), round(self.height)


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
    """One participant's rectangle in the call window. `name`: from its label, where that was read."""

    box: Box
    camera_on: bool
    name: str | None = None


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
    for small faces, and in frames in which no landmarks were read (they are read every few seconds).
    """

    box: Box
    score: float
    presence: float
    keypoints_px: Floats
    tile: int | None = None
    cues: FaceCues | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FaceReading:
    """A face, its student, and the classifier's (7,) probabilities, None where expressions are off.

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
class TileReading:
    """A tile and the student it shows; None until a newcomer is confirmed, and where a window covers the tile."""

    tile: Tile
    student: int | None


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Milliseconds that each stage of one frame took.

    `tiles_ms`: names included. `identity_ms`: of the tiles and of the faces together.
    """

    tiles_ms: float
    faces_ms: float
    identity_ms: float
    expressions_ms: float


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


@dataclass(frozen=True, slots=True, eq=False)
class FrameResult:
    """Everything that was read from one frame. Students are numbers, 1 and up, valid within a session.

    `merges`: found while this frame was analysed, in order. `out_of_view`: students whom the call window does not
    show at the moment, without evidence that they left: another page, a shared screen, another window in front.
    """

    frame: Frame
    tiles: tuple[TileReading, ...]
    faces: tuple[FaceReading, ...]
    stages: StageTimes
    merges: tuple[Merge, ...] = ()
    out_of_view: frozenset[int] = frozenset()


class FlagKind(StrEnum):
    """Why a student may need attention. Never from fear or sadness alone: a classifier misreads both too often."""

    AWAY = "away"
    CAMERA_OFF = "camera_off"
    NEGATIVE = "negative"
    DROWSY = "drowsy"
    CLASS_DROP = "class_drop"  # of the class as a whole


@dataclass(frozen=True, slots=True)
class Flag:
    """A hint that a student may need attention, since when (session seconds), and its evidence.

    `student`: None where it is the class as a whole.
    """

    kind: FlagKind
    student: int | None
    since_second: int
    evidence: Message


class AttentionLevel(StrEnum):
    """The concentration index in three levels (docs/adr/0008-attention-index-and-flags.md)."""

    HIGH = "high"
    MIDDLE = "middle"
    LOW = "low"


HIGH_ATTENTION, LOW_ATTENTION = 0.65, 0.25
"""The cut-offs of Sharma et al. (arXiv 1909.12913) on the index, 0 to 1: high above the first, low below the second."""


def attention_level(index: float) -> AttentionLevel:
    """The level of an index from 0 to 1."""
    if index > HIGH_ATTENTION:
        return AttentionLevel.HIGH
    return AttentionLevel.LOW if index < LOW_ATTENTION else AttentionLevel.MIDDLE


class Presence(StrEnum):
    """How a student appears in the call window now."""

    VISIBLE = "visible"  # a face was found
    TURNED_AWAY = "turned_away"  # the camera is on, no face was found
    CAMERA_OFF = "camera_off"
    OUT_OF_VIEW = "out_of_view"  # no tile, as the call shows another page or view
    AWAY = "away"  # no tile


@dataclass(frozen=True, slots=True)
class StudentState:
    """One student as the live window shows them.

    `since_second`: of the presence. `expression`, with its probability `confidence`, is smoothed over the last
    seconds; None where expressions are off, no face was found, or the readings are too unsure. `attention` likewise,
    and where no landmarks were read.
    """

    student: int
    label: str
    presence: Presence
    since_second: int
    expression: Expression | None
    confidence: float
    flags: tuple[Flag, ...] = ()
    excluded: bool = False
    attention: AttentionLevel | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ClassMood:
    """The class in one second.

    `probabilities`: (7,) mean over the students whose face was read; None without any. `faces`, `cameras_on` and
    `students` are counts. `attention`: mean concentration index, 0 to 1, over the students who have one; None without.
    """

    second: int
    probabilities: Floats | None
    faces: int
    cameras_on: int
    students: int
    attention: float | None = None

    @property
    def mood(self) -> float | None:
        """-1 to 1, as of `mood_of`; None without probabilities."""
        if self.probabilities is None:
            return None
        return float(mood_of(self.probabilities))


@dataclass(frozen=True, slots=True, eq=False)
class StudentSecond:
    """One student in one second, as it is stored.

    `tile_seen`: in any frame; also set by a face without a tile. `probabilities`: (7,) mean over the second's readings;
    None where no face was read. `attention`: concentration index, 0 to 1; None where it is unknown.
    """

    student: int
    face_found: bool
    camera_on: bool
    tile_seen: bool
    probabilities: Floats | None
    attention: float | None = None


class EventKind(StrEnum):
    """What can happen in a session besides its samples."""

    BOOKMARK = "bookmark"
    NOTE = "note"  # the teacher's, on a student or on the lesson
    FLAG_RAISED = "flag_raised"
    FLAG_CLEARED = "flag_cleared"
    FLAG_DISMISSED = "flag_dismissed"
    CAPTURE_LOST = "capture_lost"
    CAPTURE_BACK = "capture_back"
    PAUSED = "paused"
    RESUMED = "resumed"
    STUDENT_EXCLUDED = "student_excluded"
    STUDENT_INCLUDED = "student_included"
    FAULT = "fault"


ANNOTATIONS: Final = (EventKind.BOOKMARK, EventKind.NOTE)
"""What the teacher adds, and may change and delete afterwards."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a second of the session.

    `text`: the teacher's own words, of a note or a bookmark. `message`: a flag's evidence, why capture was lost, a
    fault. `id`: its row in the store, None before it is stored.
    """

    kind: EventKind
    second: int
    text: str = ""
    student: int | None = None
    flag: FlagKind | None = None
    message: Message | None = None
    id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class SecondRecord:
    """Everything that is stored of one finished second.

    `names`: (student, name) where a name became known or changed.
    `merges`: what was stored of the merged student becomes that of the other. `erased`: students of whom nothing may
    remain stored, as they turned out to be an excluded student.
    """

    second: int
    mood: ClassMood
    students: tuple[StudentSecond, ...]
    events: tuple[Event, ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    merges: tuple[Merge, ...] = ()
    erased: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """The newest frame and the present state of the class: what the live window shows.

    `mood`: of the last finished second. `class_flags`: those of the class as a whole.
    """

    result: FrameResult
    second: int
    mood: ClassMood
    students: tuple[StudentState, ...]
    class_flags: tuple[Flag, ...] = ()


class PipelineState(StrEnum):
    """The life of a session. FAULTED is final."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    FAULTED = "faulted"


@dataclass(frozen=True, slots=True)
class PipelineStats:
    """Counts since the start; rate and latency over the last frames. Latency: from capture to result."""

    frames_captured: int
    frames_analysed: int
    frames_dropped: int
    frames_per_second: float
    latency_p50_ms: float
    latency_p95_ms: float

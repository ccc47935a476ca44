"""What a budget decides: what is looked at in a frame; and the budget of pictures, of which everything is looked at."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from fer_desktop.types import Box, FaceDetection, FaceReading, Floats, Frame, Image, LookCounts, Pace, Tile
from fer_desktop.vision.gallery.camera import is_camera_on
from fer_desktop.vision.identity.sighting import describe


@dataclass(frozen=True, slots=True, eq=False)
class LookPlan:
    """What is looked at in one frame.

    `carried`: faces of the tiles in which none is to be detected: those that are not looked at, as they were seen
    last, and, of no age, those that were found again by their picture. `readings`: by the index of their tile, the
    probabilities of those that are not looked at and whose picture has not changed: they hold for this frame too.
    """

    carried: tuple[FaceDetection, ...] = ()
    readings: Mapping[int, Floats] = field(default_factory=dict)
    counts: LookCounts = field(default_factory=LookCounts)
    pace: Pace = Pace.FULL

    def reading_of(self, face: FaceDetection) -> Floats | None:
        """What holds for a carried face; None where its picture has changed, or nothing was read of it."""
        return None if face.tile is None else self.readings.get(face.tile)


class FrameBudget(Protocol):
    """Decides for each frame, in order, what is looked at."""

    def start_frame(self, frame: Frame) -> None:
        """Comes first, before anything is found in the frame."""
        ...

    def shows_camera(self, image: Image, box: Box) -> bool:
        """Whether the tile at `box` of this frame shows a camera, as `is_camera_on` finds out."""
        ...

    def describe(self, image: Image, tile: Tile) -> Floats:
        """The appearance of a tile of this frame, as of `describe_tile`."""
        ...

    def plan(self, frame: Frame, tiles: Sequence[Tile], skip: Collection[int]) -> LookPlan:
        """`skip`: indices of tiles that are not analysed at all."""
        ...

    def remember(
        self, frame: Frame, tiles: Sequence[Tile], found: Sequence[FaceDetection], readings: Sequence[FaceReading]
    ) -> None:
        """At the end of a frame. `found`: by the detector; `readings`: what was read of the faces."""
        ...


class _Everything:
    """A `FrameBudget` without limits, for recordings and pictures."""

    def start_frame(self, frame: Frame) -> None:
        pass

    def shows_camera(self, image: Image, box: Box) -> bool:
        return is_camera_on(image, box)

    def describe(self, image: Image, tile: Tile) -> Floats:
        return describe(image, tile)

    def plan(self, frame: Frame, tiles: Sequence[Tile], skip: Collection[int]) -> LookPlan:
        return LookPlan()

    def remember(
        self, frame: Frame, tiles: Sequence[Tile], found: Sequence[FaceDetection], readings: Sequence[FaceReading]
    ) -> None:
        pass


look_everywhere: Final[FrameBudget] = _Everything()

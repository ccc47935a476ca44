"""The budget of a live call: plans what is looked at in a frame, and carries what was seen in the others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

import numpy as np

from fer_desktop.types import Box, FaceDetection, FaceReading, Floats, Frame, Image, LookCounts, Pace, Tile
from fer_desktop.vision.budget.changes import FrameCells, TileChanges
from fer_desktop.vision.budget.face_picture import FacePicture
from fer_desktop.vision.budget.pace import PaceKeeper
from fer_desktop.vision.budget.scheduler import FULL_RATE, LOW_RATE, Change, FollowedTile, LookScheduler
from fer_desktop.vision.budget.steady_facts import SteadyFacts
from fer_desktop.vision.gallery.camera import is_camera_on
from fer_desktop.vision.identity.appearance import describe_tile
from fer_desktop.vision.identity.sighting import describe

_SURE_SCORE: Final = 0.7
"""A face with a lower score is looked at in every frame: whether it is one depends on the person in its tile."""
_DETECT_EVERY_S: Final = 1.3
"""A look later than that after the last detection asks the detector again, whatever the picture is like."""


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


@dataclass(slots=True)
class _Followed:
    """A tile whose only face was found by its last look, at `seen_at_s`, with the reading where there was one.

    `detected`: the face as the detector found it last, at `detected_at_s`, and its `picture` then.
    """

    face: FaceDetection
    probabilities: Floats | None
    seen_at_s: float
    detected: FaceDetection
    detected_at_s: float
    picture: FacePicture | None


class LiveBudget:
    """A `FrameBudget` that follows faces from look to look.

    Only tiles with one sure face are followed. All others are looked at in every frame: those in which nobody was
    found yet, faces that the second look found, people who share a camera.
    """

    def __init__(self, pace: PaceKeeper) -> None:
        self._pace = pace
        self._cells = FrameCells()
        self._cameras = SteadyFacts(self._cells, is_camera_on, is_fragile=lambda camera_on: not camera_on)
        self._rooms = SteadyFacts(
            self._cells, lambda image, box: describe_tile(image, box, camera_on=True), is_fragile=lambda _: False
        )
        self._cards = SteadyFacts(
            self._cells, lambda image, box: describe_tile(image, box, camera_on=False), is_fragile=lambda _: True
        )
        self._scheduler = LookScheduler()
        self._changes = TileChanges(self._cells)
        self._followed: dict[Box, _Followed] = {}
        self._found_again: frozenset[int] = frozenset()

    def start_frame(self, frame: Frame) -> None:
        """Makes the copy of the frame that is compared."""
        self._cells.start_frame(frame.image, frame.captured_at_s)

    def shows_camera(self, image: Image, box: Box) -> bool:
        """As of `is_camera_on`, found out once a second and where the picture is another one."""
        return self._cameras.of(image, box)

    def describe(self, image: Image, tile: Tile) -> Floats:
        """As of `describe_tile`, likewise."""
        return (self._rooms if tile.camera_on else self._cards).of(image, tile.box)

    def plan(self, frame: Frame, tiles: Sequence[Tile], skip: Collection[int]) -> LookPlan:
        """`skip`: indices of tiles that are not analysed at all; their faces are forgotten."""
        followed = {
            index: known
            for index, tile in enumerate(tiles)
            if index not in skip and (known := self._followed.get(tile.box)) is not None
        }
        changes = {index: self._changes.measure(tiles[index].box, known.face.box) for index, known in followed.items()}
        chosen = self._scheduler.choose(
            frame.captured_at_s,
            {index: FollowedTile(changes[index], known.seen_at_s) for index, known in followed.items()},
            FULL_RATE if self._pace.pace is Pace.FULL else LOW_RATE,
        )
        again = {
            index: face
            for index in chosen
            if changes[index] is Change.SLIGHT and (face := _find_again(followed[index], index, frame)) is not None
        }
        carried = {index: known for index, known in followed.items() if index not in chosen}
        same = {index for index in carried if changes[index] is Change.SAME}
        self._found_again = frozenset(map(id, again.values()))
        return LookPlan(
            carried=(
                *again.values(),
                *(_carry(known, index, frame.captured_at_s) for index, known in carried.items()),
            ),
            readings={index: read for index in same if (read := carried[index].probabilities) is not None},
            counts=LookCounts(
                looked=len(followed) - len(carried), waiting=len(carried) - len(same), unchanged=len(same)
            ),
            pace=self._pace.pace,
        )

    def remember(
        self, frame: Frame, tiles: Sequence[Tile], found: Sequence[FaceDetection], readings: Sequence[FaceReading]
    ) -> None:
        """Follows the tiles that were looked at, where one sure face was found; and takes the time that it took."""
        by_face = {id(reading.face): reading.probabilities for reading in readings}
        by_tile: dict[int | None, list[FaceDetection]] = {}
        for face in found:
            by_tile.setdefault(face.tile, []).append(face)
        followed = {}
        for index, tile in enumerate(tiles):
            faces = by_tile.get(index, [])
            if len(faces) != 1 or faces[0].score < _SURE_SCORE or id(faces[0]) not in by_face:
                continue
            followed[tile.box] = self._follow(frame, tile.box, faces[0], by_face[id(faces[0])])
        self._followed = followed
        self._pace.finish_frame(frame.captured_at_s)

    def _follow(self, frame: Frame, tile: Box, face: FaceDetection, probabilities: Floats | None) -> _Followed:
        known = self._followed.get(tile)
        if face.age_s and known is not None:
            return known
        self._changes.keep(tile)
        now_s = frame.captured_at_s
        if known is not None and id(face) in self._found_again:
            return replace(known, face=face, probabilities=probabilities, seen_at_s=now_s)
        return _Followed(face, probabilities, now_s, face, now_s, FacePicture.take(frame.image, face.box))


def _carry(known: _Followed, index: int, at_s: float) -> FaceDetection:
    """The face in a frame in which its tile is not looked at. Cues are those of one frame, and are not carried."""
    return replace(known.face, tile=index, cues=None, age_s=max(at_s - known.seen_at_s, 1e-6))


def _find_again(known: _Followed, index: int, frame: Frame) -> FaceDetection | None:
    """The face where its picture is now; None where it must be detected again."""
    if known.picture is None or frame.captured_at_s - known.detected_at_s >= _DETECT_EVERY_S:
        return None
    moved = known.picture.find_again(frame.image)
    if moved is None:
        return None
    detected = known.detected
    return replace(
        detected,
        tile=index,
        box=detected.box.shifted(*moved),
        keypoints_px=detected.keypoints_px + np.array(moved, np.float32),
        cues=None,
    )

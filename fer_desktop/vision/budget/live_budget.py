"""The budget of a live call: plans what is looked at in a frame, and carries what was seen in the others."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from fer_desktop.types import Box, FaceDetection, FaceReading, Floats, Frame, Image, LookCounts, Pace, Tile
from fer_desktop.vision.budget.changes import FrameCells
from fer_desktop.vision.budget.followed_faces import FollowedFace, FollowedFaces
from fer_desktop.vision.budget.frame_budget import LookPlan
from fer_desktop.vision.budget.pace import PaceKeeper
from fer_desktop.vision.budget.scheduler import FULL_RATE, LOW_RATE, Change, FollowedTile, LookScheduler
from fer_desktop.vision.budget.steady_tiles import SteadyTiles

_DETECT_EVERY_S: Final = 1.3
"""A look later than that after the last detection asks the detector again, whatever the picture is like."""


class LiveBudget:
    """A `FrameBudget` that follows faces from look to look.

    Only tiles with one sure face are followed. All others are looked at in every frame: those in which nobody was
    found yet, faces that the second look found, people who share a camera.
    """

    def __init__(self, pace: PaceKeeper) -> None:
        self._pace = pace
        self._cells = FrameCells()
        self._tiles = SteadyTiles(self._cells)
        self._scheduler = LookScheduler()
        self._faces = FollowedFaces(self._cells, detect_every_s=(_DETECT_EVERY_S,))

    def start_frame(self, frame: Frame) -> None:
        """Makes the copy of the frame that is compared."""
        self._cells.start_frame(frame.image, frame.captured_at_s)

    def shows_camera(self, image: Image, box: Box) -> bool:
        """As of `is_camera_on`, remembered while the tile shows much the same: see `SteadyTiles`."""
        return self._tiles.shows_camera(image, box)

    def describe(self, image: Image, tile: Tile) -> Floats:
        """As of `describe_tile`, likewise."""
        return self._tiles.describe(image, tile)

    def plan(self, frame: Frame, tiles: Sequence[Tile], skip: Collection[int]) -> LookPlan:
        """`skip`: indices of tiles that are not analysed at all; their faces are forgotten."""
        followed = self._faces.of(tiles, skip)
        changes = {index: self._faces.measure_change(tiles[index].box) for index in followed}
        chosen = self._scheduler.choose(
            frame.captured_at_s,
            {index: FollowedTile(changes[index], known.seen_at_s) for index, known in followed.items()},
            FULL_RATE if self._pace.pace is Pace.FULL else LOW_RATE,
        )
        slight = [index for index in chosen if changes[index] is Change.SLIGHT]
        again = self._faces.find_again(frame, tiles, slight)
        carried = {index: known for index, known in followed.items() if index not in chosen}
        same = {index for index in carried if changes[index] is Change.SAME}
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
        self._faces.follow(frame, tiles, found, readings)
        self._pace.finish_frame(frame.captured_at_s)


def _carry(known: FollowedFace, index: int, at_s: float) -> FaceDetection:
    """The face in a frame in which its tile is not looked at. Cues are those of one frame, and are not carried."""
    return replace(known.face, tile=index, cues=None, age_s=max(at_s - known.seen_at_s, 1e-6))

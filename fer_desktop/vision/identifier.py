"""Identifies the students of frames that were read before, in the order of the recording."""

from dataclasses import replace

import numpy as np

from fer_desktop.types import Frame, FrameResult, Image, Settlement
from fer_desktop.vision.frame_rate import FrameRate
from fer_desktop.vision.identity import StudentTracker
from fer_desktop.vision.identity.appearance import weigh_cells
from fer_desktop.vision.identity.sighting import place_tiles
from fer_desktop.vision.seen_frame import SeenFrame
from fer_desktop.vision.tile_readings import describe_tiles


class Identifier:
    """What `Analyzer` does of a frame after it was seen; its results have a picture of one colour in place of theirs.

    Frames come in order, one thread at a time.
    """

    def __init__(self) -> None:
        self._tracker = StudentTracker()
        self._rate = FrameRate()
        self._frames = 0

    def identify(self, seen: SeenFrame) -> FrameResult:
        """The frame with its students."""
        self._rate.add(seen.captured_at_s)
        tiles = [each.tile for each in seen.tiles]
        appearances = [weigh_cells(each.cells, camera_on=each.tile.camera_on) for each in seen.tiles]
        tile_students = self._tracker.identify_sightings(place_tiles(tiles, appearances))
        face_students = self._tracker.identify_faces([reading.face for reading in seen.faces], tile_students)
        faces = zip(seen.faces, face_students, strict=True)
        frame = Frame(self._frames, seen.captured_at_s, _make_blank(seen.width, seen.height))
        self._frames += 1
        return FrameResult(
            frame,
            describe_tiles(self._tracker, tiles, tile_students, [each.presence for each in seen.tiles]),
            tuple(replace(reading, student=student) for reading, student in faces),
            seen.stages,
            self._tracker.take_merges(),
            self._tracker.out_of_view,
        )

    def settle(self) -> tuple[Settlement, ...]:
        """At the end of the recording: what becomes of the numbers that were in view only briefly, in order."""
        return self._tracker.settle(self._rate.frames_a_second)


def _make_blank(width: int, height: int) -> Image:
    """A picture of that size in three bytes."""
    return np.broadcast_to(np.zeros(3, np.uint8), (height, width, 3))

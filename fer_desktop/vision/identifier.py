"""Identifies the students of frames that were read before, in the order of the recording."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from fer_desktop.types import Frame, FrameResult, Image, PresenceReading, Settlement
from fer_desktop.vision.frame_rate import FrameRate
from fer_desktop.vision.identity import StudentTracker
from fer_desktop.vision.identity.appearance import weigh_cells
from fer_desktop.vision.identity.sighting import place_tiles
from fer_desktop.vision.people.empty_places import EmptyPlaces
from fer_desktop.vision.people.presence import STILL_PICTURE
from fer_desktop.vision.people.still_pictures import StillPictures
from fer_desktop.vision.seen_frame import SeenFrame
from fer_desktop.vision.tile_readings import describe_tiles, switch_off


class Identifier:
    """What `Analyzer` does of a frame after it was seen; its results have a picture of one colour in place of theirs.

    Frames come in order, one thread at a time.
    """

    def __init__(self) -> None:
        self._tracker = StudentTracker()
        self._stills = StillPictures()
        self._places = EmptyPlaces()
        self._rate = FrameRate()
        self._frames = 0

    def identify(self, seen: SeenFrame) -> FrameResult:
        """The frame with its students."""
        self._rate.add(seen.captured_at_s)
        tiles = [each.tile for each in seen.tiles]
        appearances = [weigh_cells(each.cells, camera_on=each.tile.camera_on) for each in seen.tiles]
        tile_students = self._tracker.identify_sightings(place_tiles(tiles, appearances))
        still = self._find_still(seen)
        read = [reading for reading in seen.faces if reading.face.tile not in still]
        face_students = self._tracker.identify_faces([reading.face for reading in read], tile_students)
        faces = zip(read, face_students, strict=True)
        frame = Frame(self._frames, seen.captured_at_s, _make_blank(seen.width, seen.height))
        self._frames += 1
        return FrameResult(
            frame,
            describe_tiles(self._tracker, switch_off(tiles, still), tile_students, self._read_presences(seen, still)),
            tuple(replace(reading, student=student) for reading, student in faces),
            seen.stages,
            self._tracker.take_merges(),
            self._tracker.out_of_view,
        )

    def _find_still(self, seen: SeenFrame) -> frozenset[int]:
        """Indices of the tiles whose picture does not move, so that it is no camera's."""
        tiles = [each.tile for each in seen.tiles]
        still = self._stills.judge(tiles, [each.move for each in seen.tiles], seen.captured_at_s)
        self._stills.note_faces(tiles, [reading.face for reading in seen.faces], seen.captured_at_s)
        return still

    def _read_presences(self, seen: SeenFrame, still: Collection[int]) -> list[PresenceReading]:
        read = [STILL_PICTURE if index in still else each.presence for index, each in enumerate(seen.tiles)]
        tiles, moves = [each.tile for each in seen.tiles], [each.move for each in seen.tiles]
        return self._places.settle(tiles, moves, read, seen.captured_at_s)

    def settle(self) -> tuple[Settlement, ...]:
        """At the end of the recording: what becomes of the numbers that were in view only briefly, in order."""
        return self._tracker.settle(self._rate.frames_a_second)


def _make_blank(width: int, height: int) -> Image:
    """A picture of that size in three bytes."""
    return np.broadcast_to(np.zeros(3, np.uint8), (height, width, 3))

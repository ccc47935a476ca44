"""Students who are identified after all frames were seen are those who are identified frame by frame."""

from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.app import build_analyzer, build_perceiver
from fer_desktop.messages import MessageKey
from fer_desktop.recording.packing import SeenSegment, pack_segment, unpack_segment
from fer_desktop.simulation.script import make_script
from fer_desktop.simulation.source import SimulatedSource
from fer_desktop.types import Box, FaceReading, Frame, FrameResult, StageTimes, Tile, TilePresence
from fer_desktop.vision.budget import RecordingBudget
from fer_desktop.vision.identifier import Identifier
from fer_desktop.vision.motion import PictureChange, PictureComparer
from fer_desktop.vision.people.still_pictures import TileMove
from fer_desktop.vision.seen_frame import SeenFrame, SeenTile
from tests.fakes import FakeNamer, make_face, make_presence

NAMES = ["Asha", "Bilal", "Chen", "Devi", "Elif", "Farah"]


def play(seconds: int) -> list[Frame]:
    source = SimulatedSource(make_script(students=6, seconds=seconds, seed=4), fps=2)
    frames = []
    while (frame := source.read()) is not None:
        frames.append(frame)
    return frames


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return play(6)


def analyse(frames: list[Frame]) -> list[FrameResult]:
    analyzer = build_analyzer(None, FakeNamer(NAMES), budget=RecordingBudget())
    return [analyzer.process(frame) for frame in frames]


def test_tiles_faces_students_and_presences_are_the_same(frames: list[Frame]) -> None:
    perceiver, identifier = build_perceiver(None, FakeNamer(NAMES), threads=1), Identifier()
    seen = [perceiver.see(frame) for frame in frames]
    at_once = analyse(frames)
    later = [identifier.identify(each) for each in seen]
    assert [each.tiles for each in later] == [each.tiles for each in at_once]
    assert {reading.student for reading in later[-1].tiles} == set(range(1, 7))
    assert [[(face.face.box, face.student) for face in each.faces] for each in later] == [
        [(face.face.box, face.student) for face in each.faces] for each in at_once
    ]
    assert [each.out_of_view for each in later] == [each.out_of_view for each in at_once]


def test_a_picture_that_never_moves_is_found_across_segments() -> None:
    box = Tile(Box(0, 0, 320, 180), camera_on=True)
    tiles = [box, replace(box, box=Box(330, 0, 320, 180))]
    identifier, cells = Identifier(), np.zeros((8, 12, 3), np.uint8)
    faces = tuple(FaceReading(make_face(Box(100, 40, 60, 60), tile=index), None, None) for index in range(2))
    for index in range(80):
        moves = (TileMove.NOISE if index % 40 == 0 else TileMove.SAME, TileMove.MOVED)
        seen = tuple(SeenTile(tile, make_presence(), cells, move) for tile, move in zip(tiles, moves, strict=True))
        change = PictureChange(moved=True, abrupt=False, is_watched=True)
        frame = SeenFrame(index, 650, 180, seen, faces, change, StageTimes(1, 1, 1, 1))
        result = identifier.identify(unpack_segment(pack_segment(SeenSegment((frame,), 1))).frames[0])
        was_still = [tile.presence.evidence.key is MessageKey.PICTURE_STILL for tile in result.tiles]
        assert was_still == [index >= 30, False]
        assert [tile.tile.camera_on for tile in result.tiles] == [index < 30, True]
        assert [reading.face.tile for reading in result.faces] == ([1] if index >= 30 else [0, 1])


def test_a_chair_that_an_unsure_opinion_takes_for_a_person_is_empty_across_segments() -> None:
    tile, unsure = Tile(Box(0, 0, 320, 180), camera_on=True), replace(make_presence(), is_unsure=True)
    identifier, cells = Identifier(), np.zeros((8, 12, 3), np.uint8)
    change = PictureChange(moved=True, abrupt=False, is_watched=True)
    for second in range(70):
        seen = SeenTile(tile, replace(unsure, presence=TilePresence.UNREADABLE), cells, TileMove.NOISE)
        frame = SeenFrame(second, 320, 180, (seen,), (), change, StageTimes(1, 1, 1, 1))
        result = identifier.identify(unpack_segment(pack_segment(SeenSegment((frame,), 1))).frames[0])
        presence = result.tiles[0].presence
        expected = (TilePresence.EMPTY, second) if second >= 60 else (TilePresence.UNREADABLE, 0)
        assert (presence.presence, presence.held_s) == expected


def test_the_changes_of_the_picture_are_seen_with_it(frames: list[Frame]) -> None:
    perceiver, comparer = build_perceiver(None, None, threads=1), PictureComparer()
    expected = [comparer.compare(result) for result in analyse(frames)]
    assert [perceiver.see(frame).change for frame in frames] == expected


def test_what_was_seen_holds_no_picture(frames: list[Frame]) -> None:
    seen = build_perceiver(None, None, threads=1).see(frames[0])
    assert max(tile.cells.size for tile in seen.tiles) <= 48 * 27
    result = Identifier().identify(seen)
    assert result.frame.image.shape == frames[0].image.shape
    assert not np.any(result.frame.image)

"""A face that never moves while others do belongs to a still picture; one that moves is a student's again at once."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from fer_desktop.simulation.drawing import truth_at
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.simulation.source import SimulatedSource
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Frame, Image, Tile
from fer_desktop.vision.people.still_pictures import StillPictureFinder, StillPictures, TileMove
from tests.fakes import make_face

SIZE = (640, 360)
ROOM = Tile(Box(0, 0, 320, 180), camera_on=True)
OTHER = Tile(Box(320, 0, 320, 180), camera_on=True)
PAIR = [ROOM, OTHER]
FACES = [make_face(Box(100, 40, 60, 60), tile=0), make_face(Box(420, 40, 60, 60), tile=1)]


@dataclass
class Class:
    """Judges two tiles, frame by frame, both with a face."""

    stills: StillPictures = field(default_factory=StillPictures)
    now_s: float = 0.0

    def watch(self, seconds: float, first: TileMove | None, second: TileMove, *, faces: bool = True) -> frozenset[int]:
        still: frozenset[int] = frozenset()
        for _ in range(round(seconds * 2)):
            self.now_s += 0.5
            still = self.stills.judge(PAIR, [first, second], self.now_s)
            self.stills.note_faces(PAIR, FACES if faces else [], self.now_s)
        return still


@pytest.mark.parametrize(("move", "after_s"), [(TileMove.SAME, 30), (TileMove.NOISE, 60)])
def test_what_does_not_move_while_others_do_is_a_picture(move: TileMove, after_s: int) -> None:
    lesson = Class()
    assert lesson.watch(after_s - 1, move, TileMove.MOVED) == frozenset()
    assert lesson.watch(2, move, TileMove.MOVED) == {0}
    assert lesson.watch(600, TileMove.NOISE, TileMove.MOVED) == {0}


def test_a_student_whose_picture_was_stuck_is_back_at_the_first_movement() -> None:
    lesson = Class()
    lesson.watch(120, TileMove.SAME, TileMove.MOVED)
    assert lesson.watch(0.5, TileMove.MOVED, TileMove.MOVED) == frozenset()
    assert lesson.watch(29, TileMove.SAME, TileMove.MOVED) == frozenset()


def test_a_call_that_stands_still_as_a_whole_says_nothing_of_anybody() -> None:
    lesson = Class()
    lesson.watch(10, TileMove.MOVED, TileMove.MOVED)
    assert lesson.watch(600, TileMove.SAME, TileMove.SAME) == frozenset()


def test_an_empty_room_is_no_picture_however_still_it_is() -> None:
    assert Class().watch(600, TileMove.SAME, TileMove.MOVED, faces=False) == frozenset()


def test_time_that_was_not_watched_does_not_count() -> None:
    lesson = Class()
    lesson.watch(20, TileMove.SAME, TileMove.MOVED)
    lesson.now_s += 300
    assert lesson.watch(9, TileMove.SAME, TileMove.MOVED) == frozenset()
    assert lesson.watch(2, TileMove.SAME, TileMove.MOVED) == {0}


def test_a_tile_that_is_covered_or_excluded_is_not_judged() -> None:
    lesson = Class()
    lesson.watch(60, TileMove.SAME, TileMove.MOVED)
    assert lesson.watch(60, None, TileMove.MOVED) == frozenset()


def draw_class(script: Script, seconds: int, pictured: int | None, noise: float = 0.0) -> Iterator[Image]:
    """One frame a second, in which one student's tile shows for ever what it showed in the first one."""
    source = SimulatedSource(script, fps=1, width=SIZE[0], height=SIZE[1])
    rng = np.random.default_rng(3)
    first: Image | None = None
    for _ in range(seconds):
        frame = source.read()
        assert frame is not None
        image = frame.image.copy()
        if noise:
            image = np.clip(image + rng.normal(0, noise, image.shape), 0, 255).astype(np.uint8)
        first = image if first is None else first
        if pictured is not None:
            part = box_slice(script, pictured)
            image[part] = first[part]
        yield image


def find_boxes(script: Script) -> list[Box]:
    return [tile.box for tile in truth_at(script, 0.0, *SIZE)]


def box_slice(script: Script, index: int) -> tuple[slice, slice]:
    left, top, width, height = find_boxes(script)[index].rounded()
    return slice(top, top + height), slice(left, left + width)


def through_jpeg(image: Image) -> Image:
    """As a call or a recording compresses the picture, anew in each frame."""
    coded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 70])[1]
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)


def watch_class(images: Iterator[Image], script: Script, *, lossy: bool) -> tuple[frozenset[int], frozenset[int]]:
    """The tiles that are pictures at the end, and those that ever were."""
    tiles = [Tile(box, camera_on=True) for box in find_boxes(script)]
    faces = [make_face(tile.box, tile=index) for index, tile in enumerate(tiles)]
    finder, ever, still = StillPictureFinder(), set[int](), frozenset[int]()
    for index, image in enumerate(images):
        frame = Frame(index, float(index), through_jpeg(image) if lossy else image)
        still = finder.find(frame, tiles, ())
        finder.note_faces(tiles, faces, frame.captured_at_s)
        ever |= still
    return still, frozenset(ever)


@pytest.mark.parametrize("lossy", [False, True])
def test_a_picture_among_drawn_students_is_found(lossy: bool) -> None:
    script = make_script(students=4, seconds=80, seed=4)
    still, ever = watch_class(draw_class(script, 65 if lossy else 35, pictured=2, noise=1.5), script, lossy=lossy)
    assert still == ever == {2}

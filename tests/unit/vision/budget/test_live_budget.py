"""What an analyzer with a budget returns of the faces that it does not look at in a frame."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.types import Box, FaceDetection, Frame, FrameResult, Image, Pace, Tile, TilePresence
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.budget import FrameBudget, LiveBudget, PaceKeeper
from tests.fakes import (
    FakeClassifier,
    FakeFaceDetector,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    make_face,
    make_presence,
    make_probabilities,
)

TILE_PX = 80
TILES = [Tile(Box(TILE_PX * index, 0, TILE_PX, TILE_PX), camera_on=True) for index in range(20)]
FACES = {index: make_face(Box(TILE_PX * index + 24, 24, 32, 32), tile=index) for index in range(20)}
HAPPY = make_probabilities(happy=0.8)


class FrozenClock:
    """Every frame is ready at once."""

    now = 0.0

    def now_s(self) -> float:
        return self.now


class Class:
    """Twenty tiles, five frames a second; by default every picture is new in every frame."""

    def __init__(
        self,
        detector: FakeFaceDetector | None = None,
        *,
        on_battery: bool = False,
        budget: FrameBudget | None = None,
    ) -> None:
        self.detector = detector or FakeFaceDetector(FACES)
        self.classifier = FakeClassifier(HAPPY)
        self.clock = FrozenClock()
        self.analyzer = Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=self.detector,
            people=FakePersonFinder(),
            tracker=FakeTracker(),
            classifier=self.classifier,
            budget=budget or LiveBudget(PaceKeeper(self.clock, lambda: on_battery)),
        )
        self.frames = 0
        self.still: frozenset[int] = frozenset()
        self.left: int | None = None
        self.shift_px = 0

    def process(self, *, excluded: Sequence[int] = ()) -> FrameResult:
        frame = Frame(self.frames, self.frames / 5, self._draw())
        self.frames += 1
        self.clock.now = frame.captured_at_s
        return self.analyzer.process(frame, excluded=excluded)

    def _draw(self) -> Image:
        """A small part of each tile changes from frame to frame, but in those that are still."""
        picture = np.full((TILE_PX, TILE_PX * len(TILES), 3), 100, np.uint8)
        for index in set(range(len(TILES))) - self.still:
            left = TILE_PX * index + 32 + self.shift_px
            picture[32:40, left : left + 8], picture[32:40, left + 8 : left + 16] = 90, 112
            picture[40:56, left : left + 8] = 76 + 2 * (self.frames % 5)
        if self.left is not None:
            picture[24:56, TILE_PX * self.left + 24 : TILE_PX * self.left + 56] = 30
        return picture


def count_read(result: FrameResult) -> int:
    return sum(face.probabilities is not None for face in result.faces)


def test_the_first_frame_is_read_completely() -> None:
    assert count_read(Class().process()) == len(TILES)


def test_later_frames_hold_every_face_and_read_some() -> None:
    made = Class()
    made.process()
    for _ in range(10):
        result = made.process()
        assert [face.student for face in sorted(result.faces, key=lambda face: face.student or 0)] == list(range(1, 21))
        assert {tile.presence.presence for tile in result.tiles} == {TilePresence.FACE}
        assert count_read(result) <= 8
        assert result.looks.looked + result.looks.waiting == len(TILES)


def test_a_reading_that_is_not_taken_is_not_invented() -> None:
    made = Class()
    made.process()
    for _ in range(10):
        for reading in made.process().faces:
            assert (reading.probabilities is None) == (reading.face.age_s > 0)
            assert reading.face.age_s <= 0.61


def test_every_second_of_a_student_has_a_reading_and_the_student_is_present_in_all_of_them() -> None:
    made, observer = Class(), ClassObserver(FlagRules())
    records = []
    for _ in range(26):
        result = made.process()
        _, record = observer.observe(result, int(result.frame.captured_at_s))
        records += [record] if record else []
    assert len(records) == 5
    for record in records:
        assert record.mood.faces == len(TILES)
        assert all(sample.face_found and sample.probabilities is not None for sample in record.students)


def test_on_battery_each_face_is_read_about_once_a_second() -> None:
    made = Class(on_battery=True)
    made.process()
    read = [count_read(made.process()) for _ in range(25)]
    assert 75 <= sum(read) <= 125  # 20 faces, five seconds
    assert made.process().pace is Pace.ON_BATTERY


def test_the_reading_of_a_picture_that_has_not_changed_holds() -> None:
    made = Class()
    made.still = frozenset(range(3, 15))
    made.process()
    for _ in range(4):
        result = made.process()
        by_student = {reading.student: reading for reading in result.faces}
        assert by_student[4].probabilities is not None
        assert by_student[4].face.age_s > 0
        assert result.looks.unchanged == 12
        assert made.classifier.batches[-1] == 4  # of the eight others


def test_a_tile_whose_picture_is_another_is_looked_at_at_once() -> None:
    made = Class()
    made.process()
    made.process()
    frame = Frame(2, 0.4, np.full((TILE_PX, TILE_PX * len(TILES), 3), 220, np.uint8))
    result = made.analyzer.process(frame)
    assert count_read(result) == len(TILES)
    assert {reading.face.age_s for reading in result.faces} == {0.0}


def test_a_face_that_has_left_is_gone_with_the_next_look_within_the_budget() -> None:
    made = Class()
    made.process()
    made.detector.remove(5)
    made.left = 5
    seen = [6 in {reading.student for reading in made.process().faces} for _ in range(6)]
    assert not any(seen[3:])


def test_tiles_without_a_face_or_with_an_unsure_one_are_looked_at_in_every_frame() -> None:
    faces = {index: face for index, face in FACES.items() if index != 5} | {6: replace(FACES[6], score=0.6)}
    made = Class(FakeFaceDetector(faces))
    for _ in range(6):
        result = made.process()
        assert {5, 6}.isdisjoint({reading.face.tile for reading in result.faces if reading.face.age_s})
    assert made.detector.searched[-1] >= {5, 6}


def test_people_who_share_a_camera_are_looked_at_in_every_frame() -> None:
    class Detector(FakeFaceDetector):
        def detect(
            self,
            image: Image,
            tiles: Sequence[Tile],
            skip: frozenset[int] = frozenset(),
            carried: Sequence[FaceDetection] = (),
        ) -> list[FaceDetection]:
            beside = make_face(Box(4, 40, 16, 16), tile=0)
            return [*super().detect(image, tiles, skip, carried), beside]

    made = Class(Detector(FACES))
    for _ in range(6):
        assert {reading.face.age_s for reading in made.process().faces if reading.face.tile == 0} == {0.0}


def test_of_an_excluded_student_no_face_is_carried() -> None:
    made = Class()
    made.process()
    for _ in range(4):
        assert 3 not in {reading.student for reading in made.process(excluded=[3]).faces}
        assert 2 not in made.detector.searched[-1]


def test_a_face_that_cannot_be_read_stays_unreadable_between_looks() -> None:
    covered = make_presence(TilePresence.UNREADABLE)
    made = Class(FakeFaceDetector({**FACES, 2: replace(FACES[2], unreadable=covered)}))
    for _ in range(6):
        result = made.process()
        assert result.tiles[2].presence == covered
        assert {reading.probabilities is None for reading in result.faces if reading.student == 3} == {True}


@pytest.mark.parametrize("students", [1, 6])
def test_few_students_are_read_twice_a_second_too(students: int) -> None:
    made = Class(FakeFaceDetector({index: FACES[index] for index in range(students)}))
    made.process()
    read = sum(count_read(made.process()) for _ in range(25))
    assert students * 9 <= read <= students * 25


def test_a_face_that_looks_as_it_did_is_detected_every_third_look_and_read_in_all_of_them() -> None:
    made = Class()
    made.process()
    detected = read = 0
    for _ in range(25):
        read += count_read(made.process())
        detected += len(made.detector.searched[-1])
    assert 180 <= read <= 220  # 20 faces, five seconds
    assert detected <= 80


def test_a_face_that_is_found_again_by_its_picture_moves_along_with_it() -> None:
    made = Class()
    made.process()
    made.shift_px = 2
    again: dict[int | None, FaceDetection] = {}
    detected: set[int | None] = set()
    for _ in range(3):
        faces = [reading.face for reading in made.process().faces]
        detected |= made.detector.searched[-1]
        again |= {face.tile: face for face in faces if face.tile not in {None, *detected} and not face.age_s}
    assert again
    for tile, face in again.items():
        assert tile is not None
        assert face.box.x - FACES[tile].box.x == pytest.approx(2, abs=0.5)
        assert face.keypoints_px - FACES[tile].keypoints_px == pytest.approx(np.array([[2, 0]] * 4), abs=0.5)

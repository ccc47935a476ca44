"""One frame in; tiles, names, students, faces and expressions out."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from fer_desktop.messages import MessageKey
from fer_desktop.types import Box, Expression, FaceDetection, Frame, Image, PersonSeen, Tile, TilePresence
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.people import StillPictureFinder
from tests.fakes import (
    FakeClassifier,
    FakeFaceDetector,
    FakeNamer,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    make_face,
    make_frame,
    make_presence,
    make_probabilities,
)

TILES = [
    Tile(Box(0, 0, 30, 40), camera_on=True),
    Tile(Box(32, 0, 30, 40), camera_on=True),
    Tile(Box(0, 0, 9, 9), False),
]
FACES = {0: make_face(Box(4, 4, 20, 20), tile=0), 1: make_face(Box(36, 4, 20, 20), tile=1)}


def make_analyzer(classifier: FakeClassifier | None, detector: FakeFaceDetector | None = None) -> Analyzer:
    return Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=detector or FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=FakeTracker(),
        classifier=classifier,
    )


def test_all_faces_of_a_frame_are_read_in_one_batch() -> None:
    classifier = FakeClassifier(make_probabilities(happy=0.8))
    result = make_analyzer(classifier).process(make_frame())
    assert classifier.batches == [2]
    assert [(face.student, face.expression) for face in result.faces] == [(1, Expression.HAPPY), (2, Expression.HAPPY)]


def test_a_face_that_cannot_be_read_has_no_expression_and_its_student_is_there() -> None:
    covered = make_presence(TilePresence.UNREADABLE)
    faces = {0: FACES[0], 1: replace(FACES[1], unreadable=covered)}
    classifier = FakeClassifier(make_probabilities(happy=0.8))
    result = make_analyzer(classifier, FakeFaceDetector(faces)).process(make_frame())
    assert classifier.batches == [1]
    assert [face.expression for face in result.faces] == [Expression.HAPPY, None]
    assert [tile.presence.presence for tile in result.tiles] == ["face", "unreadable", "camera_off"]


def test_the_face_of_a_picture_that_never_moves_is_no_students() -> None:
    classifier = FakeClassifier(make_probabilities(happy=0.8))
    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=FakeTracker(),
        classifier=classifier,
        stills=StillPictureFinder(),
    )
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 255, (40, 62, 3), dtype=np.uint8)
    for second in range(40):
        picture[:, 32:] = rng.integers(0, 255, (40, 30, 3), dtype=np.uint8)
        result = analyzer.process(Frame(second, float(second), picture.copy()))
    assert [(tile.student, tile.presence.presence, tile.tile.camera_on) for tile in result.tiles[:2]] == [
        (1, "camera_off", False),
        (2, "face", True),
    ]
    assert result.tiles[0].presence.evidence.key is MessageKey.PICTURE_STILL
    assert [reading.student for reading in result.faces] == [2]
    assert (classifier.batches[0], classifier.batches[-1]) == (2, 1)
    result = analyzer.process(Frame(40, 40.0, rng.integers(0, 255, (40, 62, 3), dtype=np.uint8)))
    assert [reading.student for reading in result.faces] == [1, 2]


def test_faces_are_looked_for_again_where_people_are() -> None:
    class Detector(FakeFaceDetector):
        def look_again(
            self, image: Image, tiles: Sequence[Tile], heads: Mapping[int, Box], *, captured_at_s: float
        ) -> list[FaceDetection]:
            return [make_face(head, tile=index) for index, head in heads.items()]

    head = Box(40, 8, 10, 10)
    people = {1: PersonSeen(checked=True, is_there=True, is_moving=False, share=0.2, head=head)}
    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=Detector({0: FACES[0]}),
        people=FakePersonFinder(people),
        tracker=FakeTracker(),
        classifier=None,
    )
    assert [(face.face.tile, face.student) for face in analyzer.process(make_frame()).faces] == [(0, 1), (1, 2)]


def test_a_doubtful_face_needs_a_person_in_its_tile() -> None:
    nobody = PersonSeen(checked=True, is_there=False, is_moving=False, share=0.0)
    people = {0: nobody, 1: replace(nobody, is_there=True)}
    faces = {index: replace(face, score=0.55) for index, face in FACES.items()}
    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(faces),
        people=FakePersonFinder(people),
        tracker=FakeTracker(),
        classifier=None,
    )
    result = analyzer.process(make_frame())
    assert [face.student for face in result.faces] == [2]
    assert [tile.presence.presence for tile in result.tiles] == ["empty", "face", "camera_off"]


def test_every_tile_has_its_student_also_with_the_camera_off() -> None:
    result = make_analyzer(None).process(make_frame())
    assert [(reading.student, reading.tile.camera_on) for reading in result.tiles] == [(1, True), (2, True), (3, False)]


def test_without_a_classifier_faces_are_found_and_no_expression_is_read() -> None:
    result = make_analyzer(None).process(make_frame())
    assert [(face.student, face.expression, face.probabilities) for face in result.faces] == [
        (1, None, None),
        (2, None, None),
    ]


def test_no_faces_are_searched_for_in_an_excluded_students_tile_nor_in_one_without_a_camera() -> None:
    detector = FakeFaceDetector(FACES)
    classifier = FakeClassifier(make_probabilities(happy=0.8))
    result = make_analyzer(classifier, detector).process(make_frame(), excluded={2})
    assert detector.skipped == [frozenset({1, 2})]
    assert [face.student for face in result.faces] == [1]
    assert classifier.batches == [1]


def test_a_face_in_a_window_that_lies_over_the_call_is_dropped() -> None:
    frame = replace(make_frame(), hidden=(Box(30, 0, 40, 40),))
    assert [face.student for face in make_analyzer(None).process(frame).faces] == [1]


def test_a_tile_that_a_window_covers_has_no_student() -> None:
    class Covered(FakeTracker):
        out_of_view = frozenset({3})

    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=Covered(),
        classifier=None,
    )
    result = analyzer.process(make_frame())
    assert [reading.student for reading in result.tiles] == [1, 2, None]
    assert result.out_of_view == {3}


def test_while_a_student_is_excluded_no_unidentified_face_is_read() -> None:
    class Unsure(FakeTracker):
        def identify_faces(self, faces: Sequence[FaceDetection], _: Sequence[int | None]) -> list[int | None]:
            return [None for _ in faces]

    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=Unsure(),
        classifier=None,
    )
    assert len(analyzer.process(make_frame()).faces) == 2
    assert analyzer.process(make_frame(), excluded={7}).faces == ()


def test_each_stage_is_timed() -> None:
    stages = make_analyzer(None).process(make_frame()).stages
    assert min(stages.tiles_ms, stages.faces_ms, stages.identity_ms, stages.expressions_ms) >= 0


def test_identity_is_timed_for_tiles_and_faces_together() -> None:
    class SlowTracker(FakeTracker):
        def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
            time.sleep(0.01)
            return super().identify_tiles(image, tiles, hidden)

        def identify_faces(self, faces: Sequence[FaceDetection], students: Sequence[int | None]) -> list[int | None]:
            time.sleep(0.02)
            return super().identify_faces(faces, students)

    tracker = SlowTracker()
    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector(FACES),
        people=FakePersonFinder(),
        tracker=tracker,
        classifier=None,
    )
    assert analyzer.process(make_frame()).stages.identity_ms >= 30


def test_a_tile_has_its_students_name_where_the_label_is_covered_too() -> None:
    class NamingTracker(FakeTracker):
        def name_of(self, student: int) -> str | None:
            return {1: "Ada Obi"}.get(student)

    namer = FakeNamer([None, "Bo Lindqvist", None])
    analyzer = Analyzer(
        tiles=FakeTileFinder(TILES),
        faces=FakeFaceDetector({}),
        people=FakePersonFinder(),
        tracker=NamingTracker(),
        classifier=None,
        namer=namer,
    )
    result = analyzer.process(make_frame())
    assert [reading.tile.name for reading in result.tiles] == ["Ada Obi", "Bo Lindqvist", None]
    analyzer.close()
    assert namer.closed

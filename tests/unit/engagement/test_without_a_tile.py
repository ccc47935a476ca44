"""Students without a tile of their own: a lost face is no evidence that they left."""

from collections.abc import Sequence

import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.types import Box, EventKind, FaceDetection, FlagKind, FrameResult, Image, Presence, Tile
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.identity import StudentTracker
from tests.fakes import FakeFaceDetector, FakePersonFinder, FakeTileFinder, make_face, make_frame

SHARED = Tile(Box(0, 0, 60, 40), camera_on=True)
FIRST = make_face(Box(36, 8, 20, 20), tile=0, score=0.95)
SECOND = make_face(Box(4, 8, 20, 20), tile=0, score=0.8)
UNTILED = make_face(Box(4, 8, 20, 20), score=0.8)


class ChangingDetector(FakeFaceDetector):
    """Finds the faces that are set."""

    def __init__(self) -> None:
        super().__init__({})
        self.faces: list[FaceDetection] = []

    def detect(
        self,
        image: Image,
        tiles: Sequence[Tile],
        skip: frozenset[int] = frozenset(),
        carried: Sequence[FaceDetection] = (),
    ) -> list[FaceDetection]:
        return self.faces


class Lesson:
    """Five frames a second through the real tracker and observer."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        self.observer = ClassObserver(FlagRules())
        self._detector = ChangingDetector()
        self._analyzer = Analyzer(
            tiles=FakeTileFinder(list(tiles)),
            faces=self._detector,
            people=FakePersonFinder(),
            tracker=StudentTracker(),
            classifier=None,
        )
        self._second = 0
        self.raised: list[tuple[FlagKind | None, int | None]] = []

    def show(self, *faces: FaceDetection, seconds: int) -> FrameResult:
        self._detector.faces = list(faces)
        for frame in range(5 * seconds):
            result = self._analyzer.process(make_frame())
            self.last, record = self.observer.observe(result, self._second + frame // 5)
            events = record.events if record else ()
            self.raised += [(each.flag, each.student) for each in events if each.kind is EventKind.FLAG_RAISED]
        self._second += seconds
        return result


@pytest.mark.parametrize(("tiles", "stays", "lost"), [([SHARED], [FIRST], SECOND), ([], [], UNTILED)])
def test_a_student_without_a_tile_whose_face_is_lost_is_never_away(
    tiles: list[Tile], stays: list[FaceDetection], lost: FaceDetection
) -> None:
    lesson = Lesson(tiles)
    seen = lesson.show(*stays, lost, seconds=40)
    student = next(each.student for each in seen.faces if each.face is lost)
    assert student is not None
    lesson.show(*stays, seconds=300)
    state = next(each for each in lesson.last.students if each.student == student)
    assert (state.presence, state.flags, lesson.raised) == (Presence.OUT_OF_VIEW, (), [])
    lesson.show(*stays, lost, seconds=2)
    assert next(each for each in lesson.last.students if each.student == student).presence is Presence.VISIBLE

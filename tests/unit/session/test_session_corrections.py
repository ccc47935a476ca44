"""What is corrected while a session is recorded: names, students who are one, students who are none."""

import threading
from collections.abc import Sequence

import pytest

from fer_desktop.session.live_session import LiveSession
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import StoredSettlement
from fer_desktop.types import (
    Box,
    Image,
    Merge,
    Settlement,
    Tile,
)
from fer_desktop.vision.analyzer import Analyzer
from tests.fakes import (
    FakeFaceDetector,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    ScriptedSource,
)
from tests.unit.session.live import FACES, TILES, Maker, frames_of


def test_the_teachers_own_name_for_a_student_is_stored(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(3)))
    session.rename(2, "Ada")
    session.start()
    session.join()
    assert session.session_id is not None
    assert [student.label for student in store.students(session.session_id)] == ["Student 1", "Ada"]


def test_what_was_stored_of_two_numbers_is_merged_once_they_turn_out_to_be_one_student(
    store: Store, make_session: Maker
) -> None:
    class MergingTracker(FakeTracker):
        """Finds in the fifth frame, in the third second, that student 2 is student 1."""

        def __init__(self) -> None:
            self.frames = 0

        def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
            self.frames += 1
            return [1, 2] if self.frames < 5 else [1, 1]

        def take_merges(self) -> tuple[Merge, ...]:
            return (Merge(2, 1),) if self.frames == 5 else ()

    def make(_: object) -> Analyzer:
        return Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=FakeFaceDetector(FACES),
            people=FakePersonFinder(),
            tracker=MergingTracker(),
            classifier=None,
        )

    session = make_session(ScriptedSource(frames_of(4)), analyzer=make)
    session.start()
    session.join()
    assert session.session_id is not None
    (student,) = store.students(session.session_id)
    assert (student.student, student.face_seconds) == (1, 4)
    assert store.mood_series(session.session_id).students.tolist() == [1, 1, 1, 1]


class TestSettlingAtTheEnd:
    """The tracker finds at the end that student 2, seen only briefly, is student 1."""

    class SettlingTracker(FakeTracker):
        def settle(self, frames_a_second: float) -> tuple[Settlement, ...]:
            assert frames_a_second == pytest.approx(2)
            return (Settlement(2, 1),)

    def make_analyzer(self, _: object) -> Analyzer:
        tracker = self.SettlingTracker()
        return Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=FakeFaceDetector(FACES),
            people=FakePersonFinder(),
            tracker=tracker,
            classifier=None,
        )

    def run(self, session: LiveSession) -> int:
        session.start()
        session.join()
        assert session.session_id is not None
        return session.session_id

    def test_they_are_one_student_and_it_can_be_undone(self, store: Store, make_session: Maker) -> None:
        number = self.run(make_session(ScriptedSource(frames_of(4)), analyzer=self.make_analyzer))
        assert [each.student for each in store.students(number)] == [1]
        assert store.settlements(number) == [StoredSettlement(2, 1, 0, 4)]

    def test_whoever_the_teacher_has_named_is_left_alone(self, store: Store, make_session: Maker) -> None:
        session = make_session(ScriptedSource(frames_of(4)), analyzer=self.make_analyzer)
        session.rename(2, "Ada")
        assert len(store.students(self.run(session))) == 2

    def test_of_whoever_is_an_excluded_student_nothing_remains(self, store: Store, make_session: Maker) -> None:
        session = make_session(ScriptedSource(frames_of(4)), analyzer=self.make_analyzer)
        session.exclude(1)
        number = self.run(session)
        assert store.students(number) == []
        assert store.settlements(number) == []


def test_the_teachers_merge_is_stored_though_no_frame_comes_after_it(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(10), live=True), period_s=0.02)
    shown = threading.Event()
    session.set_wake(lambda: shown.set() if session.session_id is not None else None)
    session.start()
    assert shown.wait(10)
    session.pause()
    session.merge(2, 1)
    session.rename(1, "Ada")
    session.stop()
    assert session.session_id is not None
    assert [student.label for student in store.students(session.session_id)] == ["Ada"]


def test_of_what_is_no_student_nothing_remains_stored(store: Store, make_session: Maker) -> None:
    session = make_session(ScriptedSource(frames_of(10), live=True), period_s=0.02)
    shown = threading.Event()
    session.set_wake(lambda: shown.set() if session.session_id is not None else None)
    session.start()
    assert shown.wait(10)
    session.pause()
    session.remove(2)
    session.erase(2)
    session.stop()
    assert session.session_id is not None
    assert [student.student for student in store.students(session.session_id)] == [1]
    assert all(event.student != 2 for event in store.events(session.session_id))


@pytest.mark.parametrize("merge", [Merge(2, 1), Merge(1, 2)])
def test_nothing_is_erased_of_who_turns_out_to_be_a_student_before_it_is(
    store: Store, make_session: Maker, merge: Merge
) -> None:
    """The teacher removes 2; in the fifth frame its name is read, which is that of 1; the offer to undo ends later."""

    class NamingTracker(FakeTracker):
        def __init__(self) -> None:
            self.frames = 0

        def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
            self.frames += 1
            if self.frames == 3:
                session.remove(2)
            if self.frames == 7:
                session.erase(2)
            return [1, 2] if self.frames < 5 else [merge.into, None]

        def take_merges(self) -> tuple[Merge, ...]:
            return (merge,) if self.frames == 5 else ()

    def make(_: object) -> Analyzer:
        return Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=FakeFaceDetector(FACES),
            people=FakePersonFinder(),
            tracker=NamingTracker(),
            classifier=None,
        )

    session = make_session(ScriptedSource(frames_of(5)), analyzer=make)
    session.start()
    session.join()
    assert session.session_id is not None
    (student,) = store.students(session.session_id)
    assert (student.student, student.face_seconds) == (merge.into, 5)

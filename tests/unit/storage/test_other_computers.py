"""What was deleted on one computer does not come back from another one's rescue files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import BEGAN, new_session, record, seen, wait_until
from tests.unit.storage.rescues import rescue_files

pytestmark = pytest.mark.every_database


@dataclass
class Computers:
    """Two with one database. The first has a lesson's last two seconds in a rescue file, with Bob's name and a note."""

    url: str
    lesson: int
    go_to: Callable[[str], None]

    @contextmanager
    def second(self) -> Iterator[Store]:
        """The store on the second computer."""
        self.go_to("second")
        with open_store(self.url) as store:
            assert rescue_files() == []
            yield store

    @contextmanager
    def first(self, *, rescued: int = 2) -> Iterator[Store]:
        """The store on the first one, which takes its files in."""
        self.go_to("first")
        assert len(rescue_files()) == 1
        with open_store(self.url) as store:
            assert rescue_files() == []
            assert store.rescued_seconds == rescued
            yield store


@pytest.fixture
def computers(url: str, short_waits: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Computers:
    def go_to(name: str) -> None:
        monkeypatch.setenv("FER_DESKTOP_HOME", str(tmp_path / name))

    go_to("first")
    with open_store(url) as store:
        writer = store.begin_session(new_session())
        for second in (0, 1):
            writer.record(record(second, [seen(1), seen(4), seen(5)], names=[(1, "Ann")]))
        wait_until(lambda: writer.kept.stored == 2)
        with locked(store):
            for second in (2, 3):
                note = Event(EventKind.NOTE, second, "of Bob", 4)
                writer.record(record(second, [seen(1), seen(4), seen(5)], [note], [(4, "Bob")]))
            writer.close()
    return Computers(url, writer.session_id, go_to)


@contextmanager
def locked(store: Store) -> Iterator[None]:
    """Another program keeps the database from being written."""
    database = store._database
    with database.writing_engine.connect() as connection, connection.begin():
        if database.on_postgres:
            connection.execute(text("LOCK TABLE sessions, moods IN EXCLUSIVE MODE"))
        else:
            connection.execute(text("SELECT 1"))
        yield


def students_by_second(store: Store, session: int) -> dict[int, list[int]]:
    return {
        each.student: store.student_series(session, each.student).seconds.tolist() for each in store.students(session)
    }


def test_what_was_not_corrected_is_taken_in(computers: Computers) -> None:
    with computers.second() as store:
        assert students_by_second(store, computers.lesson) == {1: [0, 1], 4: [0, 1], 5: [0, 1]}
    with computers.first() as store:
        assert students_by_second(store, computers.lesson) == {each: [0, 1, 2, 3] for each in (1, 4, 5)}
        assert [each.name for each in store.students(computers.lesson)] == ["Ann", "Bob", None]


def test_a_deleted_lesson_does_not_come_back(computers: Computers) -> None:
    with computers.second() as store:
        store.delete_session(computers.lesson)
    with computers.first(rescued=0) as store:
        assert store.list_sessions() == []


def test_a_lesson_that_its_age_erased_does_not_come_back(computers: Computers) -> None:
    now = BEGAN + timedelta(days=20)
    with computers.second() as store:
        store.purge_expired(store.expired_sessions(10, now=now), now=now)
        assert store.erase_due_purges(now=now + timedelta(days=7)) == 1
    with computers.first(rescued=0) as store:
        assert store.session_list().hidden == store.session_list().sessions == ()


def test_an_erased_student_does_not_come_back(computers: Computers) -> None:
    with computers.second() as store:
        store.erase_student(computers.lesson, 4)
    with computers.first() as store:
        assert students_by_second(store, computers.lesson) == {1: [0, 1, 2, 3], 5: [0, 1, 2, 3]}
        assert store.mood_series(computers.lesson).students.tolist() == [2, 2, 2, 2]
        assert store.events(computers.lesson) == []


def test_a_merged_student_stays_merged(computers: Computers) -> None:
    with computers.second() as store:
        store.merge_students(computers.lesson, 5, 1)
    with computers.first() as store:
        assert students_by_second(store, computers.lesson) == {1: [0, 1, 2, 3], 4: [0, 1, 2, 3]}
        assert store.mood_series(computers.lesson).students.tolist() == [2, 2, 2, 2]


def test_a_merged_student_is_erased_with_the_other(computers: Computers) -> None:
    with computers.second() as store:
        store.merge_students(computers.lesson, 4, 1)
        store.erase_student(computers.lesson, 1)
    with computers.first() as store:
        assert students_by_second(store, computers.lesson) == {5: [0, 1, 2, 3]}


def test_a_student_who_was_split_off_and_erased_does_not_come_back(computers: Computers) -> None:
    with computers.second() as store:
        new = store.split_student(computers.lesson, 4, 1)
        store.erase_student(computers.lesson, new)
    with computers.first() as store:
        assert students_by_second(store, computers.lesson) == {1: [0, 1, 2, 3], 4: [0], 5: [0, 1, 2, 3]}


@pytest.mark.parametrize("merged", [False, True])
def test_a_name_that_was_taken_away_does_not_come_back(computers: Computers, merged: bool) -> None:
    with computers.second() as store:
        if merged:
            store.merge_students(computers.lesson, 4, 5)
        store.rename_student(computers.lesson, 5 if merged else 4, None)
    with computers.first() as store:
        assert [each.name for each in store.students(computers.lesson)] == ["Ann", None, None][: 2 if merged else 3]


def test_the_number_of_an_erased_student_is_given_to_nobody_else(computers: Computers) -> None:
    """Rescue files may know it: who had it would be erased with them."""
    with computers.second() as store:
        store.erase_student(computers.lesson, 5)
        assert store.split_student(computers.lesson, 4, 1) == 6
    with computers.first() as store:
        assert students_by_second(store, computers.lesson) == {1: [0, 1, 2, 3], 4: [0], 6: [1, 2, 3]}

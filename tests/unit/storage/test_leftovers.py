"""What is corrected in a lesson is corrected in those of its rescue files, too, that the database refuses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store, open_store
from fer_desktop.system.file_hold import hold_file
from fer_desktop.types import Event, EventKind
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, seen, wait_until
from tests.unit.storage.rescues import lines_of, locked, moods, rescue_files

pytestmark = pytest.mark.usefixtures("short_waits")


@pytest.fixture
def lesson(store: Store, url: str, database_path: Path) -> int:
    """Two seconds of it are stored; two more, with Bob's name and a note of him, are in a file that is refused."""
    writer = store.begin_session(new_session())
    for second in (0, 1):
        writer.record(record(second, [seen(1), seen(4), seen(5)], names=[(1, "Ann")]))
    wait_until(lambda: len(moods(database_path)) == 2)
    with locked(database_path):
        for second in (2, 3):
            note = Event(EventKind.NOTE, second, "of Bob", 4)
            writer.record(record(second, [seen(1), seen(4), seen(5)], [note], [(4, "Bob")]))
        writer.close()
    exchange('"faces":', '"hats":')
    open_store(url).close()
    assert len(rescue_files()) == 1
    return writer.session_id


def exchange(text: str, other: str) -> None:
    """Makes the file one that the database refuses, or takes again: a row with a column that there is not."""
    (file,) = rescue_files()
    file.write_text(file.read_text(encoding="utf-8").replace(text, other), encoding="utf-8")


def take_in(url: str) -> Store:
    exchange('"hats":', '"faces":')
    store = open_store(url)
    assert store.rescued_seconds == 2
    assert rescue_files() == []
    return store


def students_by_second(store: Store, session: int) -> dict[int, list[int]]:
    return {
        each.student: store.student_series(session, each.student).seconds.tolist() for each in store.students(session)
    }


def rescued_students() -> set[int]:
    (file,) = rescue_files()
    lines = lines_of(file)
    return {row["student"] for line in lines for kind in ("samples", "events", "names") for row in line.get(kind, [])}


def test_an_erased_student_is_not_in_it_and_does_not_come_back(store: Store, url: str, lesson: int) -> None:
    store.erase_student(lesson, 4)
    (file,) = rescue_files()
    assert "Bob" not in file.read_text(encoding="utf-8")
    assert rescued_students() == {1, 5}
    with take_in(url) as again:
        assert students_by_second(again, lesson) == {1: [0, 1, 2, 3], 5: [0, 1, 2, 3]}
        assert again.mood_series(lesson).students.tolist() == [2, 2, 2, 2]
        assert again.events(lesson) == []


def test_a_merged_student_is_merged_in_it_and_erased_with_the_other(store: Store, url: str, lesson: int) -> None:
    store.merge_students(lesson, 4, 1)
    store.erase_student(lesson, 1)
    assert rescued_students() == {5}
    with take_in(url) as again:
        assert students_by_second(again, lesson) == {5: [0, 1, 2, 3]}


def test_merged_students_stay_merged_when_it_is_taken_in(store: Store, url: str, lesson: int) -> None:
    store.merge_students(lesson, 5, 1)
    with take_in(url) as again:
        assert students_by_second(again, lesson) == {1: [0, 1, 2, 3], 4: [0, 1, 2, 3]}
        assert again.mood_series(lesson).students.tolist() == [2, 2, 2, 2]


@pytest.mark.parametrize("name", [None, "Robert"])
def test_a_name_that_is_taken_away_or_replaced_is_not_in_it(store: Store, url: str, lesson: int, name: str) -> None:
    store.rename_student(lesson, 4, name)
    assert '"Bob"' not in rescue_files()[0].read_text(encoding="utf-8")
    with take_in(url) as again:
        assert [each.name for each in again.students(lesson) if each.student == 4] == [name]


def test_a_split_student_is_split_in_it(store: Store, url: str, lesson: int) -> None:
    new = store.split_student(lesson, 4, 1)
    store.erase_student(lesson, new)
    with take_in(url) as again:
        assert students_by_second(again, lesson) == {1: [0, 1, 2, 3], 4: [0], 5: [0, 1, 2, 3]}


@pytest.mark.parametrize("delete", ["delete", "purge"])
def test_a_deleted_lesson_takes_it_with_it(store: Store, lesson: int, delete: str) -> None:
    ways: dict[str, Callable[[], object]] = {
        "delete": lambda: store.delete_session(lesson),
        "purge": lambda: purge(store),
    }
    ways[delete]()
    assert rescue_files() == []


def purge(store: Store) -> None:
    now = datetime.now(UTC)
    store.purge_expired(store.expired_sessions(1, now=now), clock_confirmed=True, now=now)
    assert store.erase_due_purges(now=now + timedelta(days=8)) == 1


def test_where_it_cannot_be_changed_nobody_is_erased(store: Store, url: str, lesson: int) -> None:
    """As that of a newer version: half an erasure would seem to be a whole one."""
    exchange('"version":2', '"version":3')
    with raises_message(StorageError, MessageKey.RESCUE_FILE_UNCHANGED):
        store.erase_student(lesson, 4)
    assert 4 in students_by_second(store, lesson)


def test_where_somebody_takes_it_in_nobody_is_erased(store: Store, lesson: int) -> None:
    (file,) = rescue_files()
    hold = hold_file(file.with_name(f"{file.stem.rsplit('-', 1)[0]}.lock"))
    assert hold is not None
    with raises_message(StorageError, MessageKey.SESSION_BEING_RECORDED):
        store.erase_student(lesson, 4)
    hold.release()
    store.erase_student(lesson, 4)
    assert 4 not in students_by_second(store, lesson)

"""The writer keeps what it was given through locks, full disks and lost files, or reports that it cannot."""

import logging
import shutil
import sqlite3
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.storage.watched_file import WatchedFile
from fer_desktop.storage.writer import MEMORY_LIMIT, SessionWriter
from fer_desktop.types import Erasure, Event, EventKind, FlagKind, Merge
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, reading, record, record_lesson, seen, wait_until

pytestmark = pytest.mark.every_database


def count_seconds(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM moods").fetchone()[0])
    finally:
        connection.close()


def record_seconds(writer: SessionWriter, count: int) -> None:
    for second in range(count):
        writer.record(record(second))


def test_a_second_is_on_the_disk_during_the_session(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)]))
    wait_until(lambda: count_seconds(database_path) == 1)
    writer.close()


def test_closing_writes_what_is_left_and_joins_the_thread(store: Store) -> None:
    threads = threading.active_count()
    writer = store.begin_session(new_session())
    for second in range(300):
        writer.record(record(second, [seen(1)]))
    writer.close()
    writer.close()
    assert threading.active_count() == threads
    assert store.session(writer.session_id).seconds == 300
    assert len(store.mood_series(writer.session_id).seconds) == 300


def test_events_come_from_any_thread(store: Store) -> None:
    writer = store.begin_session(new_session())
    events = [Event(EventKind.BOOKMARK, second, f"note {second}") for second in range(50)]
    threads = [threading.Thread(target=writer.add_event, args=(event,)) for event in events]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    writer.close()
    assert store.events(writer.session_id) == events


def test_an_ended_session_takes_nothing_more(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.close()
    with raises_message(StorageError, MessageKey.SESSION_ENDED):
        writer.record(record(0))


def test_an_interrupted_session_is_marked(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.close(interrupted=True)
    assert store.session(writer.session_id).interrupted


def test_seconds_must_rise(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(4))
    with pytest.raises(ValueError, match="second 4 came after second 4"):
        writer.record(record(4))
    writer.close()


def test_two_sessions_may_be_recorded_at_once(store: Store) -> None:
    first, second = store.begin_session(new_session()), store.begin_session(new_session())
    for number in range(20):
        first.record(record(number, [seen(1)]))
        second.record(record(number, [seen(1)]))
    first.close()
    second.close()
    assert {each.seconds for each in store.list_sessions()} == {20}


def test_a_locked_database_is_reported_and_written_to_when_it_is_released(store: Store, database_path: Path) -> None:
    faults: list[StorageError | None] = []
    writer = store.begin_session(new_session(), on_fault=faults.append)
    other = sqlite3.connect(database_path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        for second in range(5):
            writer.record(record(second, [seen(1)]))
        wait_until(lambda: writer.fault is not None)
        assert "locked by another program" in str(writer.fault)
        assert not writer.lost
        other.execute("ROLLBACK")
        wait_until(lambda: writer.fault is None)
    finally:
        other.close()
    writer.close()
    assert len(store.mood_series(writer.session_id).seconds) == 5
    assert [fault is None for fault in faults] == [False, True]


def test_a_full_memory_refuses_with_the_reason(
    store: Store, database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "passing"))
    for folder in rescue_folders():
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("in the way")
    writer = store.begin_session(new_session())
    other = sqlite3.connect(database_path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="recording stopped"):
            record_seconds(writer, 2 * MEMORY_LIMIT + 10)
    finally:
        other.close()
    writer.close()
    kept = store.mood_series(writer.session_id).seconds
    assert len(kept) >= MEMORY_LIMIT
    assert kept.tolist() == list(range(len(kept)))


def test_a_deleted_file_is_noticed_within_five_seconds(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    began_s = time.monotonic()
    database_path.unlink()
    wait_until(lambda: writer.fault is not None)
    assert time.monotonic() - began_s < 5
    assert writer.fault is not None
    assert writer.fault.message.key is MessageKey.DATABASE_REPLACED
    writer.close()


def require_second_in_new_log(store: Store, writer: SessionWriter, database_path: Path, copied: Path) -> None:
    """The second after the removal is in file and log, as a power cut would leave them; so are the three before."""
    log = log_of(database_path)
    writer.record(record(3, [seen(1)]))
    wait_until(lambda: writer.kept.stored == 4)
    copied.parent.mkdir()
    for file in (database_path, log):
        shutil.copy(file, copied.with_name(file.name))
    with closing(sqlite3.connect(copied)) as connection:
        assert connection.execute("SELECT count(*) FROM moods").fetchone() == (4,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    writer.close()
    assert store.mood_series(writer.session_id).seconds.tolist() == [0, 1, 2, 3]


def log_of(database_path: Path) -> Path:
    return database_path.with_name(f"{database_path.name}-wal")


def test_what_is_in_a_log_that_is_removed_is_moved_into_the_database(
    store: Store, database_path: Path, tmp_path: Path
) -> None:
    """As by a program that cleans up; a power cut or a full disk afterwards would lose it all."""
    writer = store.begin_session(new_session())
    for second in range(3):
        writer.record(record(second, [seen(1)]))
    wait_until(lambda: writer.kept.stored == 3)
    log_of(database_path).unlink()
    require_second_in_new_log(store, writer, database_path, tmp_path / "cut" / database_path.name)


def test_so_is_what_is_in_a_log_that_is_removed_before_anybody_has_looked_at_it(
    store: Store, database_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the moment after a commit."""
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)]))
    wait_until(lambda: writer.kept.stored == 1)
    look = WatchedFile.note_log

    def remove_and_look(watched: WatchedFile) -> None:
        monkeypatch.setattr(WatchedFile, "note_log", look)
        log_of(database_path).unlink()
        look(watched)

    monkeypatch.setattr(WatchedFile, "note_log", remove_and_look)
    for second in (1, 2):
        writer.record(record(second, [seen(1)]))
    wait_until(lambda: writer.kept.stored == 3)
    require_second_in_new_log(store, writer, database_path, tmp_path / "cut" / database_path.name)


def test_a_file_that_comes_back_is_written_again(store: Store, database_path: Path) -> None:
    """As a disk that is unplugged for a while."""
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)]))
    wait_until(partial(_are_stored, database_path, 1))
    away = database_path.rename(database_path.with_name("away.sqlite"))
    writer.record(record(1, [seen(1)]))
    wait_until(lambda: writer.fault is not None)
    writer.record(record(2, [seen(1)]))
    away.rename(database_path)
    wait_until(lambda: writer.fault is None)
    writer.close()
    assert store.mood_series(writer.session_id).seconds.tolist() == [0, 1, 2]
    assert writer.kept == KeptSeconds(recorded=3, stored=3, rescued=0)


def test_a_writer_commits_a_full_class_within_its_second(store: Store, database_path: Path) -> None:
    """49 students in one transaction; generous, as other work may share the machine."""
    writer = store.begin_session(new_session())
    times_ms = []
    for second in range(40):
        full_class = record(second, [seen(student) for student in range(1, 50)])
        began_s = time.perf_counter()
        writer.record(full_class)
        wait_until(lambda wanted=second + 1: count_seconds(database_path) == wanted)  # type: ignore[misc]
        times_ms.append((time.perf_counter() - began_s) * 1e3)
    writer.close()
    assert sorted(times_ms)[38] < 250


def test_a_session_can_be_recorded_faster_than_it_lasts(store: Store) -> None:
    session = record_lesson(store, [record(second, [seen(1)]) for second in range(1000)])
    assert store.session(session).seconds == 1000


def test_an_error_in_the_program_is_reported_without_a_traceback(
    store: Store, database_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    faults: list[StorageError | None] = []

    def fail_once(fault: StorageError | None) -> None:
        faults.append(fault)
        if len(faults) == 1:
            raise RuntimeError("the listener stumbled")

    writer = store.begin_session(new_session(), on_fault=fail_once)
    caplog.set_level(logging.INFO)
    writer.record(record(0))
    wait_until(lambda: count_seconds(database_path) == 1)
    database_path.unlink()
    writer.close()
    assert writer.lost
    assert "recording stopped by an error in the program (RuntimeError in test_writer.py, line" in str(faults[-1])
    assert caplog.records == []


def test_students_are_merged_during_the_session(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(2)], names=[(2, "Ann")]))
    writer.record(record(1, [seen(3)]))
    writer.merge_students(2, 1)
    writer.merge_students(3, 4)  # whom nobody has seen yet
    writer.record(record(2, [seen(1), seen(4)]))
    writer.merge_students(7, 1)  # who was never seen
    writer.record(record(3, [seen(2)]))  # the number lives again: it is somebody
    writer.close()
    assert writer.fault is None
    session = writer.session_id
    assert [(each.student, each.name) for each in store.students(session)] == [(1, "Ann"), (2, None), (4, None)]
    assert store.student_series(session, 1).seconds.tolist() == [0, 2]
    assert store.student_series(session, 4).seconds.tolist() == [1, 2]
    assert store.mood_series(session).students.tolist() == [1, 1, 2, 1]


def _are_stored(path: Path, seconds: int) -> bool:
    return count_seconds(path) == seconds


def test_joined_one_second_at_a_time_or_all_at_once_is_the_same(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    for second in range(3):
        writer.record(record(second, [seen(1), seen(2)]))
        wait_until(partial(_are_stored, database_path, second + 1))
        writer.merge_students(2, 1)
    writer.close()
    assert store.student_series(writer.session_id, 1).seconds.tolist() == [0, 1, 2]
    assert len(store.students(writer.session_id)) == 1


def test_a_student_cannot_be_merged_with_themselves(store: Store) -> None:
    writer = store.begin_session(new_session())
    with pytest.raises(ValueError, match="student 2 cannot be merged with themselves"):
        writer.merge_students(2, 2)
    writer.close()


def test_an_erased_student_leaves_nothing_behind(store: Store) -> None:
    flag = Event(EventKind.FLAG_RAISED, 1, "camera off", 4, FlagKind.CAMERA_OFF)
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(4)], names=[(4, "Bob")]))
    writer.record(record(1, [seen(1), seen(4)], [flag]))
    writer.erase_student(4)
    writer.erase_student(9)  # whom nobody has seen
    writer.record(record(2, [seen(1)]))
    writer.close()
    assert writer.fault is None
    session = writer.session_id
    assert [each.student for each in store.students(session)] == [1]
    assert store.events(session) == []
    moods = store.mood_series(session)
    assert moods.students.tolist() == [1, 1, 1]
    np.testing.assert_allclose(moods.probabilities[0], reading(1), atol=1e-4)


def test_who_was_excluded_under_another_number_is_erased_since_then_and_keeps_what_was_before(store: Store) -> None:
    """Student 2 was excluded in the second second, and is Student 1."""
    flag = Event(EventKind.FLAG_RAISED, 2, "camera off", 1, FlagKind.CAMERA_OFF)
    excluded = Event(EventKind.STUDENT_EXCLUDED, 1, student=2)
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(2)], [Event(EventKind.NOTE, 0, "asked", 1)], names=[(1, "Ann")]))
    writer.record(record(1, [seen(1), seen(3)], [excluded]))
    joined = record(2, [seen(1), seen(3)], [flag])
    writer.record(replace(joined, corrections=(Erasure(1, 1), Merge(2, 1))))
    writer.close()
    session = writer.session_id
    assert [(each.student, each.name) for each in store.students(session)] == [(1, "Ann"), (3, None)]
    assert store.student_series(session, 1).seconds.tolist() == [0]
    assert [(event.kind, event.student) for event in store.events(session)] == [
        (EventKind.NOTE, 1),
        (EventKind.STUDENT_EXCLUDED, 1),
    ]
    assert store.mood_series(session).students.tolist() == [1, 1, 1]


def test_an_erased_number_that_is_used_again_is_another_student(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(4)], names=[(4, "Bob")]))
    wait_until(partial(_are_stored, database_path, 1))
    writer.erase_student(4)
    writer.record(record(1, [seen(4)]))
    writer.close()
    assert [(each.name, each.first_second) for each in store.students(writer.session_id)] == [(None, 1)]


def test_a_student_erased_while_recording_is_in_no_file_afterwards(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(4)], names=[(4, "Name-to-be-forgotten")]))
    wait_until(partial(_are_stored, database_path, 1))
    writer.erase_student(4)
    writer.close()
    assert not any(b"to-be-forgotten" in path.read_bytes() for path in database_path.parent.iterdir() if path.is_file())


@pytest.mark.parametrize("names", [[(7, "John Smith"), (2, "Jon")], [(7, "John Smith")], [(2, "Jon")]])
def test_a_name_that_comes_after_a_joining_is_the_one_that_stays(store: Store, names: list[tuple[int, str]]) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(2), seen(7)], names=names))
    writer.merge_students(7, 2)
    writer.record(record(1, [seen(2)], names=[(2, "John Smith")]))
    writer.close()
    assert [(each.student, each.name) for each in store.students(writer.session_id)] == [(2, "John Smith")]

"""What cannot be written into the database is kept in rescue files and taken in at the next start, once."""

import json
import math
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage import writer as writer_module
from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import BEGAN, new_session, reading, record, seen, wait_until

ROOT = Path(__file__).resolve().parents[3]
BOOKMARK = Event(EventKind.BOOKMARK, 1, "a good question")


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writer_module, "CLOSE_TIMEOUT_S", 0.5)
    monkeypatch.setattr(writer_module, "RETRY_PAUSE_S", 0.05)
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 0.1)
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))


@pytest.fixture
def spill_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fer_desktop.storage.spiller.SPILL_AFTER_S", 0.0)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program keeps the database locked."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def rescue_files() -> list[Path]:
    return sorted(path for folder in rescue_folders() for path in folder.glob("*.jsonl"))


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def moods(path: Path) -> list[tuple[int, int]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT session_id, second FROM moods ORDER BY session_id, second").fetchall()
    connection.close()
    return found


def record_into_locked(store: Store, path: Path, seconds: int = 3) -> int:
    """A session whose first second is stored and whose rest is rescued at its end; returns its number."""
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(2)]))
    wait_until(lambda: moods(path) == [(writer.session_id, 0)])
    with locked(path):
        for second in range(1, seconds):
            writer.record(record(second, [seen(1), seen(2)], names=[(1, "Ann")]))
        writer.add_event(BOOKMARK)
        writer.merge_students(2, 1)
        writer.close()
        assert writer.kept == KeptSeconds(recorded=seconds, stored=1, rescued=seconds - 1)
        assert not writer.lost
        assert writer.fault is not None
    return writer.session_id


def test_what_a_locked_database_did_not_take_is_taken_in_at_the_next_start(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    header = lines_of(file)[0]
    assert (header["version"], header["database"], header["first"]) == (2, str(database_path), 1)
    with open_store(url) as again:
        assert again.rescued_seconds == 2
        assert again.crashed == ()
        summary = again.session(session)
        assert (summary.seconds, summary.watched_seconds, summary.interrupted) == (3, 3, False)
        assert again.student_series(session, 1).seconds.tolist() == [0, 1, 2]
        assert [each.label for each in again.students(session)] == ["Ann"]
        assert again.events(session) == [BOOKMARK]
    assert rescue_files() == []
    with open_store(url) as third:
        assert third.rescued_seconds == 0


def test_a_session_that_never_began_in_the_database_is_kept_whole(store: Store, url: str, database_path: Path) -> None:
    with locked(database_path):
        writer = store.begin_session(new_session(course="Physics"))
        assert not writer.begun
        writer.record(record(0, [seen(1)]))
        writer.close()
        assert store.list_sessions() == []
    with open_store(url) as again:
        (summary,) = again.list_sessions()
        assert (summary.course, summary.seconds, summary.interrupted) == ("Physics", 1, False)


def test_a_session_begins_in_the_database_once_that_is_free(store: Store, database_path: Path) -> None:
    with locked(database_path):
        writer = store.begin_session(new_session())
        writer.record(record(0, [seen(1)]))
        wait_until(lambda: writer.fault is not None)
    writer.record(record(1, [seen(1)]))
    wait_until(lambda: writer.fault is None)
    writer.close()
    assert store.mood_series(writer.session_id).seconds.tolist() == [0, 1]
    assert rescue_files() == []


@pytest.mark.usefixtures("spill_at_once")
def test_files_of_a_running_session_are_taken_in_as_soon_as_the_database_is_free(
    store: Store, url: str, database_path: Path
) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        for second in range(3):
            writer.record(record(second, [seen(1)]))
            wait_until(lambda wanted=second + 1: writer.kept.rescued == wanted)  # type: ignore[misc]
        assert len(rescue_files()) == 1
    with open_store(url) as other:  # another program leaves them to the one that records
        assert other.rescued_seconds == 0
    writer.record(record(3, [seen(1)]))
    wait_until(lambda: writer.kept == KeptSeconds(recorded=4, stored=4, rescued=0))
    writer.close()
    assert store.mood_series(writer.session_id).seconds.tolist() == [0, 1, 2, 3]
    assert rescue_files() == []


def test_a_file_that_is_taken_in_twice_is_stored_once(store: Store, url: str, database_path: Path) -> None:
    """As after a kill between the commit and the removal of the file."""
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    content = file.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", _refuse_rescue_files(Path.unlink))
        open_store(url).close()
    assert file.read_bytes() == content
    with open_store(url) as again:
        assert again.rescued_seconds == 0
        assert len(again.list_sessions()) == 1
        assert again.events(session) == [BOOKMARK]
        assert again.student_series(session, 1).seconds.tolist() == [0, 1, 2]
    assert rescue_files() == []


def test_a_file_that_could_not_be_removed_does_not_bring_a_deleted_session_back(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_into_locked(store, database_path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", _refuse_rescue_files(Path.unlink))
        again = open_store(url)
    again.delete_session(session)
    again.close()
    with open_store(url) as third:
        assert third.list_sessions() == []
    assert rescue_files() == []


def _refuse_rescue_files(unlink: Callable[..., None]) -> Callable[..., None]:
    def refuse(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".jsonl":
            raise PermissionError(1, "Operation not permitted", str(path))
        unlink(path, missing_ok)

    return refuse


KILLED = """
import os, sys
from pathlib import Path
from fer_desktop.storage.store import open_store
unlink = Path.unlink
Path.unlink = lambda path, missing_ok=False: os._exit(9) if path.suffix == ".jsonl" else unlink(path, missing_ok)
open_store(sys.argv[1])
"""


def test_a_kill_before_the_removal_of_the_file_leaves_all_stored_once(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_into_locked(store, database_path)
    store.close()
    killed = subprocess.run([sys.executable, "-c", KILLED, url], cwd=ROOT, timeout=60, check=False)
    assert killed.returncode == 9
    assert len(rescue_files()) == 1
    with open_store(url) as again:
        assert again.student_series(session, 1).seconds.tolist() == [0, 1, 2]
        assert again.events(session) == [BOOKMARK]
        assert not again.session(session).interrupted
    assert rescue_files() == []


def test_the_second_place_is_used_when_the_first_cannot_be_written(store: Store, url: str, database_path: Path) -> None:
    first, second = rescue_folders()
    first.parent.mkdir(exist_ok=True)
    first.write_text("in the way")
    session = record_into_locked(store, database_path)
    assert [file.parent for file in rescue_files()] == [second]
    with open_store(url) as again:
        assert again.session(session).seconds == 3


def test_nothing_is_taken_in_from_a_folder_that_others_may_write(store: Store, url: str, database_path: Path) -> None:
    record_into_locked(store, database_path)
    (file,) = rescue_files()
    file.parent.chmod(0o777)
    with open_store(url) as again:
        assert again.rescued_seconds == 0
    assert file.exists()


def test_without_any_place_the_end_of_the_session_reports_what_is_lost(store: Store, database_path: Path) -> None:
    for folder in rescue_folders():
        folder.parent.mkdir(exist_ok=True)
        folder.write_text("in the way")
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1)]))
        writer.close()
    assert writer.lost
    assert "the last seconds are not stored" in str(writer.fault)
    assert writer.kept == KeptSeconds(recorded=1, stored=0, rescued=0)


def test_a_damaged_file_stays_and_the_database_opens(
    store: Store, url: str, database_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    file.write_bytes(file.read_bytes().replace(b'"seconds":', b'"sec', 1))
    with open_store(url) as again:
        assert again.rescued_seconds == 0
        aside = file.with_name(f"{file.name}.damaged")
        assert aside.exists()
        assert str(aside) in caplog.text
        again.delete_session(session)
        assert not aside.exists()


def test_of_a_file_that_was_cut_short_all_whole_lines_are_taken_in(store: Store, url: str, database_path: Path) -> None:
    """As after a kill, or on a disk that was full, in the middle of a line."""
    session = record_into_locked(store, database_path, seconds=4)
    (file,) = rescue_files()
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:3]) + lines[3][:40])
    with open_store(url) as again:
        assert again.rescued_seconds == 2
        assert again.session(session).interrupted
    assert rescue_files() == []


def test_a_file_of_the_first_version_is_taken_in(store: Store, url: str, database_path: Path) -> None:
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    header, *entries, end = lines_of(file)
    del header["first"]
    old = [header | {"version": 1, "session_id": session}, *entries, end | {"entries": len(entries)}]
    file.write_text("".join(json.dumps(line) + "\n" for line in old), encoding="utf-8")
    with sqlite3.connect(database_path) as connection:
        connection.execute("UPDATE sessions SET recording = NULL, entries = 0")
    connection.close()
    with open_store(url) as again:
        assert [(each.id, each.seconds) for each in again.list_sessions()] == [(session, 3)]
        assert again.student_series(session, 1).seconds.tolist() == [0, 1, 2]
    assert rescue_files() == []


def test_a_file_of_a_newer_version_waits_for_it(store: Store, url: str, database_path: Path) -> None:
    record_into_locked(store, database_path)
    (file,) = rescue_files()
    file.write_text(file.read_text(encoding="utf-8").replace('"version":2', '"version":3', 1), encoding="utf-8")
    open_store(url).close()
    assert rescue_files() == [file]


def test_a_file_that_the_database_refuses_keeps_neither_it_nor_the_other_files_out(
    store: Store, url: str, database_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    record_into_locked(store, database_path)
    (bad,) = rescue_files()
    bad.write_text(bad.read_text(encoding="utf-8").replace('"faces":', '"hats":'), encoding="utf-8")
    good = record_into_locked_from_its_start(store, database_path)
    with open_store(url) as again:
        assert again.rescued_seconds == 1
        assert [each.course for each in again.list_sessions() if each.seconds == 1 and each.course] == [good]
    assert rescue_files() == [bad]
    assert "could not be taken in" in caplog.text


def record_into_locked_from_its_start(store: Store, path: Path) -> str:
    """A session of one second that never begins in the database; returns its course."""
    with locked(path):
        writer = store.begin_session(new_session(course="Physics", started_at=BEGAN + timedelta(hours=1)))
        writer.record(record(0, [seen(1)]))
        writer.close()
    return "Physics"


KILLED_AFTER_ITS_BEGINNING = """
import os, sqlite3, sys, time
from fer_desktop.storage.recorded_session import RecordedSession
from fer_desktop.storage.store import open_store
from tests.unit.storage.lessons import new_session, record, seen
RecordedSession.take_in = lambda *_: os._exit(9)
store = open_store(sys.argv[1])
other = sqlite3.connect(sys.argv[2], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
writer = store.begin_session(new_session())
writer.record(record(0, [seen(1)]))
while writer.rescue_file is None:
    time.sleep(0.01)
other.execute("ROLLBACK")
time.sleep(60)
"""


def test_a_session_that_began_after_its_rescue_file_was_written_is_one_session(
    store: Store, url: str, database_path: Path
) -> None:
    store.close()
    command = [sys.executable, "-c", KILLED_AFTER_ITS_BEGINNING, url, str(database_path)]
    assert subprocess.run(command, cwd=ROOT, timeout=60, check=False).returncode == 9
    assert len(rescue_files()) == 1
    with open_store(url) as again:
        assert [(each.id, each.seconds) for each in again.list_sessions()] == [(1, 1)]


def test_a_database_that_was_deleted_while_recording_gets_the_rest_of_the_session(
    store: Store, url: str, database_path: Path, empty_database: Path
) -> None:
    writer = store.begin_session(new_session(course="Physics"))
    database_path.unlink()
    writer.record(record(0, [seen(1)]))
    writer.close()
    assert writer.kept == KeptSeconds(recorded=1, stored=0, rescued=1)
    shutil.copy(empty_database, database_path)
    with open_store(url) as again:
        assert [(each.course, each.seconds) for each in again.list_sessions()] == [("Physics", 1)]


def test_a_deleted_session_takes_its_rescue_files_with_it(store: Store, database_path: Path) -> None:
    session = record_into_locked(store, database_path)
    store.delete_session(session)
    assert rescue_files() == []


@pytest.mark.parametrize("delete", ["delete_session", "erase_student", "rename_student", "delete_annotation"])
def test_every_deletion_takes_damaged_rescue_files_and_logs_that_were_set_aside_with_it(
    store: Store, database_path: Path, delete: str
) -> None:
    """They cannot be taken in any more, and may hold what is deleted."""
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    damaged = file.rename(file.with_name(f"{file.name}.damaged"))
    aside = database_path.with_name(f"{database_path.name}-wal.set-aside-2026-11-02T10-00-00-000000")
    aside.write_bytes(b"Ann")
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)], [BOOKMARK], [(1, "Ann")]))
    writer.close()
    other = writer.session_id
    ways: dict[str, Callable[[], object]] = {
        "delete_session": lambda: store.delete_session(session),
        "erase_student": lambda: store.erase_student(other, 1),
        "rename_student": lambda: store.rename_student(other, 1, None),
        "delete_annotation": lambda: store.delete_annotation(other, store.events(other)[0].id or 0),
    }
    ways[delete]()
    assert [path for path in (damaged, aside) if path.exists()] == []


def test_the_rescue_file_of_class_totals_names_nobody(store: Store, database_path: Path) -> None:
    with locked(database_path):
        writer = store.begin_session(new_session(aggregate_only=True))
        writer.record(record(0, [seen(n) for n in range(1, 4)], names=[(1, "Ann")]))
        writer.record(record(1, [seen(n) for n in range(1, 7)], [Event(EventKind.NOTE, 1, "Ann's note", 1)]))
        writer.close()
    (file,) = rescue_files()
    assert "Ann" not in file.read_text(encoding="utf-8")
    _, first, second, _ = lines_of(file)
    assert (first["mood"], first["samples"], second["samples"]) == (None, [], [])
    assert second["mood"]["faces"] == 6


def test_the_rescue_file_of_a_session_without_expressions_has_none(store: Store, database_path: Path) -> None:
    with locked(database_path):
        writer = store.begin_session(new_session(expressions_on=False))
        writer.record(record(0, [seen(1)]))
        writer.close()
    (file,) = rescue_files()
    _, entry, _ = lines_of(file)
    assert {entry["mood"]["happy"], entry["samples"][0]["happy"], entry["samples"][0]["attention"]} == {None}


@pytest.mark.usefixtures("spill_at_once")
def test_an_erased_student_is_in_no_rescue_file(store: Store, url: str, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1), seen(4)], [Event(EventKind.NOTE, 0, "of Bob", 4)], names=[(4, "Bob")]))
        wait_until(lambda: writer.kept.rescued == 1)
        writer.record(record(1, [seen(1), seen(5)], names=[(5, "Bobby")]))
        writer.merge_students(5, 4)
        writer.erase_student(4)
        writer.close()
    for file in rescue_files():
        assert "Bob" not in file.read_text(encoding="utf-8")
        for line in lines_of(file)[1:-1]:
            assert {sample["student"] for sample in line.get("samples", [])} <= {1}
    with open_store(url) as again:
        series = again.mood_series(writer.session_id)
        assert series.students.tolist() == [1, 1]
        assert abs(series.probabilities[0] - reading(1)).max() < 1e-4


def test_an_error_in_the_program_leaves_the_rows_in_a_rescue_file(
    store: Store, url: str, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise RuntimeError("the writer stumbled")

    writer = store.begin_session(new_session())
    monkeypatch.setattr("fer_desktop.storage.recorded_session.write_numbered", stumble)
    writer.record(record(0, [seen(1)]))
    wait_until(lambda: writer.lost)
    writer.close()
    assert writer.kept == KeptSeconds(recorded=1, stored=0, rescued=1)


@pytest.fixture
def long_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt to write takes half a minute, as on a disk that hangs."""
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 30.0)
    monkeypatch.setattr(writer_module, "NO_ANSWER_AFTER_S", 1.5)


@pytest.mark.usefixtures("long_waits")
def test_a_write_that_hangs_delays_neither_the_session_nor_its_end(url: str, database_path: Path) -> None:
    faults: list[StorageError | None] = []
    with open_store(url) as store, locked(database_path):
        began_s = time.monotonic()
        writer = store.begin_session(new_session(), on_fault=faults.append)
        assert time.monotonic() - began_s < 1
        for second in range(3):
            writer.record(record(second, [seen(1)]))
        wait_until(lambda: writer.kept.rescued == 3, timeout_s=2.5)
        wait_until(lambda: bool(faults))
        assert faults[-1] is not None
        assert faults[-1].message.key == MessageKey.DATABASE_NOT_ANSWERING
        closing_s = time.monotonic()
        writer.close()
        assert time.monotonic() - closing_s < 4
        assert writer.kept == KeptSeconds(recorded=3, stored=0, rescued=3)
    wait_until(lambda: "session writer" not in {each.name for each in threading.enumerate()})
    with open_store(url) as again:
        assert [(each.seconds, each.interrupted) for each in again.list_sessions()] == [(3, False)]


def test_closing_waits_as_long_as_it_is_asked_to(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1)]))
        closing = threading.Thread(target=writer.close, kwargs={"patience_s": math.inf})
        closing.start()
        time.sleep(1.5)
        assert closing.is_alive()
    closing.join(10)
    assert writer.kept == KeptSeconds(recorded=1, stored=1, rescued=0)
    assert rescue_files() == []


def test_waiting_for_the_database_can_be_ended(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1)]))
        closing = threading.Thread(target=writer.close, kwargs={"patience_s": math.inf})
        closing.start()
        writer.stop_waiting()
        closing.join(10)
        assert not closing.is_alive()
    assert writer.kept == KeptSeconds(recorded=1, stored=0, rescued=1)

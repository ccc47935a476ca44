"""What cannot be written into the database is kept in rescue files and taken in at the next start, once."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import KeptSeconds
from tests.unit.storage.lessons import BEGAN, new_session, record, seen, wait_until
from tests.unit.storage.rescues import BOOKMARK, lines_of, locked, record_into_locked, rescue_files

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.usefixtures("short_waits")


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

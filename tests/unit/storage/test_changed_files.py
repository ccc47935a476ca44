"""A file that is overwritten, moved or deleted during a lesson gets nothing of it, and no second of it is lost."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage import writer as writer_module
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.storage.writer import FaultCallback, SessionWriter
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import new_session, record, record_lesson, seen, wait_until
from tests.unit.storage.protected import KEY, OTHER_KEY
from tests.unit.storage.rescues import locked, rescue_files

STUDENTS = 40
A_CHECKPOINT = 60
"""Seconds of a lesson in which SQLite moves the log into the file."""
READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN")
connection.execute("SELECT count(*) FROM sessions").fetchone()
print("reading", flush=True)
sys.stdin.readline()
connection.close()
"""


def keys(salt: bytes) -> DatabaseKey | None:
    return {each.salt: each for each in (KEY, OTHER_KEY)}.get(salt)


@pytest.fixture(autouse=True)
def own_rescue_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(writer_module, "CLOSE_TIMEOUT_S", 0.5)
    monkeypatch.setattr(writer_module, "RETRY_PAUSE_S", 0.05)
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))


@pytest.fixture(params=[None, KEY], ids=["clear", "encrypted"])
def key(request: pytest.FixtureRequest) -> DatabaseKey | None:
    found: DatabaseKey | None = request.param
    return found


@pytest.fixture
def before(store: Store, database_path: Path, tmp_path: Path, key: DatabaseKey | None) -> Path:
    """The database with one lesson, and a copy of it, made before the lesson in question."""
    record_lesson(store, [record(second, [seen(n) for n in range(1, 9)]) for second in range(30)])
    if key is not None:
        store.change_key(key)
    store.close()
    copy = tmp_path / "before.sqlite"
    shutil.copy(database_path, copy)
    return copy


@pytest.fixture
def again(before: Path, database_path: Path) -> Iterator[Store]:
    with open_store(str(database_path), keys) as store:
        yield store


def record_seconds(writer: SessionWriter, seconds: range) -> None:
    for second in seconds:
        writer.record(record(second, [seen(n) for n in range(1, STUDENTS + 1)]))


def begin_lesson(store: Store, seconds: int, on_fault: FaultCallback | None = None) -> SessionWriter:
    """A lesson of which so many seconds are in the database; of a long one the log began anew after half of them."""
    writer = store.begin_session(new_session(course="Physics"), on_fault=on_fault)
    half = seconds // 2 if seconds == A_CHECKPOINT else 0
    record_seconds(writer, range(half))
    wait_until(lambda: writer.kept.stored == half)
    if half:
        move_log(store)
    record_seconds(writer, range(half, seconds))
    wait_until(lambda: writer.kept.stored == seconds)
    return writer


def move_log(store: Store) -> None:
    """As SQLite does after every 1,000 pages; the next commit begins the log anew."""
    with closing(open_sqlite(Path(store.name), key=store.key)) as connection:
        busy, pages, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    assert (busy, pages) == (0, moved)


def is_replaced(writer: SessionWriter) -> bool:
    return writer.fault is not None and writer.fault.message.key is MessageKey.DATABASE_REPLACED


def check_integrity(path: Path, key: DatabaseKey | None = None) -> str:
    with closing(open_sqlite(path, key=key)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def lessons(store: Store) -> list[tuple[str, int, int]]:
    """Of each lesson the course, its length, and how many seconds are there."""
    return [(each.course, each.seconds, len(store.mood_series(each.id).seconds)) for each in store.list_sessions()]


@pytest.mark.parametrize("seconds", [3, A_CHECKPOINT], ids=["before", "after a checkpoint"])
def test_a_file_that_is_overwritten_in_place_gets_nothing_of_the_lesson(
    again: Store, before: Path, database_path: Path, key: DatabaseKey | None, seconds: int
) -> None:
    writer = begin_lesson(again, seconds)
    shutil.copyfile(before, database_path)
    record_seconds(writer, range(seconds, seconds + 5))
    wait_until(lambda: is_replaced(writer))
    record_seconds(writer, range(seconds + 5, seconds + 8))
    writer.close()
    again.close()
    assert writer.kept == KeptSeconds(recorded=seconds + 8, stored=0, rescued=seconds + 8)
    assert database_path.read_bytes() == before.read_bytes()
    assert any("-wal.set-aside-" in path.name for path in database_path.parent.iterdir())
    with open_store(str(database_path), keys) as third:
        assert lessons(third) == [("Physics", seconds + 8, seconds + 8), ("", 30, 30)]
    assert check_integrity(database_path, key) == "ok"
    assert rescue_files() == []


@pytest.mark.parametrize("key", [None], indirect=True, ids=["clear"])
@pytest.mark.parametrize("content", [b"", b"A text, and no database. " * 4_000], ids=["empty", "a text"])
def test_nor_does_a_file_that_is_no_database_any_more(again: Store, database_path: Path, content: bytes) -> None:
    writer = begin_lesson(again, A_CHECKPOINT)
    database_path.write_bytes(content)
    record_seconds(writer, range(A_CHECKPOINT, A_CHECKPOINT + 3))
    wait_until(lambda: writer.fault is not None)
    writer.close()
    again.close()
    assert database_path.read_bytes() == content
    assert writer.kept == KeptSeconds(recorded=A_CHECKPOINT + 3, stored=0, rescued=A_CHECKPOINT + 3)


@pytest.mark.parametrize("key", [None], indirect=True, ids=["clear"])
def test_nor_from_another_program_that_has_it_open(again: Store, before: Path, database_path: Path) -> None:
    """The last one that closes a database moves its log into the file."""
    writer = begin_lesson(again, A_CHECKPOINT)
    command = [sys.executable, "-c", READER, str(database_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdin is not None
        assert reader.stdout.readline() == "reading\n"
        shutil.copyfile(before, database_path)
        record_seconds(writer, range(A_CHECKPOINT, A_CHECKPOINT + 3))
        wait_until(lambda: is_replaced(writer))
        writer.close()
        again.close()
        reader.stdin.write("\n")
    assert database_path.read_bytes() == before.read_bytes()


def test_nor_where_its_log_was_removed_too(again: Store, before: Path, database_path: Path) -> None:
    writer = begin_lesson(again, 3)
    database_path.with_name(f"{database_path.name}-wal").unlink()
    shutil.copyfile(before, database_path)
    record_seconds(writer, range(3, 6))
    wait_until(lambda: is_replaced(writer))
    writer.close()
    again.close()
    assert database_path.read_bytes() == before.read_bytes()
    with open_store(str(database_path), keys) as third:
        assert lessons(third) == [("Physics", 6, 6), ("", 30, 30)]


def test_nor_where_its_log_was_empty(again: Store, before: Path, database_path: Path, key: DatabaseKey | None) -> None:
    writer = begin_lesson(again, 3)
    with closing(open_sqlite(database_path, key=key)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    time.sleep(1.5)  # the writer has looked at what is its own
    assert writer.fault is None
    shutil.copyfile(before, database_path)
    record_seconds(writer, range(3, 6))
    wait_until(lambda: is_replaced(writer))
    writer.close()
    again.close()
    assert database_path.read_bytes() == before.read_bytes()


def test_an_older_copy_of_the_lesson_in_its_place_gets_what_it_lacks(
    again: Store, database_path: Path, tmp_path: Path, key: DatabaseKey | None
) -> None:
    """As by a sync client that puts back what it uploaded some minutes before."""
    faults: list[StorageError | None] = []
    writer = begin_lesson(again, 1, on_fault=faults.append)
    writer.add_event(Event(EventKind.BOOKMARK, 0, "a good question"))
    record_seconds(writer, range(1, A_CHECKPOINT))
    wait_until(lambda: writer.kept.stored == A_CHECKPOINT)
    move_log(again)
    uploaded = shutil.copy(database_path, tmp_path / "uploaded.sqlite")
    record_seconds(writer, range(A_CHECKPOINT, 2 * A_CHECKPOINT))
    writer.erase_student(STUDENTS)
    wait_until(lambda: writer.kept.stored == 2 * A_CHECKPOINT)
    move_log(again)
    time.sleep(1.5)  # the writer has looked at what is its own
    shutil.copyfile(uploaded, database_path)
    wait_until(lambda: bool(faults))
    assert faults[0] is not None
    assert faults[0].message.key is MessageKey.DATABASE_REPLACED
    writer.record(record(2 * A_CHECKPOINT, [seen(1)]))
    wait_until(lambda: writer.fault is None and writer.kept.stored == 2 * A_CHECKPOINT + 1)
    writer.close()
    assert rescue_files() == []
    assert lessons(again)[0] == ("Physics", 2 * A_CHECKPOINT + 1, 2 * A_CHECKPOINT + 1)
    assert [each.kind for each in again.events(writer.session_id)] == [EventKind.BOOKMARK]
    assert [each.student for each in again.students(writer.session_id)] == list(range(1, STUDENTS))
    again.close()
    assert check_integrity(database_path, key) == "ok"


@pytest.mark.parametrize("key", [None], indirect=True, ids=["clear"])
def test_a_copy_that_takes_its_time_is_not_called_damaged(again: Store, before: Path, database_path: Path) -> None:
    writer = begin_lesson(again, 3)
    content = before.read_bytes()
    with open(database_path, "wb", buffering=0) as file:
        for start in range(0, len(content), len(content) // 20):
            file.write(content[start : start + len(content) // 20])
            time.sleep(0.04)
    wait_until(lambda: is_replaced(writer))
    time.sleep(0.3)
    writer.close()
    assert again.copies.damage is None
    assert database_path.read_bytes() == content


def unlink(path: Path) -> None:
    path.unlink()


def move_away(path: Path) -> None:
    path.rename(path.with_name("away.sqlite"))


def replace(path: Path) -> None:
    os.replace(path.parent / "before.sqlite", path)


@pytest.mark.parametrize("take_away", [unlink, move_away, replace], ids=["deleted", "moved", "replaced"])
def test_of_a_lesson_whose_file_is_taken_away_everything_is_kept(
    again: Store, before: Path, database_path: Path, key: DatabaseKey | None, take_away: Callable[[Path], None]
) -> None:
    writer = begin_lesson(again, A_CHECKPOINT)
    take_away(database_path)
    record_seconds(writer, range(A_CHECKPOINT, A_CHECKPOINT + 3))
    wait_until(lambda: is_replaced(writer))
    writer.close()
    again.close()
    assert writer.kept == KeptSeconds(recorded=A_CHECKPOINT + 3, stored=0, rescued=A_CHECKPOINT + 3)
    if key is not None and not database_path.exists():
        shutil.copy(before, database_path)  # a new database has no key for what is kept of an encrypted one
    with open_store(str(database_path), keys) as third:
        assert ("Physics", A_CHECKPOINT + 3, A_CHECKPOINT + 3) in lessons(third)


@pytest.mark.parametrize("key", [None], indirect=True, ids=["clear"])
def test_also_while_the_database_took_nothing(again: Store, before: Path, database_path: Path) -> None:
    writer = begin_lesson(again, 5)
    with locked(database_path):
        record_seconds(writer, range(5, 8))
        wait_until(lambda: writer.kept.rescued == 3)
        os.replace(before, database_path)
    record_seconds(writer, range(8, 10))
    wait_until(lambda: is_replaced(writer))
    writer.close()
    assert writer.kept == KeptSeconds(recorded=10, stored=0, rescued=10)


@pytest.mark.parametrize("key", [None], indirect=True, ids=["clear"])
def test_a_student_who_was_erased_is_not_in_what_is_kept(again: Store, database_path: Path) -> None:
    writer = again.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(4)], names=[(4, "Name-to-be-forgotten")]))
    wait_until(lambda: writer.kept.stored == 1)
    with locked(database_path):
        writer.erase_student(4)
        wait_until(lambda: bool(rescue_files()))
        database_path.unlink()
    wait_until(lambda: is_replaced(writer))
    writer.close()
    assert writer.kept == KeptSeconds(recorded=1, stored=0, rescued=1)
    assert not any("forgotten" in file.read_text(encoding="utf-8") for file in rescue_files())


@pytest.mark.parametrize("key", [None], indirect=True, ids=["clear"])
def test_the_lesson_goes_on_where_only_another_program_wrote(again: Store, database_path: Path) -> None:
    """Its log may be moved into the file, and begun anew, by whoever has the database open."""
    writer = begin_lesson(again, A_CHECKPOINT)
    faults = []
    for second in range(A_CHECKPOINT, A_CHECKPOINT + 5):
        with closing(sqlite3.connect(database_path, isolation_level=None)) as connection:
            connection.execute("UPDATE sessions SET model = 'other' WHERE course = ''")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        record_seconds(writer, range(second, second + 1))
        wait_until(partial(_has_stored, writer, second + 1))
        faults.append(writer.fault)
    writer.close()
    assert faults == [None] * 5
    assert rescue_files() == []


def _has_stored(writer: SessionWriter, seconds: int) -> bool:
    return writer.kept.stored == seconds

"""Backups are dated, checked and thinned out, hold nothing that was deleted, and are put back at one stroke."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.backups import DAYS_KEPT, back_up, back_up_if_due, list_backups
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import Store, open_store
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

ROOT = Path(__file__).resolve().parents[3]
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def lessons(store: Store) -> Store:
    """A store with one lesson."""
    record_lesson(store, [record(second, [seen(1)], names=[(1, "Zephyrine")]) for second in range(5)])
    return store


def folder_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.backups")


def bytes_beside(path: Path) -> bytes:
    files = [each for each in path.parent.rglob("*") if each.is_file()]
    return b"".join(each.read_bytes() for each in files)


def sessions_in(path: Path) -> list[int]:
    with closing(open_sqlite(path, query="mode=ro&immutable=1")) as connection:
        return [number for (number,) in connection.execute("SELECT id FROM sessions ORDER BY id")]


def test_a_backup_holds_everything_and_is_private(lessons: Store, database_path: Path) -> None:
    backup = lessons.copies.back_up()
    assert lessons.copies.list_backups() == [backup]
    assert sessions_in(backup.path) == [1]
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert folder_of(database_path).stat().st_mode & 0o777 == 0o700
    assert sorted(each.name for each in folder_of(database_path).iterdir()) == [backup.path.name]


def test_a_copy_goes_where_the_user_wants_it(lessons: Store, tmp_path: Path) -> None:
    lessons.copies.back_up_to(tmp_path / "mine.sqlite")
    assert sessions_in(tmp_path / "mine.sqlite") == [1]
    lessons.delete_session(1)
    assert sessions_in(tmp_path / "mine.sqlite") == [1]


def test_one_backup_a_day_is_made_and_the_newest_of_five_days_are_kept(lessons: Store) -> None:
    database = connect_database(lessons.name)
    for day in range(8):
        now = NOON + timedelta(days=day)
        back_up(database, now=now)
        assert back_up_if_due(database, now=now + timedelta(hours=1)) is None
        back_up(database, now=now + timedelta(hours=2))
    kept = [backup.made_at for backup in list_backups(database)]
    assert kept == [NOON + timedelta(days=day, hours=2) for day in range(7, 7 - DAYS_KEPT, -1)]


@pytest.mark.parametrize("back", [timedelta(days=30), timedelta(hours=1)], ids=["a month", "an hour"])
def test_a_backup_stays_although_the_clock_was_set_back(lessons: Store, back: timedelta) -> None:
    database = connect_database(lessons.name)
    for day in range(DAYS_KEPT):
        back_up(database, now=NOON + timedelta(days=day))
    made = back_up(database, now=NOON + timedelta(days=DAYS_KEPT - 1) - back)
    assert made.path.exists()
    assert made in list_backups(database)
    assert len(list_backups(database)) == DAYS_KEPT


def test_a_restore_keeps_the_state_of_before_although_the_clock_was_set_back(lessons: Store) -> None:
    later = datetime.now(UTC) + timedelta(days=30)
    database = connect_database(lessons.name)
    backups = [back_up(database, now=later + timedelta(days=day)) for day in range(DAYS_KEPT)]
    record_lesson(lessons, [record(0)])
    assert sessions_in(lessons.copies.restore(backups[-1].path)) == [1, 2]


def test_the_end_of_the_program_makes_the_backup_of_the_day(lessons: Store) -> None:
    assert lessons.copies.finish() is None
    assert len(lessons.copies.list_backups()) == 1
    assert lessons.copies.finish() is None
    assert len(lessons.copies.list_backups()) == 1


def test_why_no_backup_was_made_is_known_at_the_next_start_until_one_is(lessons: Store, database_path: Path) -> None:
    folder_of(database_path).touch()  # a file in its place: no copy can be made
    with raises_message(StorageError, MessageKey.BACKUP_NOT_MADE):
        lessons.copies.finish()
    lessons.close()
    with open_store(lessons.name) as again:
        missed = again.copies.missed
        assert missed is not None
        assert missed.key is MessageKey.BACKUP_NOT_MADE
        folder_of(database_path).unlink()
        again.copies.back_up()
        assert again.copies.missed is None
    assert not list(database_path.parent.glob("*missed*"))


def test_a_backup_that_another_program_makes_is_not_missed(lessons: Store) -> None:
    writer = lessons.begin_session(new_session())
    with raises_message(StorageError, MessageKey.BACKUP_WHILE_RECORDING):
        lessons.copies.finish()
    writer.close()
    assert lessons.copies.missed is None


@pytest.mark.parametrize("content", [b"", b"[" * 5000, b"\xff", b'{"key": "of.a_newer_version"}', b"x" * 20_000])
def test_a_damaged_note_of_a_missed_backup_is_passed_over(lessons: Store, database_path: Path, content: bytes) -> None:
    database_path.with_name(f"{database_path.name}.backup-missed.json").write_bytes(content)
    assert lessons.copies.missed is None


def test_a_damaged_state_becomes_no_backup_and_replaces_none(lessons: Store, database_path: Path) -> None:
    good = lessons.copies.back_up()
    content = good.path.read_bytes()
    with closing(open_sqlite(database_path)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'samples'").fetchone()
    with database_path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xa5" * 4096)
    database = connect_database(lessons.name)
    with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
        back_up(database, now=NOON + timedelta(days=9))
    assert [backup.path for backup in list_backups(database)] == [good.path]
    assert good.path.read_bytes() == content
    assert database.damaged.is_set()


def test_what_is_deleted_is_in_no_backup(lessons: Store, database_path: Path) -> None:
    lessons.copies.back_up()
    lessons.copies.restore(lessons.copies.list_backups()[0].path)
    assert b"Zephyrine" in bytes_beside(database_path)
    lessons.delete_session(1)
    assert lessons.copies.list_backups() == []
    assert b"Zephyrine" not in bytes_beside(database_path)


@pytest.mark.parametrize("change", ["erase", "rename", "roster"])
def test_what_is_erased_or_replaced_is_in_no_backup(lessons: Store, database_path: Path, change: str) -> None:
    lessons.set_roster("Physics", ["Zephyrine"])
    lessons.copies.back_up()
    if change == "erase":
        lessons.erase_student(1, 1)
        lessons.set_roster("Physics", [])
    elif change == "rename":
        lessons.set_roster("Physics", [])
        lessons.copies.back_up()
        lessons.rename_student(1, 1, "Ann")
    else:
        lessons.rename_student(1, 1, None)
        lessons.copies.back_up()
        lessons.set_roster("Physics", ["Ann"])
    assert lessons.copies.list_backups() == []
    assert b"Zephyrine" not in bytes_beside(database_path)


def test_no_backup_is_made_of_a_running_session(lessons: Store) -> None:
    """A student who is erased from it would stay in the copy."""
    writer = lessons.begin_session(new_session())
    with raises_message(StorageError, MessageKey.BACKUP_WHILE_RECORDING):
        lessons.copies.back_up()
    writer.close()


def test_a_backup_is_put_back_and_the_state_of_before_is_kept(lessons: Store, database_path: Path) -> None:
    backup = lessons.copies.back_up()
    record_lesson(lessons, [record(0)])
    kept = lessons.copies.restore(backup.path)
    assert [each.id for each in lessons.list_sessions()] == [1]
    assert sessions_in(kept) == [1, 2]
    assert database_path.stat().st_mode & 0o777 == 0o600
    assert record_lesson(lessons, [record(0)]) == 2
    assert sorted(database_path.parent.glob("lessons.sqlite?*")) == [folder_of(database_path)]
    with open_store(lessons.name) as again:
        assert again.copies.check() is None


def test_a_damaged_database_is_replaced_and_kept_as_it_was(lessons: Store, database_path: Path) -> None:
    backup = lessons.copies.back_up().path
    lessons.close()
    damaged = b"Dear diary, " * 1000
    database_path.write_bytes(damaged)
    database = connect_database(lessons.name)
    from fer_desktop.storage.restore import restore_database

    kept = restore_database(database, backup)
    assert kept.read_bytes() == damaged
    with open_store(lessons.name) as again:
        assert [each.id for each in again.list_sessions()] == [1]


def test_nothing_is_put_back_while_a_session_is_recorded(lessons: Store) -> None:
    backup = lessons.copies.back_up()
    writer = lessons.begin_session(new_session())
    with raises_message(StorageError, MessageKey.RESTORE_WHILE_RECORDING):
        lessons.copies.restore(backup.path)
    writer.record(record(0, [seen(1)]))
    writer.close()
    assert writer.kept.stored == 1


RECORDING_ELSEWHERE = """
import sys
from tests.unit.storage.lessons import new_session
from fer_desktop.storage.store import open_store
store = open_store(sys.argv[1])
writer = store.begin_session(new_session())
sys.stdout.write("recording\\n")
sys.stdout.flush()
sys.stdin.read()
writer.close()
"""


def test_nor_while_another_program_records(lessons: Store) -> None:
    backup = lessons.copies.back_up()
    command = [sys.executable, "-c", RECORDING_ELSEWHERE, lessons.name]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "recording\n"
        with raises_message(StorageError, MessageKey.RESTORE_WHILE_RECORDING):
            lessons.copies.restore(backup.path)
        other.communicate()
    lessons.copies.restore(backup.path)


@pytest.mark.parametrize("content", [b"", b"Dear diary, " * 500, b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_backup_is_refused_and_nothing_changes(lessons: Store, tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.sqlite"
    wrong.write_bytes(content)
    with raises_message(StorageError, MessageKey.BACKUP_DAMAGED):
        lessons.copies.restore(wrong)
    assert [each.id for each in lessons.list_sessions()] == [1]


def test_a_missing_backup_is_named(lessons: Store, tmp_path: Path) -> None:
    with raises_message(StorageError, MessageKey.BACKUP_UNREADABLE):
        lessons.copies.restore(tmp_path / "none.sqlite")


def test_a_backup_of_an_earlier_version_is_upgraded(lessons: Store) -> None:
    golden = ROOT / "tests" / "golden" / "databases" / "schema_0006.db"
    lessons.copies.restore(golden)
    assert lessons.list_sessions()
    with open_store(lessons.name) as again:
        assert again.copies.check() is None


def test_a_full_folder_is_named(lessons: Store, database_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(database_path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with raises_message(StorageError, MessageKey.BACKUP_WITHOUT_ROOM):
        lessons.copies.back_up()
    assert os.listdir(folder_of(database_path)) == []

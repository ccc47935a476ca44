"""A database is encrypted, decrypted and given another key, with all that lies beside it, completely or not at all."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fer_desktop.encryption.file_kind import FileKind, look_at
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.sealed_file import is_sealed
from fer_desktop.errors import KeyNeededError, StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.copying import copy_database
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import Store, open_store
from fer_desktop.system.file_hold import hold_file
from fer_desktop.types import Event, EventKind
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, seen, wait_until
from tests.unit.storage.protected import (
    KEY,
    NAME,
    NOTE,
    OTHER_KEY,
    PAGE_BYTES,
    decrypt_pages,
    find_clear_text,
    hold_write_lock,
    record_names,
)

ROOT = Path(__file__).resolve().parents[3]


def keys(salt: bytes) -> DatabaseKey | None:
    return {each.salt: each for each in (KEY, OTHER_KEY)}.get(salt)


@pytest.fixture
def encrypted(store: Store, url: str) -> Iterator[Store]:
    """A store whose only lesson has a name and a note, encrypted."""
    record_names(store)
    store.change_key(KEY)
    yield store
    store.close()


def read_all(store: Store) -> tuple[object, ...]:
    session = store.list_sessions()[0].id
    return store.session(session), repr(store.students(session)), store.events(session), store.search_texts()


def test_the_lessons_are_the_same_before_and_after(store: Store, url: str, database_path: Path) -> None:
    record_names(store)
    before = read_all(store)
    for key in (KEY, OTHER_KEY, None):
        store.change_key(key)
        assert read_all(store) == before
        assert look_at(database_path) is (FileKind.CLEAR if key is None else FileKind.ENCRYPTED)
        with open_store(url, keys) as again:
            assert read_all(again) == before
            assert again.key == key


def test_nothing_of_it_is_in_clear_text_on_the_disk(encrypted: Store, database_path: Path) -> None:
    assert find_clear_text(database_path.parent) == []
    record_names(encrypted)
    assert find_clear_text(database_path.parent) == []
    encrypted.change_key(None)
    assert find_clear_text(database_path.parent) == [database_path.name]


def test_while_a_lesson_is_recorded_the_log_is_encrypted_too(encrypted: Store, database_path: Path) -> None:
    writer = encrypted.begin_session(new_session(course=NAME))
    writer.record(record(0, names=[(1, NAME)]))
    wait_until(lambda: writer.kept.stored == 1)
    log = database_path.with_name(f"{database_path.name}-wal")
    assert log.stat().st_size > 0
    assert find_clear_text(database_path.parent) == []
    writer.close()


def test_the_old_key_opens_nothing_any_more(encrypted: Store, database_path: Path, tmp_path: Path) -> None:
    encrypted.change_key(OTHER_KEY)
    copy = shutil.copy(database_path, tmp_path / "copy.sqlite")
    with raises_message(KeyNeededError, MessageKey.DATABASE_KEY_WRONG, database=str(copy)):
        open_store(str(copy), lambda salt: DatabaseKey(KEY.secret, salt))
    open_store(str(copy), keys).close()


def test_a_copy_on_a_computer_without_the_key_is_refused_in_one_clear_sentence(
    encrypted: Store, database_path: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(database_path, tmp_path / "copy.sqlite"))
    before = copy.read_bytes()
    with raises_message(KeyNeededError, MessageKey.DATABASE_KEY_NEEDED, database=str(copy)):
        open_store(str(copy), lambda _: None)
    assert copy.read_bytes() == before


def test_nothing_is_written_to_stderr_for_a_wrong_key(
    encrypted: Store, database_path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = shutil.copy(database_path, tmp_path / "copy.sqlite")
    with pytest.raises(KeyNeededError):
        open_store(str(copy), lambda salt: DatabaseKey(OTHER_KEY.secret, salt))
    assert capfd.readouterr().err == ""


def test_sqlite_itself_cannot_read_it(encrypted: Store, database_path: Path) -> None:
    copy = shutil.copy(database_path, database_path.with_name("copy.sqlite"))
    connection = sqlite3.connect(copy)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()


def test_what_is_deleted_is_in_no_page_even_for_who_has_the_key(
    encrypted: Store, database_path: Path, tmp_path: Path
) -> None:
    encrypted.delete_session(encrypted.list_sessions()[0].id)
    assert not database_path.with_name(f"{database_path.name}-wal").exists()
    with closing(open_sqlite(database_path, key=KEY)) as connection:
        decrypted = tmp_path / "decrypted" / "pages"
        decrypted.parent.mkdir()
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        decrypted.write_bytes(decrypt_pages(database_path, KEY))
    assert decrypted.stat().st_size == pages * PAGE_BYTES
    assert b"alembic_version" in decrypted.read_bytes()
    assert find_clear_text(decrypted.parent) == []


def test_the_same_pages_show_the_name_before_it_is_deleted(encrypted: Store, database_path: Path) -> None:
    encrypted.close()
    assert NAME.encode() in decrypt_pages(database_path, KEY)


def test_backups_are_converted_with_it(store: Store, database_path: Path) -> None:
    record_names(store)
    store.close()
    backup = database_path.with_name(f"{database_path.name}.before-upgrade-of-0001.backup")
    shutil.copy(database_path, backup)
    for key in (KEY, OTHER_KEY, None):
        store.change_key(key)
        assert look_at(backup) is (FileKind.CLEAR if key is None else FileKind.ENCRYPTED)
        with closing(open_sqlite(backup, key=key)) as connection:
            assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
        assert (find_clear_text(database_path.parent) == []) is (key is not None)


@pytest.mark.parametrize("key", [None, OTHER_KEY], ids=["decrypt", "another key"])
def test_a_disk_that_is_full_while_a_backup_is_converted_changes_nothing(
    encrypted: Store, database_path: Path, monkeypatch: pytest.MonkeyPatch, key: DatabaseKey | None
) -> None:
    """Not only the backup stays behind: with the old key it could not be read any more."""
    backup = database_path.with_name(f"{database_path.name}.before-upgrade-of-0001.backup")
    dated = encrypted.copies.back_up()
    encrypted.close()
    shutil.copy(database_path, backup)

    def fill_disk(source: sqlite3.Connection, part: Path, *others: object) -> None:
        if "backup" in part.name:
            source.execute("PRAGMA max_page_count = 1")  # as SQLite does for a full disk, it answers SQLITE_FULL
            source.execute("CREATE TABLE full AS SELECT 1")
        copy_database(source, part, *others)  # type: ignore[arg-type]

    monkeypatch.setattr("fer_desktop.storage.conversion.copy_database", fill_disk)
    with raises_message(StorageError, MessageKey.DATABASE_DISK_FULL):
        encrypted.change_key(key)
    assert encrypted.key == KEY
    for path in (database_path, backup, dated.path):
        with closing(open_sqlite(path, key=KEY)) as connection:
            assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (1,)
    assert encrypted.copies.list_backups() == [dated]


def test_dated_backups_with_the_key_of_before_are_removed_once_it_has_succeeded(
    store: Store, database_path: Path
) -> None:
    record_names(store)
    dated = store.copies.back_up()
    store.change_key(KEY)
    assert store.copies.list_backups() == []
    assert not dated.path.exists()
    assert find_clear_text(database_path.parent) == []


def test_a_backup_in_clear_text_that_cannot_be_read_stops_it(store: Store, database_path: Path) -> None:
    record_names(store)
    backup = database_path.with_name(f"{database_path.name}.before-upgrade-of-0001.backup")
    backup.write_bytes(b"SQLite format 3\x00" + bytes(8000))
    before = sorted(database_path.parent.iterdir())
    with raises_message(StorageError, MessageKey.BACKUP_NOT_CONVERTED, path=str(backup)):
        store.change_key(KEY)
    assert store.key is None
    assert store.search_texts()
    assert look_at(database_path) is FileKind.CLEAR
    assert [
        path for path in sorted(database_path.parent.iterdir()) if path.suffix not in (".sqlite-wal", ".sqlite-shm")
    ] == before


def test_what_could_not_be_written_into_it_goes_into_encrypted_rescue_files(
    encrypted: Store, url: str, database_path: Path, own_home: Path
) -> None:
    writer = encrypted.begin_session(new_session())
    with hold_write_lock(database_path, KEY):
        writer.record(record(0, [seen(1)], [Event(EventKind.NOTE, 0, NOTE)], [(1, NAME)]))
        writer.close()
    (rescue_file,) = (own_home / "data" / "rescue").glob("*.jsonl")
    assert is_sealed(rescue_file.read_bytes())
    assert find_clear_text(own_home.parent) == []
    with open_store(url, keys) as again:
        assert again.rescued_seconds == 1
        assert NAME in again.search_texts()[writer.session_id]
    assert not rescue_file.exists()


def test_rescue_files_that_are_still_there_are_converted_with_it(
    encrypted: Store, url: str, database_path: Path, own_home: Path
) -> None:
    writer = encrypted.begin_session(new_session())
    with hold_write_lock(database_path, KEY):
        writer.record(record(0, [seen(1)], [Event(EventKind.NOTE, 0, NOTE)], [(1, NAME)]))
        writer.close()
    (rescue_file,) = (own_home / "data" / "rescue").glob("*.jsonl")
    for key in (OTHER_KEY, None, KEY):
        encrypted.change_key(key)
        content = rescue_file.read_bytes()
        assert is_sealed(content) is (key is not None)
        assert (NAME.encode() in content) is (key is None)
    with open_store(url, keys) as again:
        assert again.rescued_seconds == 1


def test_damaged_rescue_files_are_encrypted_with_it(store: Store, database_path: Path, own_home: Path) -> None:
    record_names(store)
    writer = store.begin_session(new_session())
    with hold_write_lock(database_path, None):
        writer.record(record(0, [seen(1)], [Event(EventKind.NOTE, 0, NOTE)], [(1, NAME)]))
        writer.close()
    (rescue_file,) = (own_home / "data" / "rescue").glob("*.jsonl")
    damaged = rescue_file.rename(rescue_file.with_name(f"{rescue_file.name}.damaged"))
    content = damaged.read_bytes()
    store.change_key(KEY)
    assert find_clear_text(own_home.parent) == []
    store.change_key(None)
    assert damaged.read_bytes() == content


def test_it_is_refused_while_a_session_records(store: Store) -> None:
    writer = store.begin_session(new_session())
    with raises_message(StorageError, MessageKey.RECORDING_WHILE_CONVERTING):
        store.change_key(KEY)
    writer.record(record(0))
    writer.close()
    assert store.session(writer.session_id).seconds == 1
    assert store.key is None
    store.change_key(KEY)


RECORDER = """
import sys
from fer_desktop.storage.store import open_store
from tests.unit.storage.lessons import new_session
writer = open_store(sys.argv[1]).begin_session(new_session())
print(writer.session_id, flush=True)
sys.stdin.read()
writer.close()
"""


def test_it_is_refused_while_another_process_records(store: Store, url: str) -> None:
    command = [sys.executable, "-c", RECORDER, url]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as recorder:
        assert recorder.stdout is not None
        assert recorder.stdout.readline() == "1\n"
        with raises_message(StorageError, MessageKey.RECORDING_WHILE_CONVERTING):
            store.change_key(KEY)
        recorder.communicate("")
    store.change_key(KEY)
    assert store.key == KEY


def test_it_is_refused_while_another_program_reads(store: Store, database_path: Path) -> None:
    record_names(store)
    reader = sqlite3.connect(database_path)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM sessions").fetchall()
    command = [sys.executable, "-c", CONVERTER, str(database_path)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    reader.close()
    assert answer.stdout.startswith("storage.database_locked")
    assert look_at(database_path) is FileKind.CLEAR


CONVERTER = """
import sys
from fer_desktop.errors import StorageError
from fer_desktop.storage.store import open_store
from tests.unit.storage.protected import KEY
try:
    open_store(sys.argv[1]).change_key(KEY)
except StorageError as error:
    print(error.message.key)
"""


def test_too_little_room_is_noticed_before_anything_is_done(
    store: Store, database_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(database_path.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    with raises_message(StorageError, MessageKey.NO_SPACE_TO_CONVERT, free_mb=1):
        store.change_key(KEY)
    assert look_at(database_path) is FileKind.CLEAR


def test_progress_rises_to_the_end(store: Store) -> None:
    seen_so_far: list[float] = []
    record_names(store)
    store.change_key(KEY, on_progress=seen_so_far.append)
    assert seen_so_far == sorted(seen_so_far)
    assert seen_so_far[-1] == 1.0


def test_other_calls_are_refused_while_it_is_done(store: Store) -> None:
    refused: list[MessageKey] = []

    def call_in_between(_share: float) -> None:
        try:
            store.list_sessions()
        except StorageError as error:
            refused.append(error.message.key)

    store.change_key(KEY, on_progress=call_in_between)
    assert set(refused) == {MessageKey.DATABASE_BEING_CONVERTED}
    assert store.list_sessions() == []


def test_a_second_conversion_at_the_same_time_is_refused(store: Store, url: str, database_path: Path) -> None:
    hold = hold_file(database_path.with_name(f"{database_path.name}-conversion.lock"))
    assert hold is not None
    with raises_message(StorageError, MessageKey.DATABASE_BEING_CONVERTED):
        store.change_key(KEY)
    hold.release()
    assert store.list_sessions() == []


def test_a_database_that_is_encrypted_keeps_its_write_ahead_log_and_its_settings(
    encrypted: Store, database_path: Path
) -> None:
    encrypted.close()
    with closing(open_sqlite(database_path, key=KEY)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database_path.stat().st_mode & 0o777 == 0o600


def test_random_bytes_in_the_middle_of_an_encrypted_file_are_called_damage(
    encrypted: Store, database_path: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(database_path, tmp_path / "copy.sqlite"))
    content = bytearray(copy.read_bytes())
    content[PAGE_BYTES : 3 * PAGE_BYTES] = bytes(2 * PAGE_BYTES)
    copy.write_bytes(content)
    with pytest.raises(StorageError) as caught, open_store(str(copy), keys) as store:
        store.list_sessions()
    assert caught.value.message.key in (MessageKey.DATABASE_KEY_WRONG, MessageKey.DATABASE_DAMAGED)
    assert copy.read_bytes() == bytes(content)


def test_a_later_file_with_the_number_of_an_earlier_one_is_looked_at_anew(store: Store, tmp_path: Path) -> None:
    """File systems give the number of a removed file to the next one."""
    record_names(store)
    folder = tmp_path / "copies"
    folder.mkdir()
    opened: list[Store] = []
    for number in range(4):
        store.change_key((None, KEY)[number % 2])
        store.close()
        path = Path(shutil.copy(store.name, folder / f"{number}.sqlite"))
        opened.append(open_store(str(path), keys))
        assert opened[-1].key == store.key
        opened[-1].close()
        path.unlink()

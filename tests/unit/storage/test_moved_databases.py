"""A database that was moved finds the rescue files of its sessions, which are named after its former place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fer_desktop.storage.store import Store, open_store
from fer_desktop.system.file_hold import hold_file
from tests.unit.storage.lessons import new_session, record, seen, wait_until
from tests.unit.storage.protected import KEY, hold_write_lock
from tests.unit.storage.rescues import record_into_locked, rescue_files

pytestmark = pytest.mark.usefixtures("short_waits")


@pytest.fixture
def moved(database_path: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "another folder"
    folder.mkdir()
    return folder / database_path.name


def move(store: Store, path: Path, moved: Path) -> str:
    store.close()
    path.rename(moved)
    return str(moved)


def make_unreadable(file: Path) -> None:
    """As if a newer version had written it."""
    file.write_text(file.read_text(encoding="utf-8").replace('"version":2', '"version":3', 1), encoding="utf-8")


def make_refused(file: Path) -> None:
    """The database takes no such row."""
    file.write_text(file.read_text(encoding="utf-8").replace('"faces":', '"hats":'), encoding="utf-8")


def test_what_was_rescued_at_the_former_place_is_taken_in(store: Store, database_path: Path, moved: Path) -> None:
    session = record_into_locked(store, database_path)
    with open_store(move(store, database_path, moved)) as again:
        assert again.rescued_seconds == 2
        assert [(each.id, each.seconds) for each in again.list_sessions()] == [(session, 3)]
    assert rescue_files() == []


def test_of_encrypted_lessons_too(store: Store, database_path: Path, moved: Path) -> None:
    store.change_key(KEY)
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)]))
    wait_until(lambda: writer.kept.stored == 1)
    with hold_write_lock(database_path, KEY):
        writer.record(record(1, [seen(1)]))
        writer.close()
    with open_store(move(store, database_path, moved), lambda _: KEY) as again:
        assert again.rescued_seconds == 1
        assert again.session(writer.session_id).seconds == 2


def test_a_copy_leaves_them_to_the_database_that_is_still_there(
    store: Store, url: str, database_path: Path, moved: Path
) -> None:
    session = record_into_locked(store, database_path)
    store.close()
    shutil.copy(database_path, moved)
    with open_store(str(moved)) as copy:
        assert copy.rescued_seconds == 0
        copy.delete_session(session)
    with open_store(url) as again:
        assert again.rescued_seconds == 2


def test_another_database_leaves_them(store: Store, database_path: Path, moved: Path, tmp_path: Path) -> None:
    record_into_locked(store, database_path)
    path = move(store, database_path, moved)
    with open_store(str(tmp_path / "another.sqlite")) as other:
        assert other.rescued_seconds == 0
    with open_store(path) as again:
        assert again.rescued_seconds == 2


def test_they_stay_while_a_living_program_writes_them(store: Store, database_path: Path, moved: Path) -> None:
    record_into_locked(store, database_path)
    (file,) = rescue_files()
    path = move(store, database_path, moved)
    hold = hold_file(file.with_name(f"{file.name.rsplit('-', 1)[0]}.lock"))
    assert hold is not None
    open_store(path).close()
    assert rescue_files() == [file]
    hold.release()
    with open_store(path) as again:
        assert again.rescued_seconds == 2


@pytest.mark.parametrize("spoil", [make_unreadable, make_refused])
def test_a_deleted_lesson_takes_them_with_it(
    store: Store, database_path: Path, moved: Path, spoil: Callable[[Path], None]
) -> None:
    session = record_into_locked(store, database_path)
    spoil(rescue_files()[0])
    with open_store(move(store, database_path, moved)) as again:
        assert len(rescue_files()) == 1
        again.delete_session(session)
    assert rescue_files() == []


def test_every_deletion_takes_the_damaged_ones_with_it(store: Store, database_path: Path, moved: Path) -> None:
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    damaged = file.rename(file.with_name(f"{file.name}.damaged"))
    with open_store(move(store, database_path, moved)) as again:
        again.erase_student(session, 2)
    assert list(damaged.parent.glob("*.damaged")) == []


def test_a_student_who_is_erased_is_not_in_them(store: Store, database_path: Path, moved: Path) -> None:
    session = record_into_locked(store, database_path)
    make_refused(rescue_files()[0])
    with open_store(move(store, database_path, moved)) as again:
        again.erase_student(session, 1)
    (file,) = rescue_files()
    assert "Ann" not in file.read_text(encoding="utf-8")


def test_they_are_encrypted_with_the_lessons(store: Store, database_path: Path, moved: Path) -> None:
    record_into_locked(store, database_path)
    make_refused(rescue_files()[0])
    with open_store(move(store, database_path, moved)) as again:
        again.change_key(KEY)
    (file,) = rescue_files()
    assert b"Ann" not in file.read_bytes()

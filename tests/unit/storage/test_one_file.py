"""A database is one file, whatever it is called and however many programs have it open."""

import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.database_url import database_name
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.locks import lock_session
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.writer import SessionWriter
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen, wait_until

OTHER_PROGRAM = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
sys.stdout.write(str(connection.execute("SELECT count(*) FROM moods").fetchone()[0]))
connection.close()
"""


def name_as_opened(url: str | None) -> str:
    database = connect_database(url)
    database.engine.dispose()
    return database.name


def test_a_database_has_its_name_before_it_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second start looks for the window of that name, and opens nothing where it finds one."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "lessons.sqlite")
    monkeypatch.chdir(tmp_path / "folder")
    file = str(tmp_path / "folder" / "lessons.sqlite")
    same = [file, "lessons.sqlite", "../link", "../folder/lessons.sqlite", f"sqlite:///{file}"]
    before = [database_name(url) for url in same]
    assert not Path(file).exists()
    assert before == [file] * len(same)
    assert [name_as_opened(url) for url in same] == before
    server = "postgresql://carla:secret@school/lessons?connect_timeout=3"
    assert "secret" not in database_name(server)
    for url in (server, None):
        assert name_as_opened(url) == database_name(url)


def count_seconds_elsewhere(database_path: Path) -> int:
    """By another program, which opens the database and closes it again."""
    command = [sys.executable, "-c", OTHER_PROGRAM, str(database_path)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout)


def has_stored(writer: SessionWriter, seconds: int) -> bool:
    return writer.kept.stored == seconds


def test_a_program_that_looks_into_the_database_leaves_the_log_to_the_session(
    store: Store, database_path: Path
) -> None:
    """A connection of this process that ends must not release the locks of the one that records."""
    log = database_path.with_name(f"{database_path.name}-wal")
    writer = store.begin_session(new_session())
    for second in range(3):
        writer.record(record(second, [seen(1)]))
        wait_until(partial(has_stored, writer, second + 1))
        store.list_sessions()
        with open_store(store.name):
            pass
        assert count_seconds_elsewhere(database_path) == second + 1
        assert log.exists()
    writer.close()


@pytest.fixture
def link(database_path: Path, tmp_path: Path) -> Path:
    """Another name of the database."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.sqlite"
    link.symlink_to(database_path)
    return link


def test_a_session_is_locked_under_every_name_of_its_file(store: Store, link: Path) -> None:
    lock = lock_session(connect_database(store.name), 1)
    assert lock is not None
    assert lock_session(connect_database(str(link)), 1) is None
    lock.release()


def test_a_session_that_is_recorded_under_another_name_stays_open(store: Store, link: Path) -> None:
    writer = store.begin_session(new_session())
    with open_store(str(link)) as other:
        assert other.crashed == ()
        assert other.name == store.name
        with raises_message(StorageError, MessageKey.SESSION_BEING_RECORDED):
            other.delete_session(writer.session_id)
    writer.close()


def test_a_folder_may_have_another_name_too(store: Store, database_path: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").symlink_to(database_path.parent)
    record_lesson(store, [record(0)])
    with open_store(str(tmp_path / "folder" / database_path.name)) as other:
        assert (other.name, len(other.list_sessions())) == (store.name, 1)


def test_links_that_lead_nowhere_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").symlink_to(tmp_path / "b.db")
    (tmp_path / "b.db").symlink_to(tmp_path / "a.db")
    with raises_message(StorageError, MessageKey.DATABASE_NOT_CREATED):
        open_store(str(tmp_path / "a.db"))


def test_a_database_that_is_gone_is_not_made_again_by_looking_at_it(store: Store, database_path: Path) -> None:
    for path in database_path.parent.glob("lessons.sqlite*"):
        path.unlink()
    with pytest.raises(StorageError):
        store.list_sessions()
    assert not database_path.exists()

"""A damaged database is noticed, read as far as it can be, never written, and saved row by row into a healthy one."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import open_store
from fer_desktop.types import Event, EventKind
from tests.damage import PAGE, damage_pages
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

LESSONS = 6
SECONDS = 120
STUDENTS = 30
INNER_KINDS = (2, 5)
"""The first byte of a page that leads to others: https://sqlite.org/fileformat2.html#b_tree_pages."""


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of several lessons, made once."""
    path = tmp_path_factory.mktemp("term") / "term.sqlite"
    with open_store(str(path)) as store:
        for lesson in range(LESSONS):
            events = [Event(EventKind.BOOKMARK, 3, f"moment {lesson}")]
            records = [
                record(second, [seen(n) for n in range(1, STUDENTS + 1)], events if second == 3 else ())
                for second in range(SECONDS)
            ]
            record_lesson(store, records, new_session(course=f"course {lesson}"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    return path


@pytest.fixture
def path(term: Path, database_path: Path) -> Path:
    shutil.copy(term, database_path)
    return database_path


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        return int(connection.execute(query, (table,)).fetchone()[0])


def list_inner_pages(path: Path) -> list[int]:
    """Those that lead to others: each takes up to half of the samples with it, wherever it happens to lie."""
    content = path.read_bytes()
    return [1 + start // PAGE for start in range(PAGE, len(content), PAGE) if content[start] in INNER_KINDS]


def overwrite_page(path: Path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


@pytest.mark.parametrize("share", [0.002, 0.2, 0.9])
def test_random_damage_is_noticed_at_the_start_and_nothing_is_written_into_it(path: Path, share: float) -> None:
    damage_pages(path, share, spared=[root_of(path, "sessions")])
    content = path.read_bytes()
    with open_store(str(path)) as store:
        damage = store.copies.damage
        assert damage is not None
        assert damage.key is MessageKey.DATABASE_DAMAGED
        assert len(store.list_sessions()) == LESSONS, "their own page is among those that are spared"
        with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
            store.delete_session(1)
        with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
            store.set_roster("Physics", ["Ann"])
        with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
            store.copies.back_up()
    assert path.read_bytes() == content


def test_a_session_in_a_damaged_database_is_kept_elsewhere_and_taken_in_by_a_healthy_one(
    path: Path, term: Path
) -> None:
    damage_pages(path, 0.3)
    content = path.read_bytes()
    with open_store(str(path)) as store:
        writer = store.begin_session(new_session(course="afterwards"))
        for second in range(5):
            writer.record(record(second, [seen(1)]))
        writer.close()
        assert writer.fault is not None
        assert (writer.kept.recorded, writer.kept.stored, writer.kept.rescued) == (5, 0, 5)
    assert path.read_bytes() == content
    shutil.copy(term, path)
    with open_store(str(path)) as store:
        assert [each.seconds for each in store.list_sessions() if each.course == "afterwards"] == [5]


def test_damage_that_a_bounded_check_leaves_out_is_found_in_the_background(path: Path) -> None:
    overwrite_page(path, root_of(path, "samples"))
    enlarge(path)
    with open_store(str(path)) as store:
        assert store.copies.damage is None
        assert store.copies.check() is not None
        with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
            store.delete_session(1)


def enlarge(path: Path) -> None:
    """Makes a file of more megabytes than a start checks as a whole."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE filler (text TEXT)")
        connection.executemany("INSERT INTO filler VALUES (?)", [("x" * 100_000,)] * 60)
        connection.commit()


def test_an_interrupted_session_is_not_completed_in_a_large_damaged_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sessions SET ended_at = NULL WHERE id = 2")
        connection.commit()
    overwrite_page(path, root_of(path, "samples"))
    enlarge(path)
    content = path.read_bytes()
    with open_store(str(path)) as store:
        assert store.copies.damage is not None
        assert store.crashed == ()
    assert path.read_bytes() == content


def test_a_healthy_database_has_no_damage(path: Path) -> None:
    with open_store(str(path)) as store:
        assert store.copies.check() is None
        assert store.copies.finish() is None


def test_all_of_a_healthy_database_is_saved(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "saved.sqlite"
    with open_store(str(path)) as store:
        saved = store.copies.salvage(target)
        before = store.list_sessions()
    assert (saved.sessions, saved.undated, saved.seconds) == (LESSONS, 0, LESSONS * SECONDS)
    assert target.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("saved.sqlite?*"))
    assert dump(path) == dump(target)
    with open_store(str(target)) as again:
        assert again.list_sessions() == before


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


@pytest.mark.parametrize("share", [0.01, 0.3])
def test_what_the_damage_left_is_saved_and_healthy(path: Path, tmp_path: Path, share: float) -> None:
    before = {table: set(rows) for table, rows in dump(path).items()}
    damaged = damage_pages(path, share, spared=[*(root_of(path, table) for table in before), *list_inner_pages(path)])
    target = tmp_path / "saved.sqlite"
    with open_store(str(path)) as store:
        saved = store.copies.salvage(target)
    after = dump(target)
    assert saved.sessions == LESSONS
    kept = set(after["samples"])
    assert kept <= before["samples"]
    rows_a_page = len(before["samples"]) / (path.stat().st_size // PAGE)
    assert len(before["samples"]) - len(kept) <= 1.5 * damaged * rows_a_page
    with open_store(str(target)) as again:
        assert again.copies.check() is None
        for session in again.list_sessions():
            again.students(session.id)
            again.mood_series(session.id)


def test_lessons_whose_own_row_is_lost_are_saved_without_their_date(path: Path, tmp_path: Path) -> None:
    overwrite_page(path, root_of(path, "sessions"))
    target = tmp_path / "saved.sqlite"
    with open_store(str(path)) as store:
        saved = store.copies.salvage(target)
    assert (saved.sessions, saved.undated) == (LESSONS, LESSONS)
    with open_store(str(target)) as again:
        assert {each.seconds for each in again.list_sessions()} == {SECONDS}
        assert again.list_sessions()[0].source.key is MessageKey.SALVAGED_SESSION


def test_what_was_saved_overwrites_nothing(path: Path) -> None:
    with open_store(str(path)) as store, raises_message(StorageError, MessageKey.SALVAGE_IN_THE_WAY):
        store.copies.salvage(path)

"""The schema is that of the migrations; older databases are upgraded, newer and foreign ones left as they are."""

import hashlib
import shutil
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.schema import CreateTable

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.migrate import MIGRATIONS, REVISIONS, backup_files, migrate_database
from fer_desktop.storage.schema import Base
from fer_desktop.storage.store import Store, open_store
from tests.damage import damage_pages
from tests.raising import raises_message
from tests.unit.storage.lessons import record, record_lesson, seen

NEXT_REVISION = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{newest}"


def upgrade() -> None:
    with op.batch_alter_table("sessions") as table:
        table.add_column(sa.Column("room", sa.Text(), nullable=True))
    {after}
"""


def execute(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(statement).fetchall()
        connection.commit()
    finally:
        connection.close()
    return rows


def turn_back(path: Path, revision: str, *statements: str) -> None:
    """Makes the database what that revision left; the statements undo what came before the third."""
    for table in ("late_corrections", "deleted_recordings", "settlements"):
        execute(path, f"DROP TABLE {table}")
    for table, column in (("samples", "person_seen"), ("samples", "unreadable"), ("moods", "people")):
        execute(path, f"ALTER TABLE {table} DROP COLUMN {column}")
    execute(path, "DROP TABLE clock_readings")
    execute(path, "ALTER TABLE events DROP COLUMN message")
    execute(path, "DROP INDEX ix_sessions_recording")
    columns = ["recording", "entries", "purged_at", "watched_seconds"]
    for column in (*columns, *(("most_students", "mean_mood") if revision < "0004" else ())):
        execute(path, f"ALTER TABLE sessions DROP COLUMN {column}")
    if revision < "0003":
        for table in ("samples", "moods"):
            execute(path, f"ALTER TABLE {table} DROP COLUMN attention")
    for statement in (*statements, f"UPDATE alembic_version SET version_num = '{revision}'"):
        execute(path, statement)


def make_scripts(folder: Path, after: str = "pass") -> Path:
    """The migrations with one more that this version does not have."""
    scripts = shutil.copytree(MIGRATIONS, folder / "migrations 100%")
    (scripts / "versions" / "r9000_next.py").write_text(NEXT_REVISION.format(newest=REVISIONS[-1], after=after))
    return scripts


def test_the_migrations_make_the_schema_that_the_program_maps(url: str) -> None:
    open_store(url).close()
    database = connect_database(url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_revision_is_known_without_alembic() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    scripts = ScriptDirectory.from_config(config)
    assert tuple(each.revision for each in reversed(list(scripts.walk_revisions()))) == REVISIONS


def test_an_older_database_is_copied_and_then_upgraded(
    store: Store, url: str, database_path: Path, tmp_path: Path
) -> None:
    record_lesson(store, [record(0, [seen(1)])])
    database = connect_database(url)
    migrate_database(database, scripts=make_scripts(tmp_path), revisions=(*REVISIONS, "9000"))

    (backup,) = backup_files(database)
    assert execute(backup, "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]
    assert execute(backup, "SELECT count(*) FROM samples") == [(1,)]
    assert backup.stat().st_mode & 0o777 == 0o600
    assert execute(database_path, "SELECT version_num FROM alembic_version") == [("9000",)]
    assert execute(database_path, "SELECT room FROM sessions") == [(None,)]
    assert execute(database_path, "SELECT count(*) FROM samples") == [(1,)]


def test_a_database_of_the_first_version_keeps_its_sessions_and_takes_rosters(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_lesson(store, [record(0, [seen(1)], names=[(1, "Ann")])])
    store.close()
    turn_back(database_path, "0001", "DROP TABLE rosters")
    with open_store(url) as upgraded:
        upgraded.set_roster("Physics", ["Ann"])
        assert upgraded.roster("Physics") == ["Ann"]
        assert [each.label for each in upgraded.students(session)] == ["Ann"]
    assert [path.name for path in backup_files(connect_database(url))] == [
        "lessons.sqlite.before-upgrade-of-0001.backup"
    ]


def test_a_database_of_the_second_version_keeps_its_samples_and_takes_attention(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_lesson(store, [record(0, [seen(1)]), record(1, [seen(1)])])
    store.close()
    turn_back(database_path, "0002")
    with open_store(url) as upgraded:
        assert np.isnan(upgraded.student_series(session, 1).attention).tolist() == [True, True]
        assert np.isnan(upgraded.mood_series(session).attention).tolist() == [True, True]
        assert upgraded.students(session)[0].attention is None
        later = record_lesson(upgraded, [record(0, [replace(seen(1), attention=0.5)])])
        assert upgraded.student_series(later, 1).attention.tolist() == [0.5]


def test_a_database_of_the_third_version_gets_its_sessions_totals(store: Store, url: str, database_path: Path) -> None:
    happy = np.array([0, 0, 0, 0.75, 0.25, 0, 0], np.float32)
    session = record_lesson(store, [record(0, [seen(1, happy)]), record(1, [seen(1, happy), seen(2, happy)])])
    empty = record_lesson(store, [])
    store.close()
    turn_back(database_path, "0003")
    with open_store(url) as upgraded:
        assert upgraded.session(session).mean_mood == pytest.approx(0.5, abs=1e-4)
        assert upgraded.session(empty).mean_mood is None
    assert execute(database_path, "SELECT most_students FROM sessions ORDER BY id") == [(2,), (None,)]


def test_a_database_of_the_fourth_version_gets_the_time_that_was_watched(
    store: Store, url: str, database_path: Path
) -> None:
    session = record_lesson(store, [record(second, [seen(1)]) for second in (0, 1, 90)])
    empty = record_lesson(store, [])
    store.close()
    turn_back(database_path, "0004")
    with open_store(url) as upgraded:
        assert (upgraded.session(session).seconds, upgraded.session(session).watched_seconds) == (91, 3)
        assert upgraded.session(empty).watched_seconds == 0


def test_an_upgrade_that_fails_changes_nothing(store: Store, url: str, database_path: Path, tmp_path: Path) -> None:
    record_lesson(store, [record(0, [seen(1)])])
    scripts = make_scripts(tmp_path, after="raise RuntimeError('half way')")
    with pytest.raises(RuntimeError, match="half way"):
        migrate_database(connect_database(url), scripts=scripts, revisions=(*REVISIONS, "9000"))
    assert execute(database_path, "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]
    assert "room" not in [row[1] for row in execute(database_path, "PRAGMA table_info(sessions)")]
    assert execute(database_path, "SELECT count(*) FROM samples") == [(1,)]


def test_backups_do_not_keep_what_was_deleted(store: Store, url: str, tmp_path: Path) -> None:
    session = record_lesson(store, [record(0, [seen(1)])])
    database = connect_database(url)
    migrate_database(database, scripts=make_scripts(tmp_path), revisions=(*REVISIONS, "9000"))
    store.delete_session(session)
    assert backup_files(database) == []


def test_logs_that_were_set_aside_do_not_keep_what_was_deleted(store: Store, database_path: Path) -> None:
    session = record_lesson(store, [record(0, [seen(1)])])
    log = database_path.with_name(f"{database_path.name}-wal.set-aside-2026-11-01T10-00-00-000000")
    log.write_text("a name")
    store.delete_session(session)
    assert not log.exists()


def test_a_newer_database_is_refused_and_not_changed(store: Store, url: str, database_path: Path) -> None:
    store.close()
    execute(database_path, "UPDATE alembic_version SET version_num = '9999'")
    before = hashlib.sha256(database_path.read_bytes()).hexdigest()
    with raises_message(StorageError, MessageKey.DATABASE_OF_NEWER_VERSION):
        open_store(url)
    assert hashlib.sha256(database_path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("table", ["sessions", "alembic_version", "recipes"])
def test_another_programs_database_is_refused_and_not_changed(url: str, database_path: Path, table: str) -> None:
    execute(database_path, f"CREATE TABLE {table} (version_num TEXT)")
    before = database_path.read_bytes()
    with raises_message(StorageError, MessageKey.DATABASE_OF_OTHER_PROGRAM):
        open_store(url)
    assert database_path.read_bytes() == before


def test_several_programs_may_open_a_new_database_at_once(url: str, database_path: Path) -> None:
    errors: list[BaseException] = []

    def open_and_close() -> None:
        try:
            open_store(url).close()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert execute(database_path, "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]


@pytest.mark.parametrize("url", ["postgresql://", "mysql://"])
def test_other_databases_take_the_schema_too(url: str) -> None:
    dialect = make_url(url).get_dialect()()
    for table in Base.metadata.sorted_tables:
        assert table.name in str(CreateTable(table).compile(dialect=dialect))


def test_a_backup_that_cannot_be_made_is_reported_and_nothing_changes(
    store: Store, url: str, database_path: Path, tmp_path: Path
) -> None:
    record_lesson(store, [record(0, [seen(1)])])
    blocked = tmp_path / f"lessons.sqlite.before-upgrade-of-{REVISIONS[-1]}.backup"
    blocked.mkdir()
    with raises_message(StorageError, MessageKey.DATABASE_NOT_BACKED_UP):
        migrate_database(connect_database(url), scripts=make_scripts(tmp_path), revisions=(*REVISIONS, "9000"))
    assert execute(database_path, "SELECT version_num FROM alembic_version") == [(REVISIONS[-1],)]
    assert list(tmp_path.glob("*.part")) == []


def test_a_damaged_database_becomes_no_backup_and_is_not_upgraded(
    store: Store, url: str, database_path: Path, tmp_path: Path
) -> None:
    """Where its pages are still copied: only a check of the copy shows it."""
    record_lesson(store, [record(second, [seen(n) for n in range(1, 30)]) for second in range(60)])
    store.close()
    execute(database_path, "VACUUM")
    damage_pages(database_path, 0.5)
    before = database_path.read_bytes()
    with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
        migrate_database(connect_database(url), scripts=make_scripts(tmp_path), revisions=(*REVISIONS, "9000"))
    assert backup_files(connect_database(url)) == []
    assert database_path.read_bytes() == before
    assert list(tmp_path.glob("*.part*")) == []


def test_a_backup_that_cannot_be_removed_is_reported(store: Store, database_path: Path) -> None:
    session = record_lesson(store, [record(0, [seen(1)])])
    database_path.with_name("lessons.sqlite.before-upgrade-of-0000.backup").mkdir()
    with raises_message(StorageError, MessageKey.BACKUP_NOT_REMOVED):
        store.delete_session(session)
    assert store.list_sessions() == []


def test_copies_are_found_whatever_the_name_of_the_database(tmp_path: Path) -> None:
    copy = tmp_path / "[1].db.before-upgrade-of-0001.backup"
    copy.touch()
    assert backup_files(connect_database(str(tmp_path / "[1].db"))) == [copy]

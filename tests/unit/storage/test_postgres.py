"""A database on a PostgreSQL server: what cannot be used is explained in one line, and texts come back as stored."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from keyring.backend import KeyringBackend

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.migrate import MIGRATIONS
from fer_desktop.storage.schema import Base
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.postgres import OWNER, PASSWORD, PostgresServer
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, record, record_lesson, seen


def test_a_wrong_password_is_named_without_it(postgres_server: PostgresServer, postgres_database: str) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_PASSWORD_WRONG) as raised:
        open_store(postgres_server.url(postgres_database, password="guess-17"))
    assert "guess-17" not in str(raised.value)


def test_a_missing_password_is_named(postgres_server: PostgresServer, postgres_database: str) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_PASSWORD_WRONG):
        open_store(postgres_server.url(postgres_database, password=None))


@pytest.mark.parametrize("way", ["environment", "file"])
def test_a_password_comes_from_the_environment_or_the_password_file(
    postgres_server: PostgresServer,
    postgres_database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    if way == "environment":
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
    else:
        file = tmp_path / "pgpass"
        file.write_text(f"127.0.0.1:*:*:{OWNER}:{PASSWORD}\n")
        file.chmod(0o600)
        monkeypatch.setenv("PGPASSFILE", str(file))
    with open_store(postgres_server.url(postgres_database, password=None)) as store:
        assert store.list_sessions() == []
        assert PASSWORD not in store.name


class OnePassword(KeyringBackend):
    """A keyring with the password of one database."""

    priority = 5.0
    database = ""

    def get_password(self, service: str, username: str) -> str | None:
        return PASSWORD if (service, username) == ("FER Desktop database", self.database) else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("the program only reads it")


def test_a_password_comes_from_the_keyring(
    postgres_server: PostgresServer, postgres_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres_server.url(postgres_database, password=None)
    monkeypatch.setattr(OnePassword, "database", connect_database(url).name)
    monkeypatch.setattr(keyring, "get_keyring", OnePassword)
    with open_store(url) as store:
        assert store.list_sessions() == []
    with raises_message(StorageError, MessageKey.DATABASE_PASSWORD_WRONG):
        open_store(postgres_server.url("postgres", password=None))


def test_a_missing_database_is_named(postgres_server: PostgresServer) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_NOT_ON_SERVER):
        open_store(postgres_server.url("nowhere"))


def test_a_server_that_is_not_there_is_named() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with raises_message(StorageError, MessageKey.DATABASE_SERVER_UNREACHABLE) as raised:
        open_store(f"postgresql://ann:{PASSWORD}@127.0.0.1:{port}/lessons")
    assert PASSWORD not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_refused_encryption_is_named(postgres_server: PostgresServer, postgres_database: str) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_NOT_ENCRYPTED):
        open_store(postgres_server.url(postgres_database, sslmode="require"))


def test_an_option_that_the_driver_does_not_know_is_named(postgres_server: PostgresServer) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_URL_REJECTED) as raised:
        open_store(postgres_server.url("postgres", colour="red"))
    assert PASSWORD not in str(raised.value)


@pytest.fixture
def stranger(postgres_server: PostgresServer) -> Iterator[str]:
    """Somebody without any right."""
    postgres_server.execute(f"CREATE ROLE stranger LOGIN PASSWORD '{PASSWORD}'")
    yield "stranger"
    postgres_server.execute("DROP ROLE stranger")


def test_a_role_without_rights_is_named(postgres_server: PostgresServer, postgres_database: str, stranger: str) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_RIGHTS_MISSING):
        open_store(postgres_server.url(postgres_database, user=stranger))


def test_a_database_of_a_newer_version_is_refused(
    postgres_server: PostgresServer, postgres_database: str, postgres_url: str
) -> None:
    postgres_server.execute("UPDATE alembic_version SET version_num = '9999'", postgres_database)
    with raises_message(StorageError, MessageKey.DATABASE_OF_NEWER_VERSION):
        open_store(postgres_url)


def test_a_database_that_cannot_hold_every_name_is_refused(postgres_server: PostgresServer) -> None:
    name = "western_europe"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with raises_message(StorageError, MessageKey.DATABASE_NOT_UNICODE):
        open_store(postgres_server.url(name))
    postgres_server.drop_database(name)


def test_the_name_of_a_database_is_the_same_with_its_password_and_without(postgres_server: PostgresServer) -> None:
    names = {
        connect_database(postgres_server.url("lessons", password=password)).name for password in (PASSWORD, None, "x")
    }
    assert names == {f"postgresql://{OWNER}@127.0.0.1:{postgres_server.port}/lessons"}


@pytest.mark.every_database
@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("50%_\\ 'quoted' \"x\"; DROP TABLE events --", None),
        ("नमस्ते 你好 \U0001f600 \u202eabc", None),
        ("before\0after", "beforeafter"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_any_text_can_be_stored(store: Store, text: str, stored: str | None) -> None:
    writer = store.begin_session(new_session(course=text))
    writer.record(record(0, [seen(1)], [Event(EventKind.NOTE, 0, text)], [(1, "Zoë\0 \ud83dKim")]))
    writer.close()
    assert writer.fault is None
    session = writer.session_id
    note = store.add_annotation(session, Event(EventKind.NOTE, 0, text))
    store.set_roster(text, [text])
    expected = text if stored is None else stored
    assert store.session(session).course == expected
    assert [event.text for event in store.events(session)] == [expected, expected]
    assert note.text == text
    assert store.roster(text) == [expected]
    assert [each.label for each in store.students(session)] == ["Zoë Kim"]


@pytest.mark.every_database
def test_a_course_that_is_too_long_for_a_roster_is_refused(store: Store) -> None:
    with raises_message(StorageError, MessageKey.ROSTER_COURSE_TOO_LONG, limit=200):
        store.set_roster("x" * 201, ["Ann"])


@pytest.mark.every_database
def test_what_is_read_together_is_one_state_of_the_database(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 0.1)  # for which SQLite's log waits for the reader
    database = connect_database(url)
    record_lesson(store, [record(0)])
    with database.read() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM moods").scalar()
        record_lesson(store, [record(0)])
        assert connection.exec_driver_sql("SELECT count(*) FROM moods").scalar() == before
        assert connection.exec_driver_sql("SELECT count(*) FROM sessions").scalar() == before


def test_a_reader_writes_nothing(postgres_url: str) -> None:
    database = connect_database(postgres_url)
    with raises_message(StorageError, MessageKey.DATABASE_UNWRITABLE), database.read() as connection:
        connection.exec_driver_sql("DELETE FROM sessions")


def test_a_locked_database_is_reported_after_a_while(
    postgres_server: PostgresServer, postgres_database: str, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 0.1)
    with postgres_server.connect(postgres_database) as other, other.transaction():
        other.execute("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE")
        with raises_message(StorageError, MessageKey.DATABASE_BUSY):
            open_store(postgres_url)


def test_several_programs_may_open_a_new_database_at_once(postgres_server: PostgresServer) -> None:
    name = postgres_server.new_database()
    errors: list[BaseException] = []

    def open_and_close() -> None:
        try:
            open_store(postgres_server.url(name)).close()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            errors.append(error)

    threads = [threading.Thread(target=open_and_close) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    postgres_server.drop_database(name)
    assert errors == []


def test_a_database_is_brought_down_to_an_older_schema_and_up_again(
    postgres_server: PostgresServer, postgres_database: str, postgres_url: str
) -> None:
    with open_store(postgres_url) as store:
        session = record_lesson(store, [record(0, [seen(1)], names=[(1, "Ann")]), record(1, [seen(1)])])
        store.add_annotation(session, Event(EventKind.NOTE, 1, "a good question"))
    database = connect_database(postgres_url)
    with database.write() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.downgrade(config, "0005")
    assert postgres_server.execute("SELECT version_num FROM alembic_version", postgres_database) == [("0005",)]
    with open_store(postgres_url) as again:
        assert [event.text for event in again.events(session)] == ["a good question"]
        assert [(each.name, each.tile_seconds) for each in again.students(session)] == [("Ann", 2)]


def test_the_migrations_make_the_schema_that_the_program_maps_here_too(postgres_url: str) -> None:
    with connect_database(postgres_url).engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []

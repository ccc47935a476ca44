"""A database file and a store on it, closed after each test; databases of a real PostgreSQL server."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from fer_desktop.storage.store import Store, open_store
from tests.postgres import PostgresServer, running_server


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new database, made once: its schema takes a while."""
    path = tmp_path_factory.mktemp("database") / "empty.sqlite"
    open_store(URL.create("sqlite", database=str(path)).render_as_string()).close()
    return path


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    """Where a database may be made; there is none yet."""
    return tmp_path / "lessons.sqlite"


@pytest.fixture
def url(database_path: Path) -> str:
    return URL.create("sqlite", database=str(database_path)).render_as_string()


@pytest.fixture
def store(url: str, database_path: Path, empty_database: Path) -> Iterator[Store]:
    shutil.copy(empty_database, database_path)
    with open_store(url) as store:
        yield store


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Shared by the tests: none may stop it."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """A database with the schema and nothing in it, made once."""
    name = postgres_server.new_database()
    open_store(postgres_server.url(name)).close()
    return name


@pytest.fixture
def postgres_database(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """The name of a database of the test's own, as after the first start."""
    name = postgres_server.new_database(postgres_template)
    yield name
    postgres_server.drop_database(name)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_database: str) -> str:
    return postgres_server.url(postgres_database)

"""A database file and a store on it, closed after each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from fer_desktop.storage.store import Store, open_store


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

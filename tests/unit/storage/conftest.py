"""Runs the tests that are marked `every_database` on SQLite and on a PostgreSQL server of the tests' own."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from fer_desktop.storage.store import Store, open_store


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """On PostgreSQL, too, run the marked tests that ask for no file."""
    marked = metafunc.definition.get_closest_marker("every_database") is not None
    if marked and "database_kind" in metafunc.fixturenames and "database_path" not in metafunc.fixturenames:
        metafunc.parametrize("database_kind", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def url(database_kind: str, request: pytest.FixtureRequest) -> str:
    if database_kind == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    path: Path = request.getfixturevalue("database_path")
    return URL.create("sqlite", database=str(path)).render_as_string()


@pytest.fixture
def store(database_kind: str, url: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    if database_kind == "sqlite":
        shutil.copy(request.getfixturevalue("empty_database"), request.getfixturevalue("database_path"))
    with open_store(url) as store:
        yield store

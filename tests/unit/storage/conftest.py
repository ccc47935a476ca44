"""Runs the tests that are marked `every_database` on SQLite and on a PostgreSQL server of the tests' own."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from fer_desktop.storage import writer as writer_module
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


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing waits long for a database that is locked, and temporary files have a folder of their own."""
    monkeypatch.setattr(writer_module, "CLOSE_TIMEOUT_S", 0.5)
    monkeypatch.setattr(writer_module, "RETRY_PAUSE_S", 0.05)
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 0.1)
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))


@pytest.fixture
def spill_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the database does not take is in a rescue file at once."""
    monkeypatch.setattr("fer_desktop.storage.spiller.SPILL_AFTER_S", 0.0)

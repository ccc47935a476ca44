"""One stage for all tests of a worker, and the folders that scenes begin with."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.moments import is_exhaustive
from tests.faults.running import Stage, build_interposer, open_stage
from tests.faults.templates import make_folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """An exhaustive run takes as long as it takes; a test that is cut off leaves its scene running under the next."""
    for item in items if is_exhaustive() else ():
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(0))


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with open_stage(build_interposer(tmp_path_factory.mktemp("interposer"))) as stage:
        yield stage


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sessions, a roster, settings and earlier exports; see `make_folder`. For reading only."""
    return make_folder(tmp_path_factory.mktemp("template") / "folder")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where scenes run; this process, too, has its home and its temporary folder there."""
    folder = tmp_path / "run"
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    monkeypatch.setenv("FER_DESKTOP_HOME", str(folder / "home"))
    return folder

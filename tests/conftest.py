"""What every test shares: a home of its own, and the measuring data beside the checkout where there is any."""

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples every time, and no time limit: machines that run tests are shared and noisy.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

SHARED_FOLDER = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def shared_folder() -> Path:
    """Photographs and data sets for measuring; they are no part of the project."""
    if not (SHARED_FOLDER / "data").is_dir():
        pytest.skip("needs the measuring data in ../shared, which is not here")
    return SHARED_FOLDER


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and database of a test never touch those of the user."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("FER_DESKTOP_HOME", str(home))
    return home

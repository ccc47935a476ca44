"""A store in a file of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from fer_desktop.storage.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(URL.create("sqlite", database=str(tmp_path / "lessons.sqlite")).render_as_string()) as store:
        yield store

"""A locked database, and the rescue files of what it did not take."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import new_session, record, seen, wait_until

BOOKMARK = Event(EventKind.BOOKMARK, 1, "a good question")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program keeps the database locked."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def rescue_files() -> list[Path]:
    return sorted(path for folder in rescue_folders() for path in folder.glob("*.jsonl"))


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def moods(path: Path) -> list[tuple[int, int]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT session_id, second FROM moods ORDER BY session_id, second").fetchall()
    connection.close()
    return found


def record_into_locked(store: Store, path: Path, seconds: int = 3) -> int:
    """A session whose first second is stored and whose rest is rescued at its end; returns its number."""
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1), seen(2)]))
    wait_until(lambda: moods(path) == [(writer.session_id, 0)])
    with locked(path):
        for second in range(1, seconds):
            writer.record(record(second, [seen(1), seen(2)], names=[(1, "Ann")]))
        writer.add_event(BOOKMARK)
        writer.merge_students(2, 1)
        writer.close()
        assert writer.kept == KeptSeconds(recorded=seconds, stored=1, rescued=seconds - 1)
        assert not writer.lost
        assert writer.fault is not None
    return writer.session_id

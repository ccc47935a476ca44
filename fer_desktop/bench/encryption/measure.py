"""Times the same work on a database in clear text and on its encrypted copy, in turns."""

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

import numpy as np

from fer_desktop.bench.review.term import TermPlan, make_term
from fer_desktop.encryption.key import DatabaseKey, make_key
from fer_desktop.messages import literal
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.entries import Entry, write_entries
from fer_desktop.storage.rescue import find_or_insert_session
from fer_desktop.storage.rows import RowMaker
from fer_desktop.storage.store import open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import EXPRESSIONS, ClassMood, SecondRecord, StudentSecond

LESSON: Final = TermPlan(lessons=1)
"""Two lessons of two hours with 46 students."""
_ROWS: Final = 49
_HEAT_COLUMNS: Final = 400


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians in milliseconds."""

    what: str
    clear_ms: float
    encrypted_ms: float


@dataclass(frozen=True, slots=True)
class _Copy:
    path: Path
    key: DatabaseKey | None

    def find_key(self, _salt: bytes) -> DatabaseKey | None:
        return self.key


def measure_costs(folder: Path, *, rounds: int, on_progress: Callable[[str], None]) -> list[Cost]:
    """Makes the lessons in the folder, encrypts a copy, and measures everything `rounds` times, commits 100 times that.

    Opening and reviewing go through all layers, as a user's do, with the system's file cache warm.
    """
    on_progress("Making lessons")
    clear = _Copy(folder / "clear.sqlite", None)
    make_term(str(clear.path), LESSON, on_progress=lambda _done, _all: None)
    encrypted = _Copy(folder / "encrypted.sqlite", make_key())
    shutil.copy(clear.path, encrypted.path)
    on_progress("Encrypting a copy")
    started_s = time.perf_counter()
    with open_store(str(encrypted.path)) as store:
        store.change_key(encrypted.key)
    converted_ms = 1e3 * (time.perf_counter() - started_s)
    costs = []
    for what, work, count in (
        ("open the program's database", _open, rounds),
        ("review of a two-hour lesson", _review, rounds),
        (f"commit of a second, {_ROWS + 1} rows", _commit, 100 * rounds),
    ):
        on_progress(f"Measuring: {what}")
        costs.append(_compare(what, clear, encrypted, work, count))
    size_mb = clear.path.stat().st_size / 1e6
    return [*costs, Cost(f"encrypting {size_mb:.0f} MB, once", 0.0, converted_ms)]


@contextmanager
def _open(copy: _Copy) -> Iterator[Callable[[], None]]:
    def work() -> None:
        open_store(str(copy.path), copy.find_key).close()

    yield work


@contextmanager
def _review(copy: _Copy) -> Iterator[Callable[[], None]]:
    with open_store(str(copy.path), copy.find_key) as store:
        session = store.list_sessions()[0].id

        def work() -> None:
            store.session(session)
            store.mood_series(session)
            store.students(session)
            store.events(session)
            store.heat_grid(session, _HEAT_COLUMNS)
            store.student_series(session, 1)

        yield work


@contextmanager
def _commit(copy: _Copy) -> Iterator[Callable[[], None]]:
    """As the writer of a session does, on one connection."""
    database = connect_database(str(copy.path), copy.find_key)
    with database.writing_engine.connect() as connection:
        with connection.begin():
            lesson = NewSession(datetime.now(UTC), literal("benchmark"))
            session = find_or_insert_session(connection, lesson, uuid4().hex)
        known: set[int] = set()
        seconds = iter(range(10_000_000))

        def work() -> None:
            nonlocal known
            entry = _make_entry(next(seconds))
            with connection.begin():
                known = write_entries(connection, session, [entry], known)

        yield work
    database.engine.dispose()


def _make_entry(second: int) -> Entry:
    shares = np.full(len(EXPRESSIONS), 1 / len(EXPRESSIONS), np.float32)
    students = tuple(
        StudentSecond(number, face_found=True, person_seen=True, camera_on=True, tile_seen=True, probabilities=shares)
        for number in range(1, _ROWS + 1)
    )
    mood = ClassMood(second, shares, faces=_ROWS, people=_ROWS, cameras_on=_ROWS, students=_ROWS)
    rows = RowMaker(aggregate_only=False, expressions_on=True)
    samples = tuple(rows.sample_rows(SecondRecord(second, mood, students)))
    return Entry(seconds=second + 1, mood=rows.mood_row(mood), samples=samples)


def _compare(
    what: str,
    clear: _Copy,
    encrypted: _Copy,
    prepare: Callable[[_Copy], AbstractContextManager[Callable[[], None]]],
    count: int,
) -> Cost:
    """In turns, so that a busy computer slows both."""
    with prepare(clear) as first, prepare(encrypted) as second:
        first()
        second()
        pairs = [(_time_ms(first), _time_ms(second)) for _ in range(count)]
    return Cost(what, *(statistics.median(each) for each in zip(*pairs, strict=True)))


def _time_ms(work: Callable[[], None]) -> float:
    started_s = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - started_s)

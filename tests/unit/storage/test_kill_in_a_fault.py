"""While the database takes nothing, a kill at any moment loses at most the second in flight."""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from fer_desktop.storage.rescue import rescue_folders
from fer_desktop.storage.store import Store, open_store

ROOT = Path(__file__).resolve().parents[3]
EVERY_S = 0.1
IN_FLIGHT_S = 1.5
"""What was handed over longer ago than this survives: a second, and half of one for a busy machine."""

RECORDER = f"""
import sys, time
from tests.unit.storage.lessons import new_session, record, seen
from fer_desktop.storage.store import open_store
writer = open_store(sys.argv[1]).begin_session(new_session())
for second in range(100_000):
    writer.record(record(second, [seen(n) for n in range(1, 6)]))
    sys.stdout.write(f"{{second}} {{time.monotonic()}} {{writer.kept.stored}}\\n")
    sys.stdout.flush()
    time.sleep({EVERY_S})
"""


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def record_and_kill(url: str, path: Path, *, before_s: float, locked_s: float) -> tuple[int, int]:
    """Records with the database free, then locked, then kills; seconds handed over IN_FLIGHT_S before, and all."""
    command = [sys.executable, "-c", RECORDER, url]
    recorder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert recorder.stdout is not None
    recorder.stdout.readline()
    time.sleep(before_s)
    with locked(path):
        time.sleep(locked_s)
        killed_at_s = time.monotonic()
        recorder.kill()
        rest, _ = recorder.communicate()
        handed = [line.split() for line in rest[: rest.rfind("\n") + 1].splitlines()]
    assert int(handed[-1][2]) <= int(handed[-1][0])
    kept = [int(second) for second, at_s, _ in handed if float(at_s) < killed_at_s - IN_FLIGHT_S]
    return (kept[-1] + 1 if kept else 1), int(handed[-1][0]) + 1


@pytest.mark.timeout(180)
@pytest.mark.parametrize("round_", range(4))
def test_a_kill_during_a_fault_loses_at_most_the_second_in_flight(
    store: Store, url: str, database_path: Path, round_: int
) -> None:
    store.close()
    chance = random.Random(round_)
    promised, handed = record_and_kill(
        url, database_path, before_s=chance.uniform(0, 1), locked_s=chance.uniform(2.5, 8)
    )
    with open_store(url) as again:
        (summary,) = again.list_sessions()
        stored = again.mood_series(summary.id).seconds.tolist()
        assert summary.interrupted
        assert stored == list(range(len(stored)))
        assert promised <= len(stored) <= handed
        assert [each.tile_seconds for each in again.students(summary.id)] == [len(stored)] * 5
    assert [path for folder in rescue_folders() for path in folder.glob("*.jsonl")] == []


@pytest.mark.timeout(180)
def test_a_kill_when_the_database_is_back_stores_nothing_twice(store: Store, url: str, database_path: Path) -> None:
    store.close()
    chance = random.Random(9)
    for number in range(1, 4):
        command = [sys.executable, "-c", RECORDER, url]
        recorder = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert recorder.stdout is not None
        recorder.stdout.readline()
        with locked(database_path):
            time.sleep(3)
        time.sleep(chance.uniform(0, 0.3))
        recorder.kill()
        recorder.communicate()
        with open_store(url) as again:
            assert len(again.list_sessions()) == number
            newest = again.list_sessions()[0]
            stored = again.mood_series(newest.id).seconds.tolist()
            assert stored == list(range(len(stored)))
            assert len(stored) >= 3 / EVERY_S / 2

"""A kill at any moment of a backup or of a restore leaves a whole database, and no half of a copy that counts."""

import os
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from fer_desktop.storage.backups import list_backups
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import Store, open_store
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

ROOT = Path(__file__).resolve().parents[3]
MOMENTS = int(os.environ.get("FER_DESKTOP_KILLS", "8"))
"""How many moments each is killed at."""

BACKUP = """
import sys
from fer_desktop.storage.backups import back_up
from fer_desktop.storage.engine import connect_database
database = connect_database(sys.argv[1])
sys.stdout.write("begin\\n")
sys.stdout.flush()
back_up(database)
sys.stdout.write("end\\n")
"""
RESTORE = """
import sys
from pathlib import Path
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.restore import restore_database
database = connect_database(sys.argv[1])
sys.stdout.write("begin\\n")
sys.stdout.flush()
restore_database(database, Path(sys.argv[2]))
sys.stdout.write("end\\n")
"""


@pytest.fixture
def pair(store: Store, database_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A database with two lessons, and a backup with the first one only."""
    records = [record(second, [seen(n) for n in range(1, 41)]) for second in range(60)]
    record_lesson(store, records, new_session(course="in both"))
    backup = tmp_path / "backup.sqlite"
    store.copies.back_up_to(backup)
    record_lesson(store, records, new_session(course="only here"))
    store.close()
    original = tmp_path / "original" / "lessons.sqlite"
    original.parent.mkdir()
    shutil.copy(database_path, original)
    return original, backup


def run_for(script: str, delay_s: float | None, *arguments: object) -> bool:
    """Runs it, kills it so long after it has begun (None: not at all); returns whether it had ended."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begin\n"
        if delay_s is not None:
            time.sleep(delay_s)
            child.kill()
        return child.communicate()[0] == "end\n"


def measure_s(script: str, path: Path, backup: Path) -> float:
    began_s = time.monotonic()
    assert run_for(script, None, path, backup)
    return time.monotonic() - began_s


def start_over(path: Path, original: Path) -> None:
    for file in path.parent.glob(f"{path.name}*"):
        shutil.rmtree(file) if file.is_dir() else file.unlink()
    shutil.copy(original, path)


def check(path: Path) -> str:
    with closing(open_sqlite(path, query="mode=ro&immutable=1")) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@pytest.mark.parametrize("script", [BACKUP, RESTORE], ids=["backup", "restore"])
def test_a_kill_leaves_all_or_nothing(pair: tuple[Path, Path], database_path: Path, script: str) -> None:
    original, backup = pair
    whole_s = measure_s(script, database_path, backup)
    chance = random.Random(3)
    outcomes: dict[tuple[str, ...], int] = {}
    for moment in range(MOMENTS):
        start_over(database_path, original)
        run_for(script, whole_s * (moment + chance.random()) / MOMENTS, database_path, backup)
        for copy in list_backups(connect_database(str(database_path))):
            assert check(copy.path) == "ok"
        with open_store(str(database_path)) as store:
            courses = tuple(sorted(each.course for each in store.list_sessions()))
            assert courses in {("in both",), ("in both", "only here")}
            assert store.copies.check() is None
            assert all(each.seconds == 60 for each in store.list_sessions())
            if courses == ("in both",):  # the state of before is kept before it is replaced
                assert script is RESTORE
                assert any(count_sessions(kept.path) == 2 for kept in store.copies.list_backups())
            store.copies.back_up()
        assert check(database_path) == "ok"
        assert not list(database_path.parent.glob("**/*.part*.sqlite"))
        outcomes[courses] = outcomes.get(courses, 0) + 1
    assert sum(outcomes.values()) == MOMENTS


def count_sessions(path: Path) -> int:
    with closing(open_sqlite(path, query="mode=ro&immutable=1")) as connection:
        return int(connection.execute("SELECT count(*) FROM sessions").fetchone()[0])

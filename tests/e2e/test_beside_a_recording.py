"""The command line beside a lesson that another program records: each command works or says one clear sentence."""

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from fer_desktop.settings import Settings, save_settings
from fer_desktop.storage.store import open_store
from tests.e2e.program import ROOT, run_json, run_program
from tests.needs import LINUX

RECORDER = """
import sys, time
from datetime import UTC, datetime, timedelta
from tests.unit.storage.lessons import new_session, record, record_lesson, seen
from fer_desktop.storage.store import open_store
store = open_store(sys.argv[1])
record_lesson(store, [record(0, [seen(1)])], new_session(started_at=datetime.now(UTC) - timedelta(days=9)))
writer = store.begin_session(new_session(started_at=datetime.now(UTC) - timedelta(hours=2)))
for second in range(100_000):
    writer.record(record(second, [seen(1), seen(2)]))
    if second == 3:
        sys.stdout.write("records\\n")
        sys.stdout.flush()
    time.sleep(0.1)
"""
OLD, RECORDED = "1", "2"

pytestmark = [LINUX, pytest.mark.timeout(400)]


@pytest.fixture
def real(tmp_path: Path) -> Path:
    return tmp_path / "real.sqlite"


@pytest.fixture(params=["the same path", "a link"])
def database(request: pytest.FixtureRequest, real: Path) -> Path:
    if request.param == "the same path":
        return real
    link = real.with_name("link.sqlite")
    link.symlink_to(real)
    return link


@pytest.fixture
def recorder(real: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", RECORDER, str(real)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "records\n"
        yield process
        process.kill()


def test_every_command_works_or_says_why_and_the_recording_goes_on(
    recorder: "subprocess.Popen[str]", real: Path, database: Path, tmp_path: Path
) -> None:
    save_settings(Settings(retention_days=5))
    newest, old = run_json("sessions", "--db", database, "--json")
    assert (newest["ended_at"], old["interrupted"]) == (None, False)
    done = run_program("export", RECORDED, "--db", database, "-o", tmp_path / "lesson.csv")
    assert (done.returncode, done.stderr) == (0, "")
    for arguments in ([RECORDED], [RECORDED, "--student", "1"]):
        done = run_program("delete", *arguments, "--yes", "--db", database)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "is being recorded; stop it first" in done.stderr
    assert run_program("purge", "--yes", "--db", database).returncode == 0
    assert [each["id"] for each in run_json("sessions", "--db", database, "--json")] == [int(RECORDED)]
    assert run_program("purge", "--undo", "--db", database).returncode == 0
    assert run_program("delete", OLD, "--yes", "--db", database).returncode == 0
    done = run_program("analyze", "simulated:students=2,seconds=3", "--fps", "1", "--db", database, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["kept_seconds"] == 3

    assert recorder.poll() is None
    recorded_for = count_seconds(real)
    time.sleep(2)
    assert count_seconds(real) > recorded_for
    recorder.kill()
    recorder.wait()
    with open_store(str(real)) as store:
        seconds = store.mood_series(int(RECORDED)).seconds.tolist()
    assert seconds == list(range(len(seconds)))
    assert len(seconds) >= recorded_for
    with closing(sqlite3.connect(real)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def count_seconds(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM moods WHERE session_id = ?", (RECORDED,)).fetchone()[0])

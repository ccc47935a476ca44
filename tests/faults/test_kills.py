"""A process that is killed in any of its calls leaves what was there before, or all that it was to do."""

import json
import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.settings import load_settings
from fer_desktop.storage.store import Store, open_store
from tests.faults.kills import KilledRun, killed_runs
from tests.faults.request import Request
from tests.faults.running import Stage, lay_out
from tests.faults.scenes import DATABASE, STUDENTS, first_settings
from tests.faults.templates import (
    NAME,
    Rows,
    check_integrity,
    find_text,
    make_old_folder,
    read_rows,
    stale_files,
)
from tests.needs import LINUX

pytestmark = LINUX
SCENES = "tests.faults.scenes"


def start_again(folder: Path) -> Store:
    """The next start of the program, a day later."""
    for part in folder.rglob("*.part"):
        os.utime(part, (time.time() - 86_400,) * 2)
    return open_store(str(folder / DATABASE))


def rows_after(stage: Stage, scene: str, template: Path, folder: Path) -> Rows:
    """What the scene leaves where nothing kills it."""
    lay_out(template, folder)
    outcome = stage.run(Request(f"{SCENES}:{scene}", str(folder)))
    assert outcome.exit_code == 0, outcome.output
    return read_rows(folder / DATABASE)


def count_produced(run: KilledRun) -> int:
    return sum(line.startswith("produced") for line in run.outcome.said)


def test_a_killed_recording_loses_at_most_the_second_in_flight(stage: Stage, template: Path, folder: Path) -> None:
    for run in killed_runs(stage, f"{SCENES}:record_session", template, folder, most=12):
        check_integrity(run.folder / DATABASE)
        with start_again(run.folder) as store:
            assert len(store.list_sessions()) <= 4
            recorded = [each for each in store.list_sessions() if each.id == 4]
            stored = store.mood_series(4).seconds.tolist() if recorded else []
            assert stored == list(range(len(stored)))
            assert len(stored) >= count_produced(run) - 1, run
            if recorded:
                assert recorded[0].interrupted or recorded[0].seconds == 6
                assert [each.tile_seconds for each in store.students(4)] == [len(stored)] * (STUDENTS * bool(stored))
        assert stale_files(run.folder) == [], run.at


@pytest.mark.parametrize("schema", ["0001", "0003", "0005"])
def test_a_killed_migration_leaves_the_old_database_or_the_new_one(
    stage: Stage, tmp_path: Path, folder: Path, schema: str
) -> None:
    old = make_old_folder(tmp_path / "old", schema)
    before = read_rows(old / DATABASE)
    after = rows_after(stage, "open_database", old, tmp_path / "whole")
    for run in killed_runs(stage, f"{SCENES}:open_database", old, folder, most=5):
        check_integrity(run.folder / DATABASE)
        left = read_rows(run.folder / DATABASE)
        assert left in (before, after) or left.keys() == after.keys(), run.at
        start_again(run.folder).close()
        assert read_rows(run.folder / DATABASE) == after
        assert stale_files(run.folder) == [], run.at


@pytest.mark.parametrize("scene", ["delete_session", "erase_student", "purge", "import_roster"])
def test_a_killed_change_is_done_or_not_done(
    stage: Stage, template: Path, tmp_path: Path, folder: Path, scene: str
) -> None:
    before = read_rows(template / DATABASE)
    after = rows_after(stage, scene, template, tmp_path / "whole")
    assert before != after
    for run in killed_runs(stage, f"{SCENES}:{scene}", template, folder, most=8):
        check_integrity(run.folder / DATABASE)
        assert read_rows(run.folder / DATABASE) in (before, after), run.at
        start_again(run.folder).close()
        assert stale_files(run.folder) == [], run.at


def purge_a_week_ago(folder: Path) -> None:
    purged_at = datetime.now(UTC) - timedelta(days=8)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("UPDATE sessions SET purged_at = ? WHERE id = 1", (f"{purged_at:%Y-%m-%d %H:%M:%S.%f}",))
        connection.commit()


@pytest.mark.parametrize("scene", ["delete_session", "erase_purged"])
def test_what_a_killed_deletion_has_deleted_is_in_no_file_after_the_next_start(
    stage: Stage, template: Path, tmp_path: Path, folder: Path, scene: str
) -> None:
    lessons = lay_out(template, tmp_path / "lessons")
    for copy in (".before-upgrade-of-0001.backup", "-wal.set-aside-2026-11-01T10-00-00-000000"):
        (lessons / f"{DATABASE}{copy}").write_text(f"an old copy of {NAME}")
    if scene == "erase_purged":
        purge_a_week_ago(lessons)
    for run in killed_runs(stage, f"{SCENES}:{scene}", lessons, folder, most=8):
        with start_again(run.folder) as store:
            deleted = 1 not in [each.id for each in store.list_sessions()]
        if deleted:
            assert find_text(run.folder, NAME) == [], run.at


@pytest.mark.parametrize("ending", ["json", "csv", "parquet", "html"])
def test_a_killed_export_leaves_the_old_file_or_the_whole_new_one(
    stage: Stage, template: Path, folder: Path, ending: str
) -> None:
    scene = f"{SCENES}:{'write_report' if ending == 'html' else f'export_{ending}'}"
    before = (template / "out" / f"lesson.{ending}").read_bytes()
    lay_out(template, folder)
    assert stage.run(Request(scene, str(folder))).exit_code == 0
    whole = (folder / "out" / f"lesson.{ending}").read_bytes()
    for run in killed_runs(stage, scene, template, folder, most=6):
        left = (run.folder / "out" / f"lesson.{ending}").read_bytes()
        assert left == before or (len(left) == len(whole) and left[-8:] == whole[-8:]), run.at
        check_integrity(run.folder / DATABASE)


def test_killed_while_saving_settings_are_the_old_ones_or_the_new_ones(
    stage: Stage, template: Path, folder: Path
) -> None:
    changed = {"course": "Physics", "retention_days": 90}
    for run in killed_runs(stage, f"{SCENES}:change_settings", template, folder, most=10):
        path = run.folder / "home" / "config" / "settings.json"
        json.loads(path.read_text())
        settings, notice = load_settings(path)
        assert notice is None
        assert settings in (first_settings(), first_settings().model_copy(update=changed)), run.at

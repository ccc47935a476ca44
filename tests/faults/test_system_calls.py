"""Where the n-th system call fails, for n = 1, 2, 3, ...: nothing is lost unsaid, and one sentence says what to do.

After the loops of SQLite's own tests (ioerr.test): https://sqlite.org/testing.html, "I/O error testing".
"""

import errno
import json
import re
from pathlib import Path

import pytest

from fer_desktop.settings import load_settings
from fer_desktop.storage.store import open_store
from tests.faults.illnesses import ILLNESSES, Illness, IllRun, ill_runs
from tests.faults.request import Call, Outcome, Request
from tests.faults.running import Stage, lay_out
from tests.faults.scenes import DATABASE, SECONDS, first_settings
from tests.faults.templates import check_integrity, make_old_folder, read_rows, stale_files
from tests.needs import LINUX

pytestmark = LINUX
SCENES = "tests.faults.scenes"
MOST = 4
DAMAGE = re.compile("is damaged, so nothing is written into it any more")
GENERIC = re.compile(r"something went wrong|the system refuses it|Traceback|\bNone\b")

every_illness = pytest.mark.parametrize("illness", ILLNESSES, ids=str)


def check_conduct(run: IllRun) -> None:
    """It ended in time, said in one sentence what was wrong, and left nothing running or open."""
    outcome = run.outcome
    assert not outcome.hung, run
    assert outcome.exit_code in (0, 2, 3), run
    assert not GENERIC.search(outcome.output), run
    if outcome.exit_code == 2:
        assert len(errors(outcome)) == 1, run
    assert outcome.threads == [], run
    assert outcome.open_files == [], run
    assert not [name for name in stale_files(run.folder) if name.endswith(".part")] or run.unlinking_fails, run


def errors(outcome: Outcome) -> list[str]:
    """The sentences about what failed, but for notices: settings that could not be read, damage seen at the opening.

    SQLite calls a page damaged that the disk does not read (SQLITE_IOERR_CORRUPTFS). What it keeps from being done is
    said after the notice, often in the same words.
    """
    lines = [line for line in outcome.output.splitlines() if line.startswith("fer-desktop: ")]
    lines = [line for line in lines if not is_about_settings(line)]
    return lines[1:] if len(lines) > 1 and DAMAGE.search(lines[0]) else lines


def is_about_settings(line: str) -> bool:
    return line.startswith("fer-desktop: Your settings could not be read")


def start_well(folder: Path) -> None:
    """The next start, with a disk that works."""
    open_store(str(folder / DATABASE)).close()
    check_integrity(folder / DATABASE)
    assert [name for name in stale_files(folder) if not name.endswith(".part")] == []


@every_illness
def test_of_a_recording_nothing_is_lost_but_what_is_said(
    stage: Stage, template: Path, folder: Path, illness: Illness
) -> None:
    for run in ill_runs(stage, f"{SCENES}:record_session", illness, template, folder, most=MOST):
        check_conduct(run)
        start_well(run.folder)
        with open_store(str(run.folder / DATABASE)) as store:
            numbers = [each.id for each in store.list_sessions() if each.id > 3]
            stored = [len(store.mood_series(number).seconds) for number in numbers]
        kept = [line.split()[1:] for line in run.outcome.said if line.startswith("kept")]
        if not kept:
            assert run.outcome.exit_code == 2, run
            assert sum(stored) == 0, run
            continue
        ((recorded, in_database, rescued),) = [[int(word) for word in line] for line in kept]
        assert sum(stored) >= in_database + rescued, run
        assert recorded == SECONDS or run.outcome.exit_code != 0, run
        assert in_database + rescued == recorded or len(errors(run.outcome)) == 1, run


@every_illness
@pytest.mark.parametrize("scene", ["delete_session", "erase_student", "purge", "import_roster"])
def test_a_change_is_done_or_not_done_and_done_where_it_is_said(
    stage: Stage, template: Path, tmp_path: Path, folder: Path, illness: Illness, scene: str
) -> None:
    before = read_rows(template / DATABASE)
    lay_out(template, tmp_path / "whole")
    assert stage.run(Request(f"{SCENES}:{scene}", str(tmp_path / "whole"))).exit_code == 0
    after = read_rows(tmp_path / "whole" / DATABASE)
    for run in ill_runs(stage, f"{SCENES}:{scene}", illness, template, folder, most=MOST):
        check_conduct(run)
        start_well(run.folder)
        left = read_rows(run.folder / DATABASE)
        assert left in (before, after), run
        assert left == after or run.outcome.exit_code == 2, run


def test_a_lock_that_is_refused_is_named(stage: Stage, template: Path, folder: Path) -> None:
    illness = Illness("one lock is refused", Call.LOCK, errno.ENOLCK, ever_after=False)
    for run in ill_runs(stage, f"{SCENES}:record_session", illness, template, folder, most=30):
        check_conduct(run)


@every_illness
def test_an_upgrade_is_done_or_not_done(stage: Stage, tmp_path: Path, folder: Path, illness: Illness) -> None:
    old = make_old_folder(tmp_path / "old", "0003")
    lay_out(old, tmp_path / "whole")
    assert stage.run(Request(f"{SCENES}:open_database", str(tmp_path / "whole"))).exit_code == 0
    after = read_rows(tmp_path / "whole" / DATABASE)
    for run in ill_runs(stage, f"{SCENES}:open_database", illness, old, folder, most=MOST):
        check_conduct(run)
        check_integrity(run.folder / DATABASE)
        start_well(run.folder)
        assert read_rows(run.folder / DATABASE) == after, run


@every_illness
@pytest.mark.parametrize("ending", ["json", "csv", "parquet", "html"])
def test_an_export_is_whole_or_the_file_before_it(
    stage: Stage, template: Path, folder: Path, illness: Illness, ending: str
) -> None:
    scene = f"{SCENES}:{'write_report' if ending == 'html' else f'export_{ending}'}"
    before = (template / "out" / f"lesson.{ending}").read_bytes()
    for run in ill_runs(stage, scene, illness, template, folder, most=MOST):
        check_conduct(run)
        start_well(run.folder)
        replaced = (run.folder / "out" / f"lesson.{ending}").read_bytes() != before
        assert replaced == (run.outcome.exit_code == 0), run


@every_illness
def test_settings_are_saved_or_those_before_and_never_lost(
    stage: Stage, template: Path, folder: Path, illness: Illness
) -> None:
    changed = first_settings().model_copy(update={"course": "Physics", "retention_days": 90})
    for run in ill_runs(stage, f"{SCENES}:change_settings", illness, template, folder, most=MOST):
        check_conduct(run)
        path = run.folder / "home" / "config" / "settings.json"
        json.loads(path.read_text())
        settings, notice = load_settings(path)
        if any(is_about_settings(line) for line in run.outcome.output.splitlines()):
            assert not settings.confirmed or settings == first_settings(), run
            continue
        assert notice is None, run
        assert settings == (first_settings() if run.outcome.exit_code else changed), run

"""What runs while calls fail: each scene is one thing that a user does, on the database `lessons.sqlite` of its folder.

A scene takes its folder and `say`, which writes a note that outlives a kill; it returns the program's exit code.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import fer_desktop.report.export  # noqa: F401 - imported once, before the stage forks
import main as program
from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice
from fer_desktop.cli.run import run_commands
from fer_desktop.errors import StorageError
from fer_desktop.settings import Settings, load_settings, save_settings
from fer_desktop.storage import engine as engine_module
from fer_desktop.storage import writer as writer_module
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import BEGAN, new_session, record, seen

Say = Callable[[str], None]

DATABASE: Final = "lessons.sqlite"
SECONDS: Final = 6
STUDENTS: Final = 3
RECORDED_AT: Final = BEGAN + timedelta(hours=2)
_SECOND_IN_FLIGHT_S: Final = 1.0


def hasten(set_constant: Callable[[object, str, object], None] = setattr) -> None:
    """The program gives up sooner, as a run of thousands cannot wait five seconds for each."""
    for module, waits in (
        (engine_module, {"LOCK_TIMEOUT_S": 0.1}),
        (writer_module, {"CLOSE_TIMEOUT_S": 0.1, "RETRY_PAUSE_S": 0.02, "LONGEST_RETRY_PAUSE_S": 0.1}),
    ):
        for name, seconds in waits.items():
            assert hasattr(module, name)
            set_constant(module, name, seconds)


def run_program(folder: Path, *arguments: str) -> int:
    """`fer-desktop ARGUMENTS --db DATABASE` in this process."""
    hasten()
    sys.argv = ["fer-desktop", *arguments, "--db", str(folder / DATABASE)]
    return program.main()


def run_as_command(act: Callable[[], int]) -> int:
    """Runs `act` as a command of the program: an error becomes one line and an exit code."""

    def run(_arguments: Namespace) -> int:
        return act()

    def add_no_arguments(_parser: ArgumentParser) -> None:
        pass

    command = Command("scene", "what a window does", add_no_arguments, run)
    return run_commands([command], command, ["scene"])


def record_session(folder: Path, say: Say) -> int:
    """Records a lesson a second at a time, with events, and says how many seconds were handed over."""
    hasten()

    def act() -> int:
        with open_store(str(folder / DATABASE)) as store:
            return _record(store, say)

    return run_as_command(act)


def _record(store: Store, say: Say) -> int:
    faults: list[StorageError] = []
    writer = store.begin_session(
        new_session(started_at=RECORDED_AT), on_fault=lambda fault: faults.append(fault) if fault else None
    )
    try:
        for second in range(SECONDS):
            events = [Event(EventKind.BOOKMARK, second, f"bookmark {second}")]
            writer.record(record(second, [seen(student + 1) for student in range(STUDENTS)], events))
            say(f"produced {second}")
            _wait_for_writing(lambda: writer.kept.stored + writer.kept.rescued == writer.kept.recorded or faults)
    finally:
        writer.close()
        kept = writer.kept
        say(f"kept {kept.recorded} {kept.stored} {kept.rescued}")
    if writer.fault is not None:
        print_notice(writer.fault.message)
    return 0 if kept.stored == kept.recorded else 3


def _wait_for_writing(done: Callable[[], object]) -> None:
    """A real second leaves this much time before the next one."""
    end_s = time.monotonic() + _SECOND_IN_FLIGHT_S
    while not done() and time.monotonic() < end_s:
        time.sleep(0.001)


def open_database(folder: Path, _say: Say) -> int:
    """Opens the database: upgrades it, takes in rescue files, ends crashed sessions."""
    return run_program(folder, "sessions", "--json")


def delete_session(folder: Path, _say: Say) -> int:
    return run_program(folder, "delete", "1", "--yes")


def erase_student(folder: Path, _say: Say) -> int:
    return run_program(folder, "delete", "1", "--student", "2", "--yes")


def purge(folder: Path, _say: Say) -> int:
    return run_program(folder, "purge", "--yes", "--clock-is-right")


def erase_purged(folder: Path, _say: Say) -> int:
    """Erases for good what was purged more than a week ago, at the start."""
    return run_program(folder, "sessions", "--json")


def import_roster(folder: Path, _say: Say) -> int:
    return run_program(folder, "roster", "import", str(folder / "roster.csv"), "--course", "Physics")


def export_json(folder: Path, _say: Say) -> int:
    return run_program(folder, "export", "1", "-o", str(folder / "out" / "lesson.json"))


def export_csv(folder: Path, _say: Say) -> int:
    return run_program(folder, "export", "1", "-o", str(folder / "out" / "lesson.csv"))


def export_parquet(folder: Path, _say: Say) -> int:
    return run_program(folder, "export", "1", "-o", str(folder / "out" / "lesson.parquet"))


def write_report(folder: Path, _say: Say) -> int:
    return run_program(folder, "export", "1", "-o", str(folder / "out" / "lesson.html"))


def change_settings(_folder: Path, _say: Say) -> int:
    """Reads the settings and saves a change, as the settings window does."""

    def act() -> int:
        settings, notice = load_settings()
        if notice is not None:
            print_notice(notice)
        save_settings(settings.model_copy(update={"course": "Physics", "retention_days": 90}))
        return 0

    return run_as_command(act)


def first_settings() -> Settings:
    """What the template's settings hold before `change_settings`."""
    return Settings(place="IN", course="Chemistry", retention_days=30)

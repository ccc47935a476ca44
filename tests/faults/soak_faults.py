"""Injects faults into a running session, and accounts for each of its seconds afterwards.

Each second from the first to the last must be stored (from a rescue file, too), lie in a gap that the session's events
name, or be among those that the program said were lost. A busy computer may analyse no frame for a few seconds: these
hold nothing, and are counted apart.
"""

import errno
import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from fer_desktop.session.time_watch import STALLED_FROM_S
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import GAP_ENDS, Event
from tests.faults.request import Call
from tests.faults.running import ROOT, build_interposer
from tests.faults.soak_programs import Control, database_path, read_control

_START_UP_S: Final = 120.0
_END_S: Final = 90.0
_QUIET_S: Final = 6.0
"""After each fault, so that the next one finds the program at work again."""
GAP_TOLERANCE_S: Final = 2
"""A loss is noticed within a second, and the first frame after it comes within another."""

_NAMED_FROM_S: Final = int(STALLED_FROM_S)

Fault = Callable[["Running", float], None]


@dataclass(frozen=True, slots=True)
class Running:
    """`folder`: of both programs. `recorder`: the process that records. `lesson`: the one that shows the class."""

    folder: Path
    recorder: "subprocess.Popen[bytes]"
    lesson: "subprocess.Popen[bytes]"

    @property
    def database(self) -> Path:
        return database_path(self.folder)


@dataclass(frozen=True, slots=True)
class Account:
    """Of the seconds from the first to the last. `unexplained`: neither stored nor in a gap; `lost`: said to be.

    `unseen`: of which no frame was analysed, for shorter than a gap is named.
    """

    seconds: int
    stored: int
    in_gaps: int
    lost: int
    unseen: int
    unexplained: list[int]
    taken_in_later: int
    gaps: dict[str, int]

    @property
    def complete(self) -> bool:
        return len(self.unexplained) <= self.lost


def hold_control(control: Control, content: str = "") -> Fault:
    def fault(running: Running, seconds: float) -> None:
        path = running.folder / "control" / control
        path.write_text(content)
        time.sleep(seconds)
        path.unlink()

    return fault


def fail_disk(kinds: Call, error: int) -> Fault:
    return hold_control(Control.DISK, f"{int(kinds)} {error}")


def lock_database(running: Running, seconds: float) -> None:
    """As another program that writes."""
    with closing(sqlite3.connect(running.database, timeout=30, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        connection.execute("ROLLBACK")


def limit_files(running: Running, seconds: float) -> None:
    """As a quota: the database and its log cannot grow."""
    pid, unlimited = running.recorder.pid, resource.RLIM_INFINITY
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, unlimited))
    time.sleep(seconds)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (unlimited, unlimited))


def remove_log(running: Running, seconds: float) -> None:
    running.database.with_name(f"{running.database.name}-wal").unlink(missing_ok=True)
    time.sleep(seconds)


def stop_process(running: Running, seconds: float) -> None:
    """As a laptop that swaps, or a debugger."""
    os.kill(running.recorder.pid, signal.SIGSTOP)
    time.sleep(2 * seconds)
    os.kill(running.recorder.pid, signal.SIGCONT)


def replace_database(running: Running, seconds: float) -> None:
    """Another file lies in the database's place for a while; then the first one is put back."""
    aside = running.folder / "aside"
    aside.mkdir(exist_ok=True)
    for path in running.database.parent.glob(f"{running.database.name}*"):
        path.rename(aside / path.name)
    running.database.write_bytes(b"")
    time.sleep(seconds)
    for path in running.database.parent.glob(f"{running.database.name}*"):
        path.unlink()
    for path in aside.iterdir():
        path.rename(running.database.parent / path.name)


def damage_settings(running: Running, seconds: float) -> None:
    path = running.folder / "home" / "config" / "settings.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"place": "I')
    time.sleep(seconds)


FAULTS: Final[Mapping[str, Fault]] = {
    "database locked": lock_database,
    "file size limited": limit_files,
    "disk full": fail_disk(Call.WRITE, errno.ENOSPC),
    "disk gone": fail_disk(Call.OPEN | Call.READ | Call.WRITE | Call.SYNC, errno.EIO),
    "folder read-only": fail_disk(Call.OPEN | Call.RENAME | Call.UNLINK | Call.WRITE, errno.EACCES),
    "log removed": remove_log,
    "process stopped": stop_process,
    "window covered": hold_control(Control.COVER),
    "window minimised": hold_control(Control.MINIMISE),
    "window closed and back": hold_control(Control.CLOSE),
    "clock an hour ahead": hold_control(Control.CLOCK, "3600"),
    "clock a day behind": hold_control(Control.CLOCK, "-86400"),
    "grab hangs": hold_control(Control.HANG),
    "database replaced": replace_database,
    "settings damaged": damage_settings,
}


def run_soak_with_faults(*, minutes: float, faults: int, seed: int = 7) -> dict[str, object]:
    """Runs class and recorder for so long with so many faults. Returns the figures; `failures` says what is wrong."""
    with tempfile.TemporaryDirectory(prefix="soak-") as name, _running(Path(name)) as running:
        started_s = time.monotonic()
        injected = _inject(running, minutes * 60, faults, random.Random(seed))
        lasted_s = time.monotonic() - started_s
        failures = _end(running)
        report = _read_report(running.folder)
        account, sound = _account(running, report, lasted_s)
    if not sound:
        failures.append("the database is damaged")
    if account is None:
        failures.append("no session was stored")
    elif not account.complete:
        failures.append(f"{len(account.unexplained)} seconds are unexplained, and {account.lost} were said to be lost")
    return {
        "minutes": round(lasted_s / 60, 1),
        "faults": injected,
        "report": {name: value for name, value in report.items() if name != "seen"},
        "account": None if account is None else asdict(account),
        "failures": failures,
    }


@contextmanager
def _running(folder: Path) -> Iterator[Running]:
    """Both programs at work on this display, under a window manager."""
    for name in ("control", "data", "home", "tmp"):
        (folder / name).mkdir()
    interposer = build_interposer(folder)
    own = {"FER_DESKTOP_HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT)}
    os.environ |= own  # for the account, too
    command = [sys.executable, "-m", "tests.faults.soak_programs"]
    lesson = subprocess.Popen([*command, "class", str(folder)], cwd=ROOT)
    processes = [subprocess.Popen(["openbox"]), lesson]
    try:
        time.sleep(3)
        recorder = subprocess.Popen(
            [*command, "record", str(folder), str(interposer)],
            cwd=ROOT,
            env=os.environ | {"LD_PRELOAD": str(interposer)},
        )
        processes.append(recorder)
        running = Running(folder, recorder, lesson)
        _wait_for_seconds(running)
        yield running
    finally:
        for process in processes:
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_for_seconds(running: Running) -> None:
    """Until the first seconds are stored."""
    end_s = time.monotonic() + _START_UP_S
    while time.monotonic() < end_s and running.recorder.poll() is None:
        with suppress(sqlite3.Error), closing(sqlite3.connect(running.database)) as connection:
            if connection.execute("SELECT count(*) FROM moods").fetchone()[0] > 3:
                return
        time.sleep(0.5)
    raise RuntimeError("the recorder stored nothing within two minutes")


def _inject(running: Running, seconds: float, count: int, chance: random.Random) -> dict[str, int]:
    """Every kind in turn, in a drawn order. Returns how often each came."""
    started_s = time.monotonic()
    order: list[str] = []
    while len(order) < count:
        order += chance.sample(sorted(FAULTS), len(FAULTS))
    injected: dict[str, int] = {}
    for number, name in enumerate(order[:count], start=1):
        if running.recorder.poll() is not None:
            break
        FAULTS[name](running, chance.uniform(5, 10))
        injected[name] = injected.get(name, 0) + 1
        sys.stderr.write(f"{time.monotonic() - started_s:5.0f} s  {name}\n")
        due_s = started_s + seconds * number / count
        time.sleep(max(_QUIET_S, due_s - time.monotonic()))
    return injected


def _end(running: Running) -> list[str]:
    """Ends the session as its window does. Returns what went wrong."""
    if running.lesson.poll() is not None:
        raise RuntimeError("the window of the class has ended by itself")
    (running.folder / "control" / Control.STOP).touch()
    try:
        code = running.recorder.wait(_END_S)
    except subprocess.TimeoutExpired:
        running.recorder.kill()
        return [f"the recorder did not end within {_END_S:.0f} s"]
    return [f"the recorder ended with exit code {code}"] if code else []


def _read_report(folder: Path) -> dict[str, object]:
    path = folder / "report.json"
    report: dict[str, object] = json.loads(path.read_text()) if path.exists() else {}
    return report


def _account(running: Running, report: Mapping[str, object], lasted_s: float) -> tuple[Account | None, bool]:
    """The account, and whether the database is sound. `lasted_s`: what the session lasted at least."""
    assert read_control(running.folder, Control.STOP) is not None
    with open_store(str(running.database)) as store:
        sessions = store.list_sessions()
        account = account_for(store, sessions[0].id, report, at_least=int(lasted_s)) if sessions else None
    with connect_database(str(running.database)).read() as connection:
        return account, connection.exec_driver_sql("PRAGMA integrity_check").fetchall() == [("ok",)]


def account_for(store: Store, session: int, report: Mapping[str, object], *, at_least: int = 0) -> Account:
    """`report`: what the recorder said of its seconds: `recorded`, `stored`, `rescued`. `at_least`: how long it was."""
    stored = set(store.mood_series(session).seconds.tolist())
    last = max(store.session(session).seconds - 1, at_least - 1, *stored)
    gaps = find_gaps(store.events(session), last)
    missing = sorted(set(range(last + 1)) - stored)
    outside = [second for second in missing if not any(_is_near(second, gap) for gap in gaps)]
    unseen = find_unseen(outside, report)
    unexplained = [second for second in outside if second not in unseen]
    lasted: dict[str, int] = {}
    for kind, begins, ends in gaps:
        lasted[kind] = lasted.get(kind, 0) + ends - begins
    lost = sum(
        int(str(report.get(name, 0))) * sign for name, sign in (("recorded", 1), ("stored", -1), ("rescued", -1))
    )
    in_gaps = len(missing) - len(outside)
    return Account(last + 1, len(stored), in_gaps, lost, len(unseen), unexplained, store.rescued_seconds, lasted)


def find_unseen(missing: Sequence[int], report: Mapping[str, object]) -> set[int]:
    """Those of the missing seconds of which the recorder analysed no frame, in runs too short to be named as a gap."""
    seen = report.get("seen")
    if not isinstance(seen, list):
        return set()
    blank = set(missing) - set(seen)
    runs = [set(range(first, first + _NAMED_FROM_S)) for first in blank]
    named = set().union(*(run for run in runs if run <= blank))
    return blank - named


def find_gaps(events: list[Event], last: int) -> list[tuple[str, int, int]]:
    """The kind, the first and the last second of each gap; one that nothing ended goes on to `last`."""
    gaps: list[tuple[str, int, int]] = []
    for index, event in enumerate(events):
        if event.kind in GAP_ENDS:
            after = (later.second for later in events[index:] if later.kind is GAP_ENDS[event.kind])
            gaps.append((event.kind.value, event.second, next(after, last)))
    return gaps


def _is_near(second: int, gap: tuple[str, int, int]) -> bool:
    _, begins, ends = gap
    return begins - GAP_TOLERANCE_S <= second <= ends + GAP_TOLERANCE_S

"""Runs the demo for long and measures stalls of the window's event loop, memory, threads and open files.

    tools/with_display.sh .venv/bin/python tools/soak.py --students 49 --seconds 1800
    tools/with_display.sh .venv/bin/python tools/soak.py --weekly
    tools/with_display.sh .venv/bin/python tools/soak.py --faults 50 --seconds 1800

A stall is the delay of a 5 ms timer of the Qt thread. The simulated class is drawn in the same process, so the figure
is an upper bound for the live window. Memory is the resident set of the process, sampled every five seconds, as is the
size of the database with its log; slopes are least-squares lines over the second half of the run. POSIX only.

`--weekly`: a quarter of an hour, after which the slopes must be within the limits of `LIMITS`. `--faults N`: injects N
faults into a session of the program in a process of its own, and accounts for every second afterwards
(`tests/faults/soak_faults.py`; needs Linux, openbox and a C compiler). Prints JSON. Exit code 1: a limit is exceeded,
or a second is unexplained.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import psutil
from PySide6.QtCore import Qt, QTimer

from fer_desktop.storage.store import open_store
from ui.application import make_application
from ui.demo.demo import run_demo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for `tests`

_TICK_MS = 5
_MEMORY_PERIOD_S = 5.0
_START_UP_S = 20.0
_WEEKLY_S: Final = 900

LIMITS: Final[Mapping[str, float]] = {"rss_mb": 60.0, "threads": 4.0, "open_files": 4.0, "database_mb": 40.0}
"""The largest slopes, in an hour: a lesson of that length leaks less than a tenth of a gigabyte, and no handle; a
second of 49 students takes some 10 kB of the database at most."""


class StallProbe:
    """Records the delays of a timer on the Qt thread."""

    def __init__(self) -> None:
        self.stalls_ms = array("f")
        self._last_s = time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)

    def _tick(self) -> None:
        now_s = time.perf_counter()
        self.stalls_ms.append(max(0.0, (now_s - self._last_s) * 1e3 - _TICK_MS))
        self._last_s = now_s


class Sampler(threading.Thread):
    """Samples memory, threads, open files and the size of the database over time."""

    def __init__(self, folder: Path) -> None:
        """`folder`: with nothing but the database."""
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.samples: list[tuple[float, float, int, int, float]] = []
        self._folder = folder

    def run(self) -> None:
        process = psutil.Process()
        started_s = time.monotonic()
        while not self.ended.wait(_MEMORY_PERIOD_S):
            rss_mb = process.memory_info().rss / 2**20
            database_mb = sum(file.stat().st_size for file in self._folder.glob("*.sqlite*")) / 2**20
            passed_s = time.monotonic() - started_s
            self.samples.append((passed_s, rss_mb, process.num_threads(), process.num_fds(), database_mb))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=49)
    parser.add_argument("--seconds", type=int, default=1800)
    parser.add_argument("--weekly", action="store_true", help="a quarter of an hour, with limits")
    parser.add_argument("--faults", type=int, metavar="N", help="inject so many faults")
    arguments = parser.parse_args()
    if arguments.faults:
        figures = _soak_with_faults(arguments.seconds, arguments.faults)
    else:
        figures = _soak(arguments.students, _WEEKLY_S if arguments.weekly else arguments.seconds)
        figures["failures"] = find_broken_limits(figures["slopes_in_an_hour"]) if arguments.weekly else []
    sys.stdout.write(json.dumps(figures) + "\n")
    return 1 if figures["failures"] else 0


def _soak_with_faults(seconds: int, faults: int) -> dict[str, Any]:
    from tests.faults.soak_faults import run_soak_with_faults

    return run_soak_with_faults(minutes=seconds / 60, faults=faults)


def _soak(students: int, seconds: int) -> dict[str, Any]:
    application = make_application()
    probe = StallProbe()
    started_cpu_s = time.process_time()
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/soak.sqlite") as store:
        sampler = Sampler(Path(folder))
        sampler.start()
        report = run_demo(store, students=students, seconds=seconds, seed=7)
        sampler.ended.set()
        sampler.join()
    samples = np.array([sample for sample in sampler.samples if sample[0] > _START_UP_S])
    application.quit()
    return {
        "students": report.score.students,
        "face_seconds_share": report.score.face_seconds_share,
        "frames": report.stats.frames_analysed,
        "dropped": report.stats.frames_dropped,
        "stall_ms": dict(
            zip(("p50", "p99", "max"), np.percentile(probe.stalls_ms, [50, 99, 100]).round(1).tolist(), strict=True)
        ),
        "rss_mb": {"first": samples[0, 1].round(), "last": samples[-1, 1].round(), "max": samples[:, 1].max().round()},
        "threads": [int(samples[0, 2]), int(samples[-1, 2])],
        "open_files": [int(samples[0, 3]), int(samples[-1, 3])],
        "database_mb": [samples[0, 4].round(2), samples[-1, 4].round(2)],
        "slopes_in_an_hour": measure_slopes(samples),
        "cpu_share_of_one_core": round((time.process_time() - started_cpu_s) / seconds, 2),
    }


def measure_slopes(samples: npt.NDArray[np.float64]) -> dict[str, float]:
    """`samples` (n, 5): seconds, resident megabytes, threads, open files, megabytes of the database.

    The growth of all but the seconds in an hour.
    """
    half = samples[len(samples) // 2 :]
    if len(half) < 3:
        raise SystemExit("the run was too short for slopes: give it a minute and a half")
    slopes = np.polyfit(half[:, 0] / 3600, half[:, 1:], 1)[0]
    return {name: round(float(slope), 2) for name, slope in zip(LIMITS, slopes, strict=True)}


def find_broken_limits(slopes: Mapping[str, float]) -> list[str]:
    """A sentence for each slope above its limit."""
    return [
        f"{name} grew by {slopes[name]:g} in an hour, more than {limit:g}"
        for name, limit in LIMITS.items()
        if slopes[name] > limit
    ]


if __name__ == "__main__":
    sys.exit(main())

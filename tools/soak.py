"""Runs the demo for long and measures stalls of the window's event loop and the growth of memory.

    tools/with_display.sh .venv/bin/python tools/soak.py --students 49 --seconds 1800

A stall is the delay of a 5 ms timer of the Qt thread. The simulated class is drawn in the same process, so the figure
is an upper bound for the live window. Memory is the resident set of the process, sampled every five seconds; the slope
is a least-squares line over the second half of the run. POSIX only.
"""

import argparse
import json
import sys
import tempfile
import threading
import time
from array import array

import numpy as np
import psutil
from PySide6.QtCore import Qt, QTimer

from fer_desktop.storage.store import open_store
from ui.application import make_application
from ui.demo.demo import run_demo

_TICK_MS = 5
_MEMORY_PERIOD_S = 5.0
_START_UP_S = 20.0


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
    """Samples memory, threads and open files over time."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.samples: list[tuple[float, float, int, int]] = []

    def run(self) -> None:
        process = psutil.Process()
        started_s = time.monotonic()
        while not self.ended.wait(_MEMORY_PERIOD_S):
            rss_mb = process.memory_info().rss / 2**20
            self.samples.append((time.monotonic() - started_s, rss_mb, process.num_threads(), process.num_fds()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=int, default=49)
    parser.add_argument("--seconds", type=int, default=1800)
    arguments = parser.parse_args()
    application = make_application()
    probe, sampler = StallProbe(), Sampler()
    sampler.start()
    started_cpu_s = time.process_time()
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/soak.sqlite") as store:
        report = run_demo(store, students=arguments.students, seconds=arguments.seconds, seed=7)
    sampler.ended.set()
    sampler.join()
    samples = np.array([sample for sample in sampler.samples if sample[0] > _START_UP_S])
    half = samples[len(samples) // 2 :]
    slope = float(np.polyfit(half[:, 0] / 60, half[:, 1], 1)[0]) if len(half) > 2 else 0.0
    figures = {
        "students": report.score.students,
        "face_seconds_share": report.score.face_seconds_share,
        "frames": report.stats.frames_analysed,
        "dropped": report.stats.frames_dropped,
        "stall_ms": dict(
            zip(("p50", "p99", "max"), np.percentile(probe.stalls_ms, [50, 99, 100]).round(1).tolist(), strict=True)
        ),
        "rss_mb": {"first": samples[0, 1].round(), "last": samples[-1, 1].round(), "max": samples[:, 1].max().round()},
        "rss_slope_mb_per_minute": round(slope, 3),
        "threads": [int(samples[0, 2]), int(samples[-1, 2])],
        "open_files": [int(samples[0, 3]), int(samples[-1, 3])],
        "cpu_share_of_one_core": round((time.process_time() - started_cpu_s) / arguments.seconds, 2),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    application.quit()


if __name__ == "__main__":
    main()

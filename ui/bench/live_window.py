"""Measures the live window: its stalls, its CPU time, and whether it slows down over a long lesson."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final

import numpy as np
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from fer_desktop.types import Observation
from ui.bench.scripted_class import FRAMES_PER_SECOND, ScriptedClass, ScriptedSession
from ui.live.live_window import LiveWindow

_PROBE_MS: Final = 4
"""Period of the timer that measures stalls."""
_WARM_UP_S: Final = 3.0
_WINDOW_S: Final = 600
"""The time of drawing the chart is measured over so many seconds at the beginning and the end of the lesson."""
_CHART_FULL_S: Final = 600
"""From this second on the chart spans its ten minutes; before, it has less to draw."""


@dataclass(frozen=True, slots=True)
class Stall:
    """Delays of the event loop in milliseconds, and the CPU time of its thread as a share of one core."""

    p50_ms: float
    p99_ms: float
    most_ms: float
    cpu_share: float


@dataclass(frozen=True, slots=True)
class LongRun:
    """CPU time of drawing the chart once: medians over the first and the last ten minutes of `seconds` of lesson."""

    seconds: int
    early_ms: float
    late_ms: float

    @property
    def ratio(self) -> float:
        """How many times slower the chart is at the end."""
        return self.late_ms / self.early_ms


def measure_idle(seconds: float) -> Stall:
    """The idle event loop: what the machine itself adds to every other figure."""
    return _probe(seconds)


def measure_window(observe: Callable[[int], Observation], *, seconds: float, unfolded: bool, width: int) -> Stall:
    """The window while another thread publishes five observations a second. `unfolded`: with the preview.

    `observe`: returns the observation of a frame number; called on that other thread.
    """
    window, session = _open(width, unfolded=unfolded)
    done = Event()

    def publish() -> None:
        index, due_s = 0, time.perf_counter()
        while not done.wait(max(0.0, due_s - time.perf_counter())):
            session.publish(observe(index))
            index, due_s = index + 1, max(due_s + 1 / FRAMES_PER_SECOND, time.perf_counter())

    thread = Thread(target=publish, name="scripted class")
    thread.start()
    try:
        _run_for(_WARM_UP_S)
        return _probe(seconds)
    finally:
        done.set()
        thread.join()
        _close(window)


def measure_long_run(*, students: int, seconds: int, on_progress: Callable[[int], None] = lambda _: None) -> LongRun:
    """A lesson of `seconds` in fast-forward, one observation a second, each painted.

    `on_progress`: gets the second, once a minute of the lesson.
    """
    window, _ = _open(440, unfolded=False)
    made, spent = ScriptedClass(students), []
    try:
        for second in range(seconds):
            window.show_observation(made.observe(second * FRAMES_PER_SECOND))
            window.repaint_now()
            QApplication.processEvents()
            spent.append(_time_chart(window))
            if second % 60 == 0:
                on_progress(second)
    finally:
        _close(window)
    early, late = spent[_CHART_FULL_S : _CHART_FULL_S + _WINDOW_S], spent[-_WINDOW_S:]
    return LongRun(seconds, 1e3 * float(np.median(early or spent)), 1e3 * float(np.median(late)))


def _time_chart(window: LiveWindow) -> float:
    panel = window.watch_panel
    started_s = time.thread_time()
    panel.mood_chart.show_series(panel.series)
    panel.mood_chart.repaint()
    QApplication.processEvents()
    return time.thread_time() - started_s


def _open(width: int, *, unfolded: bool) -> tuple[LiveWindow, ScriptedSession]:
    window, session = LiveWindow(), ScriptedSession()
    window.resize(width, 900)
    window.show()
    window.attach(session, source="Scripted class", aggregate_only=False, law_line=None)
    if unfolded:
        window.watch_panel.preview.toggle()
    _run_for(0.3)
    return window, session


def _close(window: LiveWindow) -> None:
    window.detach()
    window.close()
    window.deleteLater()


def _probe(seconds: float) -> Stall:
    """Runs a fine timer on the Qt thread: delays of its ticks are stalls. Includes the timer's own cost."""
    late_ms: list[float] = []
    last_s = time.perf_counter()

    def tick() -> None:
        nonlocal last_s
        now_s = time.perf_counter()
        late_ms.append(max(0.0, 1e3 * (now_s - last_s) - _PROBE_MS))
        last_s = now_s

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start(_PROBE_MS)
    cpu_s, wall_s = time.thread_time(), time.perf_counter()
    _run_for(seconds)
    share = (time.thread_time() - cpu_s) / (time.perf_counter() - wall_s)
    timer.stop()
    p50, p99 = np.percentile(late_ms, [50, 99]).tolist()
    return Stall(p50, p99, max(late_ms), share)


def _run_for(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1e3 * seconds), loop.quit)
    loop.exec()

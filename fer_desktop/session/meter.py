"""Counts frames and measures rate and latency over the last frames."""

import threading
from collections import deque
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import PipelineStats

_MAX_LATENCIES: Final = 600  # two minutes at five frames a second
_MAX_INTERVALS: Final = 50
_PAUSE_INTERVALS: Final = 10
_MIN_PAUSE_S: Final = 5.0
"""An interval longer than this, and than so many median ones, was a pause: it is left out of the rate."""


class PipelineMeter:
    """Written by the capture and the inference thread, read by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._captured = 0
        self._analysed = 0
        self._done_s: deque[float] = deque(maxlen=_MAX_INTERVALS)
        self._latencies_ms: deque[float] = deque(maxlen=_MAX_LATENCIES)

    def count_captured(self) -> None:
        """Capture thread."""
        with self._lock:
            self._captured += 1

    def count_analysed(self, *, latency_ms: float, now_s: float) -> None:
        """Inference thread, when a frame has been analysed."""
        with self._lock:
            self._analysed += 1
            self._latencies_ms.append(latency_ms)
            self._done_s.append(now_s)

    def read(self, *, dropped: int) -> PipelineStats:
        """Any thread. `dropped`: frames, as counted by the slot."""
        with self._lock:
            latencies = np.array(self._latencies_ms) if self._latencies_ms else np.zeros(1)
            p50, p95 = np.percentile(latencies, [50, 95]).tolist()
            return PipelineStats(
                frames_captured=self._captured,
                frames_analysed=self._analysed,
                frames_dropped=dropped,
                frames_per_second=_measure_rate(np.diff(self._done_s)),
                latency_p50_ms=p50,
                latency_p95_ms=p95,
            )


def _measure_rate(intervals_s: NDArray[np.float64]) -> float:
    """Frames a second, from the intervals between them; 0 without any."""
    if not intervals_s.any():
        return 0.0
    longest_s = max(_MIN_PAUSE_S, _PAUSE_INTERVALS * float(np.median(intervals_s)))
    return float(1 / intervals_s[intervals_s <= longest_s].mean())

"""Runs the whole live path on a drawn class, in real time, and measures what it costs and how far it is behind."""

import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from fer_desktop.app import build_live_session
from fer_desktop.bench.speed.measure import STAGES, Quantiles
from fer_desktop.bench.speed.rendered_class import RenderedClass
from fer_desktop.errors import FerDesktopError
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.settings import Settings
from fer_desktop.storage.store import open_store
from fer_desktop.types import Observation, PipelineStats

_WARM_UP_FRAMES: Final = (25, 100)
"""Loading the networks, finding the class, the first survey and reading the names are not measured: at least so many
frames, and until every tile has a name, but no more than so many."""
_START_LIMIT_S: Final = 120.0
_OTHER_THREADS: Final = "networks' own"
"""Threads that Python does not know are those of LiteRT."""


@dataclass(frozen=True, slots=True)
class LiveReport:
    """What a second of the live path costs.

    `faces`: the median of those found in a frame. `cpu_s`: seconds of processor time in a second, of the whole
    program, and `cpu_s_by_thread`. `latency_ms`: from the capture of a frame to the observation that shows it.
    `stages_ms`: by the clock. `dropped`: frames of `captured` that were not analysed. `read`: of the faces that
    could be read, the share of which the expression is known in a frame. `looks`: of the faces that are followed, the
    shares that were looked at in a frame and that were not, by the reason.
    """

    faces: int
    size: str
    seconds: float
    cpu_s: float
    cpu_s_by_thread: dict[str, float]
    latency_ms: Quantiles
    stages_ms: dict[str, Quantiles]
    captured: int
    dropped: int
    read: float
    looks: dict[str, float]

    def to_json(self) -> dict[str, Any]:
        """The figures."""
        return asdict(self)


def measure_live(*, faces: int, width: int, height: int, seconds: float) -> LiveReport:
    """Watches the class for so many seconds, after a warm-up, with the default settings and a database of its own.

    Raises `SettingsError` for an impossible class or size, and whatever ended the session early.
    """
    clock = MonotonicClock()
    source = RenderedClass(faces=faces, width=width, height=height, clock=clock)
    tally = _Tally(clock)
    expressions = decide_expressions(simulated=True)
    with tempfile.TemporaryDirectory() as folder, closing(open_store(_url_in(folder))) as store:
        session = build_live_session(Settings(), source, store, expressions=expressions, sinks=(tally,))
        session.start()
        try:
            before, since_s = _begin(session, tally), time.monotonic()
            _wait(session, seconds)
            after, lasted_s = _Snapshot.take(session), time.monotonic() - since_s
            report = tally.report(before, after, size=f"{width}x{height}", seconds=lasted_s)
        finally:
            session.stop()
        session.raise_fault()
    return report


def _url_in(folder: str) -> str:
    return f"sqlite:///{Path(folder) / 'bench.sqlite'}"


def _begin(session: LiveSession, tally: "_Tally") -> "_Snapshot":
    """Waits for the end of the warm-up."""
    until_s = time.monotonic() + _START_LIMIT_S
    fewest, most = _WARM_UP_FRAMES
    while session.stats.frames_analysed < (fewest if tally.all_named else most):
        if time.monotonic() > until_s:
            raise FerDesktopError(f"the class could not be read within {_START_LIMIT_S:.0f} seconds")
        _wait(session, 0.05)
    tally.begin()
    return _Snapshot.take(session)


def _wait(session: LiveSession, seconds: float) -> None:
    """Raises what has ended the session meanwhile."""
    time.sleep(seconds)
    session.raise_fault()


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """Processor time by thread, and the pipeline's counts, at one moment."""

    cpu_s: Mapping[str, float]
    process_s: float
    stats: PipelineStats

    @classmethod
    def take(cls, session: LiveSession) -> "_Snapshot":
        names = {thread.native_id: _name_kind(thread.name) for thread in threading.enumerate()}
        spent: defaultdict[str, float] = defaultdict(float)
        for thread in psutil.Process().threads():
            spent[names.get(thread.id, _OTHER_THREADS)] += thread.user_time + thread.system_time
        return cls(spent, time.process_time(), session.stats)


def _name_kind(thread: str) -> str:
    """`faces` of `faces_1`: threads of one kind count together."""
    kind, _, number = thread.rpartition("_")
    return kind if number.isdigit() else thread


class _Tally:
    """An `ObservationSink`: counts the frames that are shown, once each."""

    def __init__(self, clock: MonotonicClock) -> None:
        self._clock = clock
        self._on = threading.Event()
        self._newest = -1
        self._latencies_ms: list[float] = []
        self._stages_ms: dict[str, list[float]] = {stage: [] for stage in STAGES}
        self._found: list[float] = []
        self._readable = self._read = 0
        self._looks: Counter[str] = Counter()
        self.all_named = False

    def begin(self) -> None:
        """From now on frames count."""
        self._on.set()

    def publish(self, observation: Observation) -> None:
        """Inference thread."""
        result = observation.result
        self.all_named = all(reading.tile.name for reading in result.tiles)
        if not self._on.is_set() or result.frame.index <= self._newest:
            return
        self._newest = result.frame.index
        self._latencies_ms.append((self._clock.now_s() - result.frame.captured_at_s) * 1e3)
        for stage, values in self._stages_ms.items():
            values.append(getattr(result.stages, f"{stage}_ms"))
        self._found.append(len(result.faces))
        self._readable += sum(face.face.unreadable is None for face in result.faces)
        self._looks.update(asdict(result.looks))
        self._read += sum(face.probabilities is not None for face in result.faces)

    def report(self, before: _Snapshot, after: _Snapshot, *, size: str, seconds: float) -> LiveReport:
        """The figures between two moments."""
        if not self._found:
            raise FerDesktopError("no frame was read meanwhile: measure for longer")
        spent = {name: after.cpu_s[name] - before.cpu_s.get(name, 0.0) for name in after.cpu_s}
        return LiveReport(
            faces=int(Quantiles.of(self._found).p50),
            size=size,
            seconds=round(seconds, 2),
            cpu_s=round((after.process_s - before.process_s) / seconds, 4),
            cpu_s_by_thread={name: round(cpu_s / seconds, 4) for name, cpu_s in _sort(spent) if cpu_s > 0},
            latency_ms=Quantiles.of(self._latencies_ms),
            stages_ms={stage: Quantiles.of(values) for stage, values in self._stages_ms.items()},
            captured=after.stats.frames_captured - before.stats.frames_captured,
            dropped=after.stats.frames_dropped - before.stats.frames_dropped,
            read=round(self._read / max(1, self._readable), 4),
            looks={name: round(count / max(1, self._looks.total()), 4) for name, count in self._looks.items()},
        )


def _sort(spent: Mapping[str, float]) -> list[tuple[str, float]]:
    """The most expensive first."""
    return sorted(spent.items(), key=lambda item: -item[1])

"""The demo: the simulated class in a window, watched from the screen, and scored against its script."""

from array import array
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEventLoop, QRect, QTimer
from PySide6.QtGui import QGuiApplication

from fer_desktop.app import build_live_session, flag_rules
from fer_desktop.capture.region import RegionSource
from fer_desktop.errors import FerDesktopError
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.settings import Settings
from fer_desktop.simulation.flag_score import FlagScore, list_expected, score_flags
from fer_desktop.simulation.score import DemoScore, ObservedFace, assign_students, score_session
from fer_desktop.simulation.script import Script, make_script
from fer_desktop.simulation.timeline import Span
from fer_desktop.simulation.trials import SHORTEST_S, make_trial
from fer_desktop.storage.store import Store
from fer_desktop.types import Box, Observation, PipelineState, PipelineStats, StudentSecond
from ui.demo.simulated_class import SimulatedClassWindow
from ui.live.live_window import LiveWindow

_GAP_PX: Final = 10
_LIVE_WIDTH: Final = 440
_MAX_CLASS_SIZE: Final = (1280, 720)
_SETTLE_MS: Final = 500
_POLL_MS: Final = 50
_START_UP_S: Final = 180.0
"""The networks load in seconds; a slow disk may take longer, and a screen that cannot be captured never begins."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """`flags`: by kind, those that were raised or due."""

    session: int
    students: int
    score: DemoScore
    flags: tuple[FlagScore, ...]
    stats: PipelineStats


class _Collector:
    """Notes where each student was seen in each second. Called by the inference thread, read after it ended.

    Plain numbers in one array, so that a demo of hours stays small.
    """

    def __init__(self) -> None:
        self.first_captured_at_s: float | None = None
        self._second = -1
        self._seen: set[int] = set()
        self._numbers = array("d")

    def publish(self, observation: Observation) -> None:
        captured_at_s = observation.result.frame.captured_at_s
        if self.first_captured_at_s is None:
            self.first_captured_at_s = captured_at_s
        if observation.second != self._second:
            self._second = observation.second
            self._seen.clear()
        for face in observation.result.faces:
            if face.student is not None and face.student not in self._seen:
                self._seen.add(face.student)
                box = face.face.box
                at_s = captured_at_s - self.first_captured_at_s
                self._numbers.extend((at_s, face.student, box.x, box.y, box.width, box.height))

    def sightings(self) -> list[ObservedFace]:
        rows = zip(*[iter(self._numbers)] * 6, strict=True)
        return [ObservedFace(at_s, int(student), Box(*box)) for at_s, student, *box in rows]


def run_demo(store: Store, *, students: int, seconds: int, seed: int) -> DemoReport:
    """Shows both windows for `seconds` of the class and scores what the session holds. Needs a `QApplication`.

    A long demo shows a class that calls for flags. Raises `SettingsError` for a class that cannot be drawn, and
    whatever ended the session early.
    """
    script, drop = _make_class(students=students, seconds=float(seconds), seed=seed)
    clock = MonotonicClock()
    size = _class_size()
    scene = SimulatedClassWindow(script, clock, width_px=size[0], height_px=size[1])
    live = LiveWindow()
    _place(scene, live)
    _wait(_SETTLE_MS)
    collector = _Collector()
    source = RegionSource(scene.region_on_screen(), clock=clock)
    session = build_live_session(
        Settings(), source, store, expressions=decide_expressions(simulated=True), sinks=(collector,)
    )
    try:
        _watch(session, scene, live, seconds=seconds, clock=clock)
        unseen = session.notice
    finally:
        session.stop()
        live.detach()
        scene.close()
        live.close()
    session.raise_fault()
    if session.session_id is None or collector.first_captured_at_s is None or scene.started_at_s is None:
        raise FerDesktopError("the demo was closed before it had begun")
    if unseen or session.notice:
        raise FerDesktopError(unseen or session.notice)
    width, height = scene.scene_size
    observed, offset_s = collector.sightings(), collector.first_captured_at_s - scene.started_at_s
    score = score_session(
        script,
        read_seconds(store, session.session_id),  # from the database: what is not stored was not seen
        observed=observed,
        offset_s=offset_s,
        width=width,
        height=height,
    )
    flags = score_flags(
        list_expected(script, flag_rules(Settings()), drop=drop),
        [replace(event, second=round(event.second + offset_s)) for event in store.events(session.session_id)],
        assign_students(script, observed, offset_s=offset_s, width=width, height=height),
    )
    told = tuple(each for each in flags.values() if each.raised or each.due)
    return DemoReport(session.session_id, students, score, told, session.stats)


def _make_class(*, students: int, seconds: float, seed: int) -> tuple[Script, Span | None]:
    """With the time in which the mood of the class falls at once, if it does."""
    if seconds < SHORTEST_S:
        return make_script(students=students, seconds=seconds, seed=seed), None
    trial = make_trial(students=students, seconds=seconds, seed=seed)
    return trial.script, trial.drop


def _class_size() -> tuple[int, int]:
    """The class's picture in physical pixels: beside the live window, as large as the screen allows."""
    screen = QGuiApplication.primaryScreen()
    area, ratio = screen.availableGeometry(), screen.devicePixelRatio()
    width = max(640, min(_MAX_CLASS_SIZE[0], round((area.width() - _LIVE_WIDTH - 3 * _GAP_PX) * ratio)))
    return width, round(width * _MAX_CLASS_SIZE[1] / _MAX_CLASS_SIZE[0])


def _place(scene: SimulatedClassWindow, live: LiveWindow) -> None:
    area = QGuiApplication.primaryScreen().availableGeometry()
    scene.move(area.left() + _GAP_PX, area.top() + 3 * _GAP_PX)
    scene.show()
    height = min(area.height() - 6 * _GAP_PX, 1000)
    live.setGeometry(QRect(scene.geometry().right() + _GAP_PX, area.top() + 3 * _GAP_PX, _LIVE_WIDTH, height))
    live.show()


def _watch(
    session: LiveSession, scene: SimulatedClassWindow, live: LiveWindow, *, seconds: int, clock: MonotonicClock
) -> None:
    """Runs the event loop until the class is over, a window is closed, or the session has ended by itself."""
    loop = QEventLoop()
    live.attach(session, source=scene.windowTitle(), aggregate_only=False, law_line=None)
    ends_at_s: list[float] = []
    gives_up_at_s = clock.now_s() + _START_UP_S

    def check() -> None:
        if session.state is PipelineState.RUNNING and not ends_at_s:
            scene.begin()  # the networks took seconds to load: the script begins when somebody watches
            ends_at_s.append(clock.now_s() + seconds)
        over = clock.now_s() >= (ends_at_s[0] if ends_at_s else gives_up_at_s)
        closed = not scene.isVisible() or not live.isVisible()
        if over or closed or session.state in (PipelineState.FAULTED, PipelineState.STOPPED):
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(check)
    session.start()
    timer.start(_POLL_MS)
    loop.exec()
    timer.stop()


def read_seconds(store: Store, session_id: int) -> list[tuple[int, list[StudentSecond]]]:
    """The recorded seconds of a session with their students' samples."""
    seconds: dict[int, list[StudentSecond]] = {int(second): [] for second in store.mood_series(session_id).seconds}
    for summary in store.students(session_id):
        series = store.student_series(session_id, summary.student)
        for index, second in enumerate(series.seconds.tolist()):
            face = bool(series.face_found[index])
            sample = StudentSecond(
                student=summary.student,
                face_found=face,
                camera_on=bool(series.camera_on[index]),
                tile_seen=bool(series.tile_seen[index]),
                probabilities=series.probabilities[index] if face else None,
            )
            seconds.setdefault(second, []).append(sample)
    return sorted(seconds.items())


def _wait(milliseconds: int) -> None:
    """Lets the windows paint before the first frame is captured."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

"""The demo: the simulated class in a window, watched from the screen, and scored against its script."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEventLoop, QRect, QTimer
from PySide6.QtGui import QGuiApplication

from fer_desktop.app import build_live_session
from fer_desktop.errors import FerDesktopError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.expressions import decide_expressions
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.settings import Settings
from fer_desktop.simulation.flag_score import FlagScore
from fer_desktop.simulation.score import DemoScore
from fer_desktop.storage.store import Store
from fer_desktop.types import PipelineState, PipelineStats
from ui.demo.scoring import DemoClass, SightingRecorder, make_demo_class, score_demo
from ui.demo.simulated_class import SimulatedClassWindow
from ui.live.live_window import LiveWindow

_GAP_PX: Final = 10
_LIVE_WIDTH: Final = 440
_LIVE_HEIGHT: Final = 1000
_CLASS_SIZE: Final = (1280, 720)
"""The largest picture of the class; it is narrower, never narrower than `_CLASS_MIN_WIDTH`, on a small screen."""
_CLASS_MIN_WIDTH: Final = 640
_SETTLE_MS: Final = 500
_POLL_MS: Final = 50
_START_UP_S: Final = 180.0
"""The networks load in seconds; a slow disk may take longer, and a screen that cannot be captured never begins."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a demo has shown. `flags`: the scores of those kinds that were raised or due."""

    session: int
    students: int
    score: DemoScore
    flags: tuple[FlagScore, ...]
    stats: PipelineStats


def run_demo(store: Store, *, students: int, seconds: int, seed: int) -> DemoReport:
    """Shows both windows for `seconds` of the class and scores what the session holds. Needs a `QApplication`.

    Raises `SettingsError` for a class that cannot be drawn, and whatever ended the session early.
    """
    demo = make_demo_class(students=students, seconds=float(seconds), seed=seed)
    clock = MonotonicClock()
    scene, live = _open_windows(demo, clock)
    recorder = SightingRecorder()
    source = scene.make_screen_source()
    expressions = decide_expressions(simulated=True)
    session = build_live_session(Settings(), source, store, expressions=expressions, sinks=(recorder,))
    try:
        if not _watch(session, scene, live, seconds=seconds, clock=clock):
            session.interrupt(Message(MessageKey.DESKTOP_CLOSED))
        notice = session.notice
    finally:
        session.stop()
        live.detach()
        scene.close()
        live.close()
    session.raise_fault()
    if session.session_id is None or recorder.first_captured_at_s is None or scene.started_at_s is None:
        raise FerDesktopError(Message(MessageKey.DEMO_CLOSED_EARLY))
    problem = notice or session.notice
    if problem is not None:
        raise FerDesktopError(problem)
    offset_s = recorder.first_captured_at_s - scene.started_at_s
    score, flags = score_demo(
        store, session.session_id, demo, recorder.sightings(), offset_s=offset_s, scene_size=scene.scene_size
    )
    return DemoReport(session.session_id, students, score, flags, session.stats)


def _open_windows(demo: DemoClass, clock: MonotonicClock) -> tuple[SimulatedClassWindow, LiveWindow]:
    """The class and the live window side by side, painted."""
    width_px, height_px = _class_size()
    scene = SimulatedClassWindow(demo.script, clock, width_px=width_px, height_px=height_px)
    live = LiveWindow()
    area = QGuiApplication.primaryScreen().availableGeometry()
    scene.move(area.left() + _GAP_PX, area.top() + 3 * _GAP_PX)
    scene.show()
    height = min(area.height() - 6 * _GAP_PX, _LIVE_HEIGHT)
    live.setGeometry(QRect(scene.geometry().right() + _GAP_PX, area.top() + 3 * _GAP_PX, _LIVE_WIDTH, height))
    live.show()
    _wait(_SETTLE_MS)
    return scene, live


def _class_size() -> tuple[int, int]:
    """Width and height of the class's picture in physical pixels, as large as fits beside the live window."""
    screen = QGuiApplication.primaryScreen()
    area, ratio = screen.availableGeometry(), screen.devicePixelRatio()
    free = round((area.width() - _LIVE_WIDTH - 3 * _GAP_PX) * ratio)
    width = max(_CLASS_MIN_WIDTH, min(_CLASS_SIZE[0], free))
    return width, round(width * _CLASS_SIZE[1] / _CLASS_SIZE[0])


def _watch(
    session: LiveSession, scene: SimulatedClassWindow, live: LiveWindow, *, seconds: int, clock: MonotonicClock
) -> bool:
    """Runs the session and the event loop until the class is over, a window is closed, or the session has ended.

    False where Qt itself ended the loop, as it does once the display is gone.
    """
    loop = QEventLoop()
    live.attach(session, source=scene.windowTitle(), aggregate_only=False, law_line=None)
    ends_at_s: list[float] = []
    done = False
    gives_up_at_s = clock.now_s() + _START_UP_S

    def check() -> None:
        nonlocal done
        if session.state is PipelineState.RUNNING and not ends_at_s:
            scene.begin()  # only now, as loading the networks takes seconds
            ends_at_s.append(clock.now_s() + seconds)
        over = clock.now_s() >= (ends_at_s[0] if ends_at_s else gives_up_at_s)
        closed = not scene.isVisible() or not live.isVisible()
        if over or closed or session.state in (PipelineState.FAULTED, PipelineState.STOPPED):
            done = True
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(check)
    session.start()
    timer.start(_POLL_MS)
    loop.exec()
    timer.stop()
    return done


def _wait(milliseconds: int) -> None:
    """Runs the event loop for a while, so that the windows paint before the first frame is captured."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

"""The live window before a session, and the dialogs on the way to one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import CaptureLostError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.expressions import LAW_LINE
from fer_desktop.recording.analysis import Progress
from fer_desktop.settings import Setup
from fer_desktop.simulation.script import make_script
from tests.clock import ManualClock
from tests.ui.looks.stage import Scene, on_stage, settle, still, wait_until
from ui.background import describe_error
from ui.demo.simulated_class import SimulatedClassWindow
from ui.dialogs.first_steps import FirstStepsDialog
from ui.dialogs.place_dialog import PlaceDialog
from ui.language import tr, tr_count
from ui.live.live_window import LiveWindow
from ui.recordings.job import JobState, RecordingJob
from ui.start.consent_dialog import ConsentDialog
from ui.start.region_dialog import RegionDialog
from ui.start.region_picker import RegionPicker
from ui.start.window_dialog import WindowDialog
from ui.words import format_duration, missing_place_notice

_SCREEN: Final = QRect(0, 0, 1280, 720)
_LOST: Final = Message(MessageKey.SCREEN_UNAVAILABLE)
_REGION: Final = Region(0, 40, 1280, 720)
_MONITOR: Final = Monitor(1, Region(0, 0, 1920, 1080), "Screen")
_MEETING: Final = WindowSelector("Physics 101 - Zoom Meeting", "zoom")
_SETUPS: Final = (
    Setup(course="Physics 101", window=str(_MEETING)),
    Setup(course="Chemistry 9b", region=str(_REGION), aggregate_only=True),
)
_WINDOWS: Final = (
    DesktopWindow(1, "FER Desktop", "fer-desktop", _REGION, own=True),
    DesktopWindow(2, "Lesson plan – Text Editor", "gedit", _REGION),
    DesktopWindow(3, "Physics 101 - Zoom Meeting", "zoom", _REGION),
    DesktopWindow(4, "Meet – Physics 101 – Mozilla Firefox", "firefox", _REGION),
    DesktopWindow(5, "Staff room | Microsoft Teams", "teams", _REGION, hidden=True),
    DesktopWindow(6, "A very long title of a document that does not fit into the list – Writer", "soffice", _REGION),
)


def _start(
    *, window: WindowSelector | None = None, region: Region | None = None, place: str | None = None, width: int = 440
) -> LiveWindow:
    live = LiveWindow()
    live.resize(width, 900)
    live.start_panel.remember(window=window, region=region)
    live.start_panel.place.show_message(place)
    return live


@contextmanager
def _later_start() -> Iterator[QWidget]:
    live = _start(window=_MEETING)
    live.start_panel.show_setups(_SETUPS)
    with on_stage(live):
        one, many = "Saved: {duration} with {n} student.", "Saved: {duration} with {n} students."
        live.show_start()
        live.start_panel.saved.show_lesson(tr_count(one, many, 27, duration=format_duration(3120)))
        yield live


@contextmanager
def _recordings_start() -> Iterator[QWidget]:
    """One of each state."""
    progress = Progress(13, 52, 0, 3120.0)
    jobs = [
        RecordingJob(Path("Physics 101, Monday.mp4"), state=JobState.DONE, session=1),
        RecordingJob(Path("Physics 101, Tuesday.mp4"), state=JobState.READING, progress=progress, elapsed_s=130.0),
        RecordingJob(Path("Chemistry 9b.mkv"), state=JobState.WAITING),
        RecordingJob(Path("notes.mp4"), state=JobState.FAILED, notice=_describe_damaged()),
        RecordingJob(Path("Last week.mp4"), state=JobState.STOPPED, progress=progress),
    ]
    live = _start()
    live.start_panel.recordings.show_jobs(jobs)
    with on_stage(live):
        yield live


def _describe_damaged() -> str:
    return describe_error(SourceError(Message(MessageKey.VIDEO_EMPTY, name="notes.mp4")))


@contextmanager
def _narrow_start() -> Iterator[QWidget]:
    live = _start(region=_REGION, place=tr(LAW_LINE), width=360)
    with on_stage(live):
        live.show_start(problem=describe_error(CaptureLostError(_LOST)))
        yield live


def _guide(page: int) -> FirstStepsDialog:
    dialog = FirstStepsDialog(None, place="IN" if page else "DE")
    for _ in range(page):
        dialog.accept_button.click()
    return dialog


def _draw_call(window: DesktopWindow) -> QPixmap | None:
    """A picture of a window, without anybody in it."""
    if window.hidden:
        return None
    picture = QPixmap(640, 360)
    painter = QPainter(picture)
    colours = QLinearGradient(0, 0, 640, 360)
    colours.setColorAt(0, QColor("#28506e"))
    colours.setColorAt(1, QColor("#6e8c78"))
    painter.fillRect(picture.rect(), colours)
    painter.end()
    return picture


def _pick_window(*, windows: tuple[DesktopWindow, ...] = _WINDOWS, missing: bool = False) -> WindowDialog:
    wanted = WindowSelector("Chemistry – Zoom Meeting", "zoom") if missing else None
    return WindowDialog(
        None, list_windows=lambda: list(windows), take_picture=_draw_call, remembered=wanted, missing=missing
    )


def _wrong_region() -> RegionDialog:
    dialog = RegionDialog(None, region=_REGION, monitors=[_MONITOR])
    dialog.line.setText("1280 by 720")
    return dialog


@contextmanager
def _draw_region(rect: QRect) -> Iterator[QWidget]:
    """The overlay on a screen of a size that a picture can have."""
    picker = RegionPicker()
    picker.open()
    overlay = picker.overlays[0]
    overlay.showNormal()
    overlay.setGeometry(_SCREEN)
    overlay.rect_drawn = rect
    settle()
    yield overlay
    overlay.cancelled.emit()
    wait_until(lambda: not picker.overlays)


@contextmanager
def _simulated_class() -> Iterator[QWidget]:
    """Its picture has the screen's own pixels, so that of a finer screen is drawn larger."""
    width = round(960 * QApplication.primaryScreen().devicePixelRatio())
    script = make_script(students=12, seconds=60, seed=7)
    window = SimulatedClassWindow(script, ManualClock(), width_px=width, height_px=width * 9 // 16)
    with on_stage(window):
        wait_until(lambda: window.has_picture)
        yield window


START_SCENES: Final[dict[str, Scene]] = {
    "start-first": still(lambda: _start(place=missing_place_notice())),
    "start-later": Scene(_later_start),
    "start-narrow": Scene(_narrow_start),
    "start-recordings": Scene(_recordings_start),
    "start-larger-text": Scene(lambda: on_stage(_start(window=_MEETING, width=360)), text_size="larger"),
    "guide-place": still(lambda: _guide(0)),
    "guide-choose": still(lambda: _guide(1)),
    "guide-inform": still(lambda: _guide(2)),
    "place": still(lambda: PlaceDialog(None, guess="DE")),
    "windows": still(_pick_window),
    "windows-missing": still(lambda: _pick_window(missing=True)),
    "windows-none": still(lambda: _pick_window(windows=())),
    "region": still(lambda: RegionDialog(None, region=_REGION, monitors=[_MONITOR])),
    "region-wrong": still(_wrong_region),
    "draw": Scene(lambda: _draw_region(QRect())),
    "draw-drawn": Scene(lambda: _draw_region(QRect(240, 120, 800, 450))),
    "draw-small": Scene(lambda: _draw_region(QRect(600, 320, 60, 40))),
    "simulated": Scene(_simulated_class),
    "consent": still(lambda: ConsentDialog(None, watched="call", expressions_on=True, aggregate_only=False)),
    "consent-expressions-off": still(
        lambda: ConsentDialog(None, watched="call", expressions_on=False, aggregate_only=True)
    ),
    "consent-recording": still(
        lambda: ConsentDialog(None, watched="recording", expressions_on=True, aggregate_only=False, names_allowed=True)
    ),
}

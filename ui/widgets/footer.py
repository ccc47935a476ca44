"""The bottom of the live window: the buttons, and how the work goes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from fer_desktop.types import Observation, PipelineState, PipelineStats
from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel, IconButton


class Footer(QFrame):
    """Pause, bookmark, stop, and one understated line of figures. Shown while a session is on."""

    pause_clicked = Signal()
    bookmark_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "band")
        self.pause = IconButton(tr("Pause"), "pause", name=tr("Pause or resume watching"))
        self.bookmark = IconButton(tr("Bookmark"), "bookmark", name=tr("Bookmark this moment"))
        self.stop = IconButton(tr("Stop"), "stop", role="danger", name=tr("Stop and save the session"))
        self.pause.setToolTip("Ctrl+P")
        self.bookmark.setToolTip("Ctrl+B")
        self.stop.setToolTip("Ctrl+Shift+S")
        self.figures = ElidedLabel("", "small")
        self.figures.setAccessibleName(tr("Frame rate, delay and counts"))
        self.pause.clicked.connect(self.pause_clicked)
        self.bookmark.clicked.connect(self.bookmark_clicked)
        self.stop.clicked.connect(self.stop_clicked)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.pause, self.bookmark, self.stop):
            buttons.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 8)
        layout.setSpacing(6)
        layout.addLayout(buttons)
        layout.addWidget(self.figures)

    def show_state(self, state: PipelineState) -> None:
        """A fault or the end of a recording leaves only Stop, which saves and returns to the start."""
        running, paused = state is PipelineState.RUNNING, state is PipelineState.PAUSED
        self.pause.setEnabled(running or paused)
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self.pause.set_icon("play" if paused else "pause")
        self.bookmark.setEnabled(running or paused)
        self.stop.setEnabled(state is not PipelineState.STOPPING)

    def show_figures(self, stats: PipelineStats, observation: Observation | None) -> None:
        self.figures.setText(describe_figures(stats, observation))


def describe_figures(stats: PipelineStats, observation: Observation | None) -> str:
    """`4.9 frames/s · 120 ms behind · 25 faces in 27 tiles · 3 skipped`."""
    rate, delay_ms = f"{stats.frames_per_second:.1f}", f"{stats.latency_p50_ms:.0f}"
    parts = [
        tr("{rate} frames/s").format(rate=rate),
        tr("{milliseconds} ms behind").format(milliseconds=delay_ms),
    ]
    if observation is not None:
        result = observation.result
        faces, tiles = tr("%n face(s)", "", len(result.faces)), tr("%n tile(s)", "", len(result.tiles))
        parts.append(tr("{faces} in {tiles}").format(faces=faces, tiles=tiles))
    if stats.frames_dropped:
        parts.append(tr("{number} skipped").format(number=f"{stats.frames_dropped:,}"))
    return " · ".join(parts)

"""The bottom of the live window: the note of a bookmark, the buttons, and how the work goes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from fer_desktop.types import Observation, PipelineState, PipelineStats
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel, IconButton, make_label
from ui.words import count

NOTE_LENGTH = 500


class BookmarkBar(QFrame):
    """A line for the note of a bookmark: Enter saves, Escape gives up. Nothing else waits for it."""

    saved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "banner-info")
        self.setAccessibleName("Bookmark")
        self.note = QLineEdit()
        self.note.setPlaceholderText("A note, if you like")
        self.note.setAccessibleName("Note for the bookmark")
        self.note.setMaxLength(NOTE_LENGTH)
        self._save = QPushButton("Save")
        set_role(self._save, "primary")
        self._save.setAccessibleName("Save bookmark")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 10, 8)
        layout.addWidget(make_label("Bookmark"))
        layout.addWidget(self.note, 1)
        layout.addWidget(self._save)
        self.note.returnPressed.connect(self._finish)
        self._save.clicked.connect(self._finish)
        self.setVisible(False)

    def open(self) -> None:
        self.note.clear()
        self.setVisible(True)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.setVisible(False)
            return
        super().keyPressEvent(event)

    def _finish(self) -> None:
        self.setVisible(False)
        self.saved.emit(self.note.text().strip())


class Footer(QFrame):
    """Pause, bookmark, stop, and one understated line of figures. Shown while a session is on."""

    pause_clicked = Signal()
    bookmark_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "band")
        self.pause = IconButton("Pause", "pause", name="Pause or resume watching")
        self.bookmark = IconButton("Bookmark", "bookmark", name="Bookmark this moment")
        self.stop = IconButton("Stop", "stop", role="danger", name="Stop and save the session")
        self.pause.setToolTip("Ctrl+P")
        self.bookmark.setToolTip("Ctrl+B")
        self.stop.setToolTip("Ctrl+Shift+S")
        self.figures = ElidedLabel("", "small")
        self.figures.setAccessibleName("Frame rate, delay and counts")
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
        self.pause.setText("Resume" if paused else "Pause")
        self.pause.set_icon("play" if paused else "pause")
        self.bookmark.setEnabled(running or paused)
        self.stop.setEnabled(state is not PipelineState.STOPPING)

    def show_figures(self, stats: PipelineStats, observation: Observation | None) -> None:
        self.figures.setText(describe_figures(stats, observation))


def describe_figures(stats: PipelineStats, observation: Observation | None) -> str:
    """`4.9 frames/s · 120 ms behind · 25 faces in 27 tiles · 3 skipped`."""
    parts = [f"{stats.frames_per_second:.1f} frames/s", f"{stats.latency_p50_ms:.0f} ms behind"]
    if observation is not None:
        result = observation.result
        parts.append(f"{count(len(result.faces), 'face')} in {count(len(result.tiles), 'tile')}")
    if stats.frames_dropped:
        parts.append(f"{stats.frames_dropped:,} skipped")
    return " · ".join(parts)

"""The bottom of the live window: the buttons, and how the work goes."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from fer_desktop.types import Observation, PipelineState, PipelineStats
from ui.desktop_keys import Key
from ui.language import tr
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel, IconButton, make_link

_STATUS_MS: Final = 4_000
_OFFER_MS: Final = 10_000


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
        self.show_keys(())
        self.stop.setToolTip("Ctrl+Shift+S")
        self.figures = ElidedLabel("", "small")
        self.figures.setAccessibleName(tr("Frame rate, delay and counts"))
        self.undo = make_link(tr("Undo"), name=tr("Undo what was done just now"))
        set_role(self.undo, "small-link")  # as high as the figures, so that nothing moves when it comes
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it goes after a while, and would take the keyboard with it
        self._undo: Callable[[], None] = _do_nothing
        self._otherwise: Callable[[], None] = _do_nothing
        self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._undo_key.activated.connect(self._undo_it)
        self.undo.setToolTip(self._undo_key.key().toString(QKeySequence.SequenceFormat.NativeText))
        self.undo.clicked.connect(self._undo_it)
        self._status_timer = QTimer(self)
        self._status_timer.setSingleShot(True)
        self._status_timer.timeout.connect(self.end_offer)
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
        line = QHBoxLayout()
        line.addWidget(self.figures, 1)
        line.addWidget(self.undo)
        layout.addLayout(line)
        self.end_offer()

    def show_state(self, state: PipelineState) -> None:
        """A fault or the end of a recording leaves only Stop, which saves and returns to the start."""
        running, paused = state is PipelineState.RUNNING, state is PipelineState.PAUSED
        self.pause.setEnabled(running or paused)
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self.pause.set_icon("play" if paused else "pause")
        self.bookmark.setEnabled(running or paused)
        self.stop.setEnabled(state is not PipelineState.STOPPING)

    def show_keys(self, far: Iterable[Key]) -> None:
        """The buttons' keys. `far`: those that are held for them in every program."""
        held = frozenset(far)
        self.pause.setToolTip(_describe_keys("Ctrl+P", Key.PAUSE, held))
        self.bookmark.setToolTip(_describe_keys("Ctrl+B", Key.BOOKMARK, held))

    def show_status(self, text: str) -> None:
        """For some seconds in place of the figures, so that nothing moves."""
        self.end_offer()
        self.figures.setText(text)
        self._status_timer.start(_STATUS_MS)

    def offer(self, text: str, *, undo: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Tells what was done, with a button and the usual key that undo it.

        Once that is no longer offered, as something else is told or the time is over, `otherwise` is called.
        """
        self.show_status(text)
        self._undo, self._otherwise = undo, otherwise
        self._show_undo(True)
        self._status_timer.start(_OFFER_MS)

    def end_offer(self) -> None:
        """Nothing can be undone any more."""
        otherwise = self._otherwise
        self._forget_offer()
        otherwise()

    def _undo_it(self) -> None:
        undo = self._undo
        self._forget_offer()
        self._status_timer.stop()
        undo()

    def _forget_offer(self) -> None:
        self._undo = self._otherwise = _do_nothing
        self._show_undo(False)

    def _show_undo(self, on: bool) -> None:
        self.undo.setVisible(on)
        self._undo_key.setEnabled(on)

    def begin(self) -> None:
        """Clears what was told of another session."""
        self.end_offer()
        self._status_timer.stop()
        self.figures.setText("")

    def show_figures(self, stats: PipelineStats, observation: Observation | None) -> None:
        if not self._status_timer.isActive():
            self.figures.setText(describe_figures(stats, observation))


def _do_nothing() -> None:
    pass


def _describe_keys(near: str, far: Key, held: frozenset[Key]) -> str:
    if far not in held:
        return near
    return tr("{keys}, and in every program {far_keys}").format(keys=near, far_keys=far.text)


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

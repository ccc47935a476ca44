"""The bottom of the live window: buttons, performance figures and short status messages."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from fer_desktop.types import Observation, Pace, PipelineState, PipelineStats
from ui.desktop_keys import Key
from ui.dialogs.base import make_message_dialog
from ui.language import current_language, tr, tr_count
from ui.live.pace_words import describe_pace, explain_pace
from ui.stylesheet import set_role
from ui.widgets.basics import ElidedLabel, IconButton, make_link
from ui.widgets.button_row import ButtonRow

_STATUS_MS: Final = 4_000
_OFFER_MS: Final = 10_000


class Footer(QFrame):
    """Pause, bookmark, stop, and a line of messages or, with *Details*, figures. Shown while a session is on."""

    pause_clicked = Signal()
    bookmark_clicked = Signal()
    stop_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "band")
        self.pause = IconButton(tr("Pause"), "pause", name=tr("Pause or resume watching"))
        self.bookmark = IconButton(tr("Bookmark"), "bookmark", name=tr("Bookmark this moment"))
        self.stop = IconButton(tr("Stop"), "stop", role="danger", name=tr("Stop and save the lesson"))
        self.show_keys(())
        self.stop.setToolTip("Ctrl+Shift+S")
        self.figures = ElidedLabel("", "small")
        self.figures.setAccessibleName(tr("Frame rate, delay and counts"))
        self._make_details()
        self.figures_switch = make_link(tr("Details"), name=tr("Show frame rate, delay and counts"))
        self.figures_switch.setCheckable(True)
        set_role(self.figures_switch, "small-link")
        self._make_undo()
        self._status_timer = QTimer(self)
        self._status_timer.setSingleShot(True)
        self._status_timer.timeout.connect(self.end_offer)
        self._arrange()
        self.figures_switch.toggled.connect(lambda _: self.figures.setText(""))
        self.pause.clicked.connect(self.pause_clicked)
        self.bookmark.clicked.connect(self.bookmark_clicked)
        self.stop.clicked.connect(self.stop_clicked)
        self.end_offer()

    def _make_details(self) -> None:
        self._pace = Pace.FULL
        self.details = make_link(tr("Why?"), name=tr("Why faces are read less often"))
        set_role(self.details, "small-link")
        self.details.setVisible(False)
        self.details.clicked.connect(self._show_details)

    def _make_undo(self) -> None:
        self.undo = make_link(tr("Undo"), name=tr("Undo the last action"))
        set_role(self.undo, "small-link")  # as high as the figures, so that nothing moves when it appears
        self.undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it disappears, and would take the focus with it
        self._undo: Callable[[], None] = _do_nothing
        self._otherwise: Callable[[], None] = _do_nothing
        self._undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        self._undo_key.activated.connect(self._take_back)
        self.undo.setToolTip(self._undo_key.key().toString(QKeySequence.SequenceFormat.NativeText))
        self.undo.clicked.connect(self._take_back)

    def _arrange(self) -> None:
        buttons = ButtonRow((self.pause, self.bookmark, self.stop))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 8)
        layout.setSpacing(6)
        layout.addWidget(buttons)
        line = QHBoxLayout()
        line.addWidget(self.figures, 1)
        line.addWidget(self.details)
        line.addWidget(self.undo)
        line.addWidget(self.figures_switch)
        layout.addLayout(line)

    def show_state(self, state: PipelineState) -> None:
        """After a fault or the end of a recording only Stop is left, which saves and returns to the start."""
        running, paused = state is PipelineState.RUNNING, state is PipelineState.PAUSED
        self.pause.setEnabled(running or paused)
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self.pause.set_icon("play" if paused else "pause")
        self.bookmark.setEnabled(running or paused)
        self.stop.setEnabled(state is not PipelineState.STOPPING)

    def show_keys(self, far: Iterable[Key]) -> None:
        """Shows the shortcuts in tool tips. `far`: the keys that work in every program."""
        held = frozenset(far)
        self.pause.setToolTip(_describe_keys("Ctrl+P", Key.PAUSE, held))
        self.bookmark.setToolTip(_describe_keys("Ctrl+B", Key.BOOKMARK, held))

    def show_status(self, text: str) -> None:
        """Shows a short message in place of the figures, so that nothing moves."""
        self.end_offer()
        self.figures.setText(text)
        self._status_timer.start(_STATUS_MS)

    def offer(self, text: str, *, undo: Callable[[], None], otherwise: Callable[[], None]) -> None:
        """Shows what was done, with a button and the usual shortcut to undo it.

        When the offer ends without being used, by time or by another message, `otherwise` is called.
        """
        self.show_status(text)
        self._undo, self._otherwise = undo, otherwise
        self._show_undo(True)
        self._status_timer.start(_OFFER_MS)

    def end_offer(self) -> None:
        """Ends the offer to undo, unused."""
        otherwise = self._otherwise
        self._forget_offer()
        otherwise()

    def _take_back(self) -> None:
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
        """Clears the messages of the session before."""
        self.end_offer()
        self._status_timer.stop()
        self.figures.setText("")
        self._show_pace(Pace.FULL)

    def show_figures(self, stats: PipelineStats, observation: Observation | None) -> None:
        """Shows whether faces are read less often than usual, and the figures if they are wanted, unless a message is
        shown.
        """
        if observation is not None:
            self._show_pace(observation.result.pace)
        if not self._status_timer.isActive():
            wanted = self.figures_switch.isChecked()
            self.figures.setText(describe_figures(stats, observation) if wanted else describe_pace(self._pace) or "")

    def _show_pace(self, pace: Pace) -> None:
        self._pace = pace
        self.details.setVisible(pace is not Pace.FULL)

    def _show_details(self) -> None:
        make_message_dialog(self.window(), title=tr("Faces are read less often"), about=explain_pace(self._pace)).open()


def _do_nothing() -> None:
    pass


def _describe_keys(near: str, far: Key, held: frozenset[Key]) -> str:
    if far not in held:
        return near
    return tr("{keys}, or {far_keys} in any program", keys=near, far_keys=far.text)


def describe_figures(stats: PipelineStats, observation: Observation | None) -> str:
    """`4.9 frames/s · 120 ms behind · 25 faces in 27 tiles · 3 skipped`."""
    rate = current_language().number(f"{stats.frames_per_second:.1f}")
    delay_ms = f"{stats.latency_p50_ms:.0f}"
    pace = None if observation is None else describe_pace(observation.result.pace)
    parts = [
        *([] if pace is None else [pace]),
        tr("{rate} frames/s", rate=rate),
        tr("{milliseconds} ms behind", milliseconds=delay_ms),
    ]
    if observation is not None:
        result = observation.result
        faces, tiles = (
            tr_count("{n} face", "{n} faces", len(result.faces)),
            tr_count("{n} tile", "{n} tiles", len(result.tiles)),
        )
        parts.append(tr("{faces} in {tiles}", faces=faces, tiles=tiles))
    if stats.frames_dropped:
        parts.append(tr("{number} skipped", number=current_language().number(f"{stats.frames_dropped:,}")))
    return " · ".join(parts)

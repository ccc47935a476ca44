"""The live window as one line beside the call: state, the class in words, flags, and the buttons that are needed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from fer_desktop.messages.words import format_clock
from fer_desktop.types import Flag, Observation, PipelineState
from ui.language import tr, tr_count
from ui.live.header import StateSymbol
from ui.stylesheet import set_role
from ui.symbols import pick_symbol
from ui.widgets.basics import ElidedLabel, IconToolButton, make_label, make_link
from ui.words import Sentence, describe_flag, describe_state

_NOTE_MS: Final = 4_000
STRIP_KEYS: Final = "Ctrl+Shift+M"


class Strip(QFrame):
    """Emits what is clicked, and changes nothing by itself. Words that do not fit are elided; buttons never are."""

    bookmark_clicked = Signal()
    stop_clicked = Signal()
    whole_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "band")
        self._symbol = StateSymbol()
        self.elapsed = make_label("", "muted")
        self.elapsed.setAccessibleName(tr("Time since the lesson began"))
        self.words = ElidedLabel("", "section")
        self.words.setAccessibleName(tr("The class in one sentence"))
        self.flags = make_link("", name=tr("Show the flags"))
        self.bookmark = IconToolButton("bookmark", tr("Bookmark this moment"))
        self.stop = IconToolButton("stop", tr("Stop and save the lesson"))
        self.whole = IconToolButton("whole", tr("Show the whole window"))
        self.whole.setToolTip(tr("{words}: {detail}", words=tr("Show the whole window"), detail=STRIP_KEYS))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._note_timer = QTimer(self)
        self._note_timer.setSingleShot(True)
        self._arrange()
        self._show_flags(())
        self.bookmark.clicked.connect(self.bookmark_clicked)
        self.stop.clicked.connect(self.stop_clicked)
        self.whole.clicked.connect(self.whole_clicked)
        self.flags.clicked.connect(self.whole_clicked)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 8, 5)
        row.setSpacing(7)
        row.addWidget(self._symbol)
        row.addWidget(self.elapsed)
        row.addWidget(self.words, 1)
        for button in (self.flags, self.bookmark, self.stop, self.whole):
            row.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width() + self.fontMetrics().height() * 5, hint.height())

    def show_state(self, state: PipelineState, *, elapsed_s: float | None, waiting: bool) -> None:
        """`waiting`: the picture is lost. What is not usual stands in words until the class is seen again."""
        self._symbol.show_state(pick_symbol(state, waiting=waiting))
        self.elapsed.setText("" if elapsed_s is None else format_clock(elapsed_s))
        running, paused = state is PipelineState.RUNNING, state is PipelineState.PAUSED
        self.bookmark.setEnabled(running or paused)
        self.stop.setEnabled(state is not PipelineState.STOPPING)
        if not running or waiting:
            self._note_timer.stop()
            self.words.setText(describe_state(state, waiting=waiting))

    def show_sentence(self, sentence: Sentence) -> None:
        """The class in a few words; the tool tip has the rest."""
        if not self._note_timer.isActive():
            self.words.setText(sentence.short)
            self.words.setToolTip("\n".join(part for part in (sentence.headline, sentence.detail) if part))

    def show_flags(self, observation: Observation, *, students: bool, quiet: bool) -> None:
        """How many flags there are; the tool tip names them. `students`: False with class totals."""
        states = observation.students if students else ()
        flags = [*observation.class_flags, *(flag for state in states for flag in state.flags)]
        self._show_flags(() if quiet else flags)

    def _show_flags(self, flags: Sequence[Flag]) -> None:
        self.flags.setVisible(bool(flags))
        words = tr_count("{n} flag", "{n} flags", len(flags))
        self.flags.setText(f"⚠ {len(flags)}")
        self.flags.setAccessibleName(words)
        self.flags.setToolTip("\n".join(describe_flag(flag) for flag in flags))

    def show_note(self, text: str) -> None:
        """Shows a short message in place of the class, such as that a bookmark was saved."""
        self.words.setText(text)
        self._note_timer.start(_NOTE_MS)

"""The top of the live window: state, elapsed time, source, and the class in one sentence."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fer_desktop.messages.words import format_clock
from fer_desktop.types import PipelineState
from ui.language import tr
from ui.stylesheet import set_role
from ui.symbols import draw_state, pick_symbol
from ui.theme import current_theme
from ui.widgets.basics import ElidedLabel, IconToolButton, make_busy_bar, make_label
from ui.widgets.flow_layout import FlowLayout
from ui.words import STATE_WORDS, Sentence, describe_state

_SYMBOL_PX = 12
_SEPARATOR, _NO_BREAK_SPACE = " · ", "\N{NO-BREAK SPACE}"
_MAX_KEPT_LENGTH = 30


class StateSymbol(QWidget):
    """The state as a shape and a colour; a label beside it has it in words."""

    def __init__(self) -> None:
        super().__init__()
        self._state = PipelineState.STOPPED
        self.setFixedSize(QSize(_SYMBOL_PX + 2, _SYMBOL_PX + 2))

    def show_state(self, state: PipelineState) -> None:
        if state is not self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_state(painter, self._state, QRectF(1, 1, _SYMBOL_PX, _SYMBOL_PX), current_theme())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()


class Header(QFrame):
    """State, time and source in a small line, the class in a large one.

    `menu_button` opens the menu, `strip_button` makes one line of the window.
    """

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "band")
        self._symbol = StateSymbol()
        self.state = ElidedLabel(STATE_WORDS[PipelineState.STOPPED], "state")
        self.state.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.state.setAccessibleName(tr("State"))
        self.elapsed = make_label("", "muted")
        self.elapsed.setAccessibleName(tr("Time since the lesson began"))
        self.source = ElidedLabel("", "small")
        self.source.setAccessibleName(tr("Source"))
        self.headline = make_label("", "headline", wrap=True)
        self.headline.setAccessibleName(tr("The class in one sentence"))
        self.detail = make_label("", "muted", wrap=True)
        self.detail.setAccessibleName(tr("More about the class"))
        self.menu_button = IconToolButton("menu", tr("Menu"))
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.strip_button = IconToolButton("strip", tr("Show as one line"))
        self.quiet = ElidedLabel(tr("Do not disturb"), "small")
        self.quiet.setVisible(False)
        self.progress = make_busy_bar()
        self._arrange()
        self.show_sentence(None)

    def _arrange(self) -> None:
        state_row = QHBoxLayout()
        state_row.setSpacing(7)
        words = FlowLayout(spacing_px=7)
        words.addWidget(self.state)
        words.addWidget(self.elapsed)
        words.add_elided(self.source)
        state_row.addWidget(self._symbol)
        state_row.addLayout(words, 1)
        state_row.addWidget(self.strip_button)
        state_row.addWidget(self.menu_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 10, 10)
        layout.setSpacing(2)
        layout.addLayout(state_row)
        layout.addWidget(self.quiet)
        layout.addSpacing(2)
        layout.addWidget(self.headline)
        layout.addWidget(self.detail)
        layout.addWidget(self.progress)

    def show_state(self, state: PipelineState, *, elapsed_s: float | None, source: str, waiting: bool = False) -> None:
        """`elapsed_s` is None while no session is on. `waiting`: the picture is lost."""
        self._symbol.show_state(pick_symbol(state, waiting=waiting))
        self.strip_button.setVisible(elapsed_s is not None)
        self.progress.setVisible(state in (PipelineState.STARTING, PipelineState.STOPPING))
        self.state.setText(describe_state(state, waiting=waiting))
        self.elapsed.setText("" if elapsed_s is None else f"·  {format_clock(elapsed_s)}")
        self.source.setText(source)

    def show_sentence(self, sentence: Sentence | None) -> None:
        """Shows the class in words; hides both lines for None."""
        self.headline.setVisible(sentence is not None)
        self.detail.setVisible(sentence is not None and bool(sentence.detail))
        if sentence is not None:
            self.headline.setText(sentence.headline)
            self.detail.setText(_keep_parts_whole(sentence.detail))


def _keep_parts_whole(text: str) -> str:
    """Lets lines break between the parts, not within "1 not in view"."""
    parts = text.split(_SEPARATOR)
    if len(parts) == 1 or max(map(len, parts)) > _MAX_KEPT_LENGTH:
        return text
    return _SEPARATOR.join(part.replace(" ", _NO_BREAK_SPACE) for part in parts)

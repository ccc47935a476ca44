"""A legend: colours and what they stand for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.language import tr
from ui.theme import Theme, current_theme
from ui.words import STACK_ORDER, UNCERTAIN_NOTE, legend_word

_SWATCH = 10
_GAP = 14
_BESIDE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def make_expression_legend() -> "Legend":
    """Of the seven expressions; those that are often misread are marked."""
    words = [legend_word(name) for name in STACK_ORDER]
    return Legend(words, lambda theme: theme.expressions, note=tr(UNCERTAIN_NOTE))


class Legend(QWidget):
    """Colour swatches with words, wrapped into rows, and a note after them."""

    def __init__(self, words: Sequence[str], colours: Callable[[Theme], Sequence[str]], *, note: str = "") -> None:
        super().__init__()
        self._words, self._note = tuple(words), note
        self._colours = colours
        self.setAccessibleName(tr("Colours: {words}", words=", ".join(words)))
        self.setAccessibleDescription(note)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._places(width)[-1].bottom()) + 1

    def sizeHint(self) -> QSize:
        return QSize(360, self.heightForWidth(360))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places(self.width())
        swatches = zip(self._words, self._colours(theme), places[: len(self._words)], strict=True)
        for word, colour, place in swatches:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(place.left(), place.center().y() - _SWATCH / 2, _SWATCH, _SWATCH), 2, 2)
            painter.setPen(QColor(theme.muted))
            text = place.adjusted(_SWATCH + 5, 0, 0, 0)
            painter.drawText(text, _BESIDE, word)
        if self._note:
            painter.drawText(places[-1], _BESIDE, self._note)

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def _places(self, width: int) -> list[QRectF]:
        """Of the words with their swatches, then of the note."""
        metrics, places, left, top = self.fontMetrics(), [], 0.0, 0.0
        widths = [_SWATCH + 6 + metrics.horizontalAdvance(word) for word in self._words]
        for wide in [*widths, *([metrics.horizontalAdvance(self._note) + 1] if self._note else [])]:
            if left > 0 and left + wide > width:
                left, top = 0.0, top + self._line()
            places.append(QRectF(left, top, wide, self._line()))
            left += wide + _GAP
        return places

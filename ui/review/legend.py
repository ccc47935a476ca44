"""A legend: colours and what they stand for."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.language import tr
from ui.theme import Theme, current_theme

_SWATCH = 10
_GAP = 14


class Legend(QWidget):
    """Colour swatches with words, wrapped into rows."""

    def __init__(self, words: Sequence[str], colours: Callable[[Theme], Sequence[str]]) -> None:
        super().__init__()
        self._words = tuple(words)
        self._colours = colours
        self.setAccessibleName(tr("Colours: {words}", words=", ".join(words)))
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
        for word, colour, place in zip(self._words, self._colours(theme), self._places(self.width()), strict=True):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(place.left(), place.center().y() - _SWATCH / 2, _SWATCH, _SWATCH), 2, 2)
            painter.setPen(QColor(theme.muted))
            text = place.adjusted(_SWATCH + 5, 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def _places(self, width: int) -> list[QRectF]:
        places, left, top = [], 0.0, 0.0
        for word in self._words:
            wide = _SWATCH + 6 + self.fontMetrics().horizontalAdvance(word)
            if left > 0 and left + wide > width:
                left, top = 0.0, top + self._line()
            places.append(QRectF(left, top, wide, self._line()))
            left += wide + _GAP
        return places

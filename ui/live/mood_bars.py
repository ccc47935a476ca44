"""The mood of the class now: a bar for each expression, with its name and whole per cent."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.types import Floats
from ui.language import tr
from ui.theme import current_theme
from ui.words import STACK_INDICES, STACK_ORDER, UNCERTAIN_NOTE, capitalise, legend_word

_BAR_PX = 8
_GAP_PX = 10


class MoodBars(QWidget):
    """Paints the mean probabilities of the class, or why there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._percents: tuple[int, ...] | None = None
        self._empty_text = tr("Waiting for the first faces")
        self.setAccessibleName(tr("Class mood now"))
        self.setToolTip(tr(UNCERTAIN_NOTE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_probabilities(self, probabilities: Floats | None, empty_text: str) -> None:
        """`probabilities`: (7,) in the order of `EXPRESSIONS`; None shows `empty_text`."""
        percents = None if probabilities is None else tuple(round(100 * float(probabilities[i])) for i in STACK_INDICES)
        if (percents, empty_text) == (self._percents, self._empty_text):
            return
        self._percents, self._empty_text = percents, empty_text
        self.setAccessibleDescription(self.describe())
        self.update()

    def describe(self) -> str:
        """The bars in words, for screen readers."""
        if self._percents is None:
            return self._empty_text
        bars = (
            tr("{expression} {percent} %", expression=legend_word(expression), percent=percent)
            for expression, percent in zip(STACK_ORDER, self._percents, strict=True)
        )
        return ", ".join((*bars, tr(UNCERTAIN_NOTE)))

    def sizeHint(self) -> QSize:
        return QSize(300, len(STACK_ORDER) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        if self._percents is None:
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._empty_text)
            return
        for row in range(len(STACK_ORDER)):
            self._paint_row(painter, row, self._percents[row])

    def _row_height(self) -> int:
        return QFontMetrics(self.font()).height() + 7

    def _paint_row(self, painter: QPainter, row: int, percent: int) -> None:
        theme, metrics, height = current_theme(), self.fontMetrics(), self._row_height()
        expression = STACK_ORDER[row]
        word_width = max(metrics.horizontalAdvance(capitalise(legend_word(name))) for name in STACK_ORDER)
        number_width = metrics.horizontalAdvance(tr("{percent} %", percent=100))
        line = QRectF(0, row * height, self.width(), height)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(theme.text))
        painter.drawText(line, left, capitalise(legend_word(expression)))
        painter.setPen(QColor(theme.muted))
        painter.drawText(line, right, tr("{percent} %", percent=percent))
        track = QRectF(
            word_width + _GAP_PX,
            line.center().y() - _BAR_PX / 2,
            max(1.0, self.width() - word_width - number_width - 2 * _GAP_PX),
            _BAR_PX,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.track))
        painter.drawRoundedRect(track, _BAR_PX / 2, _BAR_PX / 2)
        if percent > 0:
            painter.setBrush(QColor(theme.colour_of(expression)))
            filled = QRectF(track.topLeft(), track.bottomRight())
            filled.setWidth(max(_BAR_PX, track.width() * percent / 100))
            painter.drawRoundedRect(filled, _BAR_PX / 2, _BAR_PX / 2)

"""A radio button in the theme's colours."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton

from ui.theme import current_theme

CHOICE_INDENT_PX: Final = 26
"""Where the text begins, so that an explanation below can be aligned with it."""

_CIRCLE_PX: Final = 17


class RadioButton(QRadioButton):
    """A radio button whose circle is visible in the dark theme too."""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = CHOICE_INDENT_PX + 2 + metrics.horizontalAdvance(self.text())
        return QSize(width, max(_CIRCLE_PX, metrics.height()) + 4)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(1.5, (self.height() - _CIRCLE_PX) / 2 + 0.5, _CIRCLE_PX - 1, _CIRCLE_PX - 1)
        accent = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(QColor(theme.accent if accent else theme.muted), 2.4 if self.hasFocus() else 1.4))
        painter.setBrush(QColor(theme.surface))
        painter.drawEllipse(circle)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(circle.adjusted(4.2, 4.2, -4.2, -4.2))
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.muted))
        words = self.rect().adjusted(CHOICE_INDENT_PX, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())

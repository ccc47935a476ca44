"""A slider that shows that it has the focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider

from ui.theme import current_theme


class Slider(QSlider):
    """A horizontal slider with a frame around it while it has the focus. Qt draws one only once Tab was pressed."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)

    def initStyleOption(self, option: QStyleOptionSlider) -> None:
        """Without Qt's own frame."""
        super().initStyleOption(option)
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(current_theme().accent), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)

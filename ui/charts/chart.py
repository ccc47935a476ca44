"""What every chart is: a widget that follows the theme and the size of the texts, also while it is open."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import current_theme, scaled


class Chart(QWidget):
    """`min_height_px`: how high it must at least be, at the system's own size of texts; 0 where its layout knows."""

    def __init__(self, *, min_height_px: int = 0) -> None:
        super().__init__()
        self._min_height_px = min_height_px

    def minimumSizeHint(self) -> QSize:
        return QSize(0, scaled(self._min_height_px)) if self._min_height_px else super().minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._restyle()

    def _restyle(self) -> None:
        """Colours, fonts, and lengths that hold texts."""
        raise NotImplementedError


class KeyboardChart(Chart):
    """A chart that takes the keyboard: a frame around it tells that it has it."""

    def __init__(self, *, min_height_px: int = 0) -> None:
        super().__init__(min_height_px=min_height_px)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QColor(current_theme().accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

"""The base of all charts: a widget that follows changes of theme and text size."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import current_theme, scaled


class Chart(QWidget):
    """`min_height_px`: at the system's text size; 0 leaves it to the layout."""

    def __init__(self, *, min_height_px: int = 0) -> None:
        super().__init__()
        self._min_height_px = min_height_px

    def _hold(self, view: QWidget, *, margin_px: int = 0) -> None:
        """Fills the chart with `view`."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(margin_px, margin_px, margin_px, margin_px)
        layout.addWidget(view)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, scaled(self._min_height_px)) if self._min_height_px else super().minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._restyle()

    def _restyle(self) -> None:
        """Applies colours, fonts, and lengths that depend on the text size."""
        raise NotImplementedError


class KeyboardChart(Chart):
    """A chart with keyboard control; a frame shows that it has the focus."""

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

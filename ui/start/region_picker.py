"""Draws a rectangle over the screen: a dimmed, frozen picture of each screen, clear inside the rectangle."""

import sys
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from fer_desktop.desktop.region import Region
from ui.language import mark, tr
from ui.start.choice import describe_region

_MIN_SIDE_PX: Final = 64
_ARROWS: Final = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_LARGE_STEP: Final = 10
_HINT: Final = mark("Draw a rectangle around the class.   Esc: cancel")
_HINT_DRAWN: Final = mark("Enter: watch this   ·   arrow keys: move   ·   Shift + arrow keys: resize   ·   Esc: cancel")
_HINT_SMALL: Final = mark("Too small for a class. Draw a larger rectangle.   Esc: cancel")


def to_region(rect: QRect, *, screen_origin: QPoint, pixel_ratio: float) -> Region:
    """Converts a rectangle within a screen from Qt's logical pixels to the desktop units of screen capture.

    Qt scales sizes within a screen, but not the screen's origin. On macOS capture uses points, as Qt does.
    """
    ratio = 1.0 if sys.platform == "darwin" else pixel_ratio
    left, top = round(rect.left() * ratio), round(rect.top() * ratio)
    right, bottom = round((rect.left() + rect.width()) * ratio), round((rect.top() + rect.height()) * ratio)
    return Region(screen_origin.x() + left, screen_origin.y() + top, right - left, bottom - top)


def move_rect(rect: QRect, key: Qt.Key, modifiers: Qt.KeyboardModifier, bounds: QRect) -> QRect:
    """Moves a rectangle by an arrow key within `bounds`; Shift resizes it, Ctrl takes larger steps."""
    step = _ARROWS[key] * (_LARGE_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else 1)
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        width = min(max(_MIN_SIDE_PX, rect.width() + step.x()), bounds.right() + 1 - rect.left())
        height = min(max(_MIN_SIDE_PX, rect.height() + step.y()), bounds.bottom() + 1 - rect.top())
        return QRect(rect.topLeft(), QSize(width, height))
    left = min(max(bounds.left(), rect.left() + step.x()), bounds.right() + 1 - rect.width())
    top = min(max(bounds.top(), rect.top() + step.y()), bounds.bottom() + 1 - rect.height())
    return QRect(QPoint(left, top), rect.size())


def _span(first: QPoint, second: QPoint) -> QRect:
    """The rectangle between two opposite corners; QRect's own constructor includes the last pixel."""
    left, top = min(first.x(), second.x()), min(first.y(), second.y())
    return QRect(left, top, abs(first.x() - second.x()), abs(first.y() - second.y()))


class _Overlay(QWidget):
    """Covers one screen."""

    picked = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: QScreen) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
        )
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Draw a rectangle around the class"))
        self.setWindowTitle(tr("Draw a rectangle around the class"))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        self._picture: QPixmap = screen.grabWindow(0)
        self._anchor: QPoint | None = None
        self.rect_drawn = QRect()

    def region(self) -> Region:
        # Asks for the screen each time: a stored QScreen becomes invalid in PySide once another window used it.
        screen = self.screen()
        return to_region(
            self.rect_drawn, screen_origin=screen.geometry().topLeft(), pixel_ratio=screen.devicePixelRatio()
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._anchor = event.position().toPoint()
            self.rect_drawn = QRect()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            self.rect_drawn = _span(self._anchor, event.position().toPoint()) & self.rect()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._anchor is not None:
            self._anchor = None
            self._accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif key in _ARROWS:
            start = self.rect_drawn if self._large_enough() else self._middle()
            self.rect_drawn = move_rect(start, key, event.modifiers(), self.rect())
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._picture)
        painter.fillRect(self.rect(), QColor(8, 12, 18, 150))
        if not self.rect_drawn.isEmpty():
            self._paint_rect(painter)
        drawn, drawing = not self.rect_drawn.isEmpty(), self._anchor is not None
        hint = _HINT if not drawn or drawing else _HINT_DRAWN if self._large_enough() else _HINT_SMALL
        self._paint_hint(painter, tr(hint))

    def _paint_rect(self, painter: QPainter) -> None:
        ratio = self._picture.devicePixelRatio()
        rect = self.rect_drawn
        source = QRect(rect.topLeft() * ratio, rect.size() * ratio)
        painter.drawPixmap(rect, self._picture, source)
        painter.setPen(QPen(QColor("#58aaf0"), 2))
        painter.drawRect(rect)
        painter.setPen(QColor("#ffffff"))
        text = describe_region(self.region())
        below = rect.bottom() + 22 < self.height()
        painter.drawText(rect.left() + 2, rect.bottom() + 18 if below else rect.bottom() - 8, text)

    def _paint_hint(self, painter: QPainter, hint: str) -> None:
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.3)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(hint) + 40
        box = QRect((self.width() - width) // 2, 28, width, painter.fontMetrics().height() + 20)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 23, 28, 235))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, hint)

    def _accept(self) -> None:
        if self._large_enough():
            self.picked.emit(self.region())
        else:
            self.update()

    def _large_enough(self) -> bool:
        return min(self.rect_drawn.width(), self.rect_drawn.height()) >= _MIN_SIDE_PX

    def _middle(self) -> QRect:
        rect = QRect(QPoint(), self.size() / 2)
        rect.moveCenter(self.rect().center())
        return rect


class RegionPicker(QObject):
    """Covers every screen until a rectangle is drawn on one of them or Escape is pressed."""

    picked = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.overlays: list[_Overlay] = []

    def open(self) -> None:
        for screen in QGuiApplication.screens():
            overlay = _Overlay(screen)
            # Queued: an overlay must not be closed, and so deleted, while it handles an event.
            overlay.picked.connect(self._pick, Qt.ConnectionType.QueuedConnection)
            overlay.cancelled.connect(self._cancel, Qt.ConnectionType.QueuedConnection)
            self.overlays.append(overlay)
        for overlay in self.overlays:
            overlay.showFullScreen()
        self.overlays[0].activateWindow()
        self.overlays[0].setFocus()

    def _pick(self, region: Region) -> None:
        self._close()
        self.picked.emit(region)

    def _cancel(self) -> None:
        self._close()
        self.cancelled.emit()

    def _close(self) -> None:
        for overlay in self.overlays:
            overlay.close()
        self.overlays = []

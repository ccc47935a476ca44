"""Widgets beside each other; those that have no room there go into another line."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget, QWidgetItem

_READABLE_HEIGHTS: Final = 8
"""A column this many text heights wide can be read: about two words a line."""
_FILLING: Final = (QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)


@dataclass(frozen=True, slots=True)
class _Line:
    """Items beside each other, in pixels. `widths`: what each has been given."""

    items: tuple[QLayoutItem, ...]
    widths: tuple[int, ...]
    height: int


class FlowLayout(QLayout):
    """Cuts no text while a line has room for it, however large texts are and however narrow the window.

    Every item is given the width of its hint, at most that of the line. Widgets whose policy is to expand, or to ignore
    their hint, share what is left of their line.
    """

    def __init__(self, parent: QWidget | None = None, *, spacing_px: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._elided: set[QWidget] = set()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing_px)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def insert_widget(self, place: int, widget: QWidget) -> None:
        """Puts a widget before the item at `place`."""
        self.addChildWidget(widget)
        self._items.insert(place, QWidgetItem(widget))
        self.invalidate()

    def add_elided(self, widget: QWidget) -> None:
        """Adds a widget that is less important than a line of its own: it takes only what others leave."""
        self._elided.add(widget)
        self.addWidget(widget)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        lines = self._break(width - margins.left() - margins.right())
        gaps = self.spacing() * max(0, len(lines) - 1)
        return sum(line.height for line in lines) + gaps + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = self._shown()
        width = sum(self._need(item) for item in shown) + self.spacing() * max(0, len(shown) - 1)
        return self._with_margins(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item must be."""
        shown = self._shown()
        width = max((min(self._need(item), item.minimumSize().width()) for item in shown), default=0)
        return self._with_margins(width, max((item.minimumSize().height() for item in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        lines = self._break(inner.width())
        whole = sum(line.height for line in lines) + self.spacing() * max(0, len(lines) - 1)
        top = inner.top() + max(0, (inner.height() - whole) // 2)
        for line in lines:
            left = inner.left()
            for item, width in zip(line.items, line.widths, strict=True):
                height = min(line.height, _height(item, width))
                item.setGeometry(QRect(QPoint(left, top + (line.height - height) // 2), QSize(width, height)))
                left += width + self.spacing()
            top += line.height + self.spacing()

    def _with_margins(self, width: int, height: int) -> QSize:
        margins = self.contentsMargins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _need(self, item: QLayoutItem) -> int:
        widget = item.widget()
        if widget is None:
            return item.sizeHint().width()
        # The item's own hint is 0 where the policy is to ignore it.
        return 1 if widget in self._elided else max(widget.sizeHint().width(), widget.minimumWidth())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _break(self, width: int) -> list[_Line]:
        lines: list[_Line] = []
        items: list[QLayoutItem] = []
        used = 0
        for item in self._shown():
            need = min(self._need(item), width)
            if items and used + self.spacing() + need > width:
                lines.append(self._fill(items, width))
                items, used = [], 0
            used += need + (self.spacing() if items else 0)
            items.append(item)
        return [*lines, self._fill(items, width)] if items else lines

    def _fill(self, items: list[QLayoutItem], width: int) -> _Line:
        """Gives every item its width, and what is left to those that fill."""
        widths = [min(self._need(item), width) for item in items]
        filling = [place for place, item in enumerate(items) if _fills(item)]
        left = width - sum(widths) - self.spacing() * (len(items) - 1)
        for number, place in enumerate(filling):
            widths[place] += left // len(filling) + (left % len(filling) if number == 0 else 0)
        height = max(_height(item, given) for item, given in zip(items, widths, strict=True))
        return _Line(tuple(items), tuple(widths), height)


def _fills(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and widget.sizePolicy().horizontalPolicy() in _FILLING


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class WrappedWords(QWidget):
    """Texts that wrap, one below the other: they take what their line has left, if it is enough to read them."""

    def __init__(self, *, spacing_px: int) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(spacing_px)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(_READABLE_HEIGHTS * self.fontMetrics().height(), super().sizeHint().height())

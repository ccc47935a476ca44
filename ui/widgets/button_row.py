"""Buttons beside each other; those that have no room there go into another line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

_SPACING_PX: Final = 8


class ButtonRow(QWidget):
    """Never cuts a text, however large it is and however narrow the window."""

    def __init__(self, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._buttons = tuple(buttons)
        self._in_line = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_SPACING_PX)
        self._arrange()

    @property
    def in_line(self) -> int:
        """How many buttons stand beside each other."""
        return self._in_line

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest button."""
        widest = max(button.sizeHint().width() for button in self._buttons)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """A button's text has changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        in_line = max(
            number
            for number in range(1, len(self._buttons) + 1)
            if number == 1 or self._width_of(number) <= self.width()
        )
        if in_line == self._in_line:
            return
        self._in_line = in_line
        for number, button in enumerate(self._buttons):
            self._grid.addWidget(button, number // in_line, number % in_line)
        for column in range(len(self._buttons)):
            self._grid.setColumnStretch(column, int(column < in_line))

    def _width_of(self, in_line: int) -> int:
        """The width of lines of so many buttons."""
        widths = [button.sizeHint().width() for button in self._buttons]
        columns = [max(widths[column::in_line]) for column in range(in_line)]
        return sum(columns) + _SPACING_PX * (in_line - 1)

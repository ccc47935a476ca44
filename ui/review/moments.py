"""The moments of a session, in order: bookmarks, flags, and what happened to the recording."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy

from fer_desktop.types import Event, EventKind
from ui.symbols import make_icon
from ui.theme import current_theme
from ui.words import describe_event, format_clock


class MomentList(QListWidget):
    """`chosen(int)`: the second of the moment that was clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Moments of the session")
        self.setWordWrap(True)
        self.setMinimumHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)

    def show_events(self, events: Sequence[Event], labels: Mapping[int, str]) -> None:
        self.clear()
        for event in sorted(events, key=lambda event: event.second):
            item = QListWidgetItem(f"{format_clock(event.second)}   {describe_event(event, labels)}")
            item.setData(Qt.ItemDataRole.UserRole, event.second)
            if event.kind is EventKind.BOOKMARK:
                item.setIcon(make_icon("bookmark", current_theme().accent))
            elif event.kind is EventKind.FLAG_RAISED:
                item.setIcon(make_icon("flag", current_theme().warning))
            else:
                item.setIcon(make_icon("dot", current_theme().muted))
            self.addItem(item)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

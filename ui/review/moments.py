"""The moments of a session in order of time: annotations, flags, mood drops, gaps and faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QListWidget, QListWidgetItem, QMenu, QSizePolicy

from fer_desktop.analysis.drops import Drop
from fer_desktop.messages.words import format_clock
from fer_desktop.types import ANNOTATIONS, Event, EventKind
from ui.language import mark, tr, tr_count
from ui.stylesheet import set_role
from ui.symbols import make_icon
from ui.theme import current_theme
from ui.widgets.basics import Card, make_label, make_link
from ui.words import Words, describe_event, describe_mood


class MomentFilter(StrEnum):
    """Which moments are listed."""

    ALL = "all"
    OWN = "own"
    FLAGS = "flags"
    DROPS = "drops"


_FILTER_WORDS: Final = Words(
    {
        MomentFilter.ALL: mark("All moments"),
        MomentFilter.OWN: mark("Bookmarks and notes"),
        MomentFilter.FLAGS: mark("Flags"),
        MomentFilter.DROPS: mark("Largest drops"),
    }
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the list. `event`: None for a mood drop."""

    second: int
    words: str
    icon: str
    event: Event | None


def list_moments(events: Sequence[Event], drops: Sequence[Drop], labels: Mapping[int, str]) -> list[Moment]:
    """All moments in order of time. `labels`: the names of the students."""
    moments = [Moment(each.second, describe_event(each, labels), _icon_of(each), each) for each in events]
    moments += [Moment(each.second, describe_drop(each), "drop", None) for each in drops]
    return sorted(moments, key=lambda moment: moment.second)


def describe_drop(drop: Drop) -> str:
    """The mood before and after a drop, in words."""
    before, after = describe_mood(drop.before), describe_mood(drop.after)
    if before == after:
        return tr("The mood dropped but stayed {mood}", mood=after)
    return tr("The mood dropped from {before} to {after}", before=before, after=after)


class MomentList(QListWidget):
    """`chosen(int)`: the second of the moment that was clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Moments of the lesson"))
        set_role(self, "choices")
        self.setWordWrap(True)
        self.setMinimumHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Replaces all moments and keeps the scroll position."""
        place = self.verticalScrollBar().value()
        self.clear()
        for moment in moments:
            item = QListWidgetItem(f"{format_clock(moment.second)}   {moment.words}")
            item.setData(Qt.ItemDataRole.UserRole, moment)
            self.addItem(item)
        self._colour_icons()
        self.verticalScrollBar().setValue(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_icons()

    def _colour_icons(self) -> None:
        theme = current_theme()
        colours = {"bookmark": theme.accent, "note": theme.good, "flag": theme.warning, "drop": theme.danger}
        for item in map(self.item, range(self.count())):
            icon = item.data(Qt.ItemDataRole.UserRole).icon
            item.setIcon(make_icon(icon, colours.get(icon, theme.muted)))

    def current(self) -> Moment | None:
        """The selected moment."""
        items = self.selectedItems()
        return items[0].data(Qt.ItemDataRole.UserRole) if items else None

    def _choose(self, item: QListWidgetItem) -> None:
        moment: Moment = item.data(Qt.ItemDataRole.UserRole)
        self.chosen.emit(moment.second)


class MomentsCard(Card):
    """`chosen(int)`: a second; `add_requested(EventKind)`, `edit_requested(Event)`, `delete_requested(Event)`."""

    chosen = Signal(int)
    add_requested = Signal(object)
    edit_requested = Signal(object)
    delete_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("Moments"))
        self.list = MomentList()
        self.filter_box = QComboBox()
        self.filter_box.setAccessibleName(tr("Which moments are listed"))
        for choice in MomentFilter:
            self.filter_box.addItem(_FILTER_WORDS[choice], choice)
        self.add_button = make_link(tr("Add"), name=tr("Add a note or a bookmark"))
        self.nothing = make_label("", "muted", wrap=True)
        self._moments: Sequence[Moment] = ()
        self._editable = False
        for widget in (self.filter_box, self.add_button):
            self.heading.addWidget(widget)
        self.add(self.nothing)
        self.add(self.list, 1)
        self._add_actions()
        self.list.chosen.connect(self.chosen)
        self.list.itemSelectionChanged.connect(self._allow)
        self.filter_box.currentIndexChanged.connect(lambda _: self._fill())

    def _add_actions(self) -> None:
        menu = QMenu(self.add_button)
        self.add_note = menu.addAction(tr("Note…"))
        self.add_bookmark = menu.addAction(tr("Bookmark…"))
        self.add_note.triggered.connect(lambda: self.add_requested.emit(EventKind.NOTE))
        self.add_bookmark.triggered.connect(lambda: self.add_requested.emit(EventKind.BOOKMARK))
        self.add_button.setMenu(menu)
        self.edit_action = QAction(tr("Edit text…"), self)
        self.edit_action.setShortcut(QKeySequence(Qt.Key.Key_F2))
        self.delete_action = QAction(tr("Delete"), self)
        self.delete_action.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        self.edit_action.triggered.connect(lambda: self.edit_requested.emit(self._own()))
        self.delete_action.triggered.connect(lambda: self.delete_requested.emit(self._own()))
        for action in (self.edit_action, self.delete_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.list.addAction(action)
        menu.addSeparator()
        menu.addActions([self.edit_action, self.delete_action])

    def show_moments(self, moments: Sequence[Moment], *, editable: bool) -> None:
        """Shows the moments. `editable`: annotations can be added and changed."""
        self._moments, self._editable = moments, editable
        for action in (self.add_note, self.add_bookmark):
            action.setEnabled(editable)
        self._fill()

    def _fill(self) -> None:
        shown = [each for each in self._moments if _passes(each, self.filter_box.currentData())]
        self.list.show_moments(shown)
        self.list.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.nothing.setText(
            tr("None of this kind in this lesson.")
            if self._moments
            else tr("Bookmarks, notes and flags appear here. Press Ctrl+B during a lesson to add a bookmark.")
        )
        self.setAccessibleDescription(tr_count("{n} moment listed", "{n} moments listed", len(shown)))
        self._allow()

    def _own(self) -> Event | None:
        moment = self.list.current()
        event = moment.event if moment is not None else None
        return event if event is not None and event.kind in ANNOTATIONS and event.id is not None else None

    def _allow(self) -> None:
        possible = self._editable and self._own() is not None
        self.edit_action.setEnabled(possible)
        self.delete_action.setEnabled(possible)


def _passes(moment: Moment, choice: MomentFilter) -> bool:
    kind = moment.event.kind if moment.event is not None else None
    if choice == MomentFilter.OWN:
        return kind in ANNOTATIONS
    if choice == MomentFilter.FLAGS:
        return kind in (EventKind.FLAG_RAISED, EventKind.FLAG_CLEARED, EventKind.FLAG_DISMISSED)
    if choice == MomentFilter.DROPS:
        return kind is None
    return True


def _icon_of(event: Event) -> str:
    icons = {EventKind.BOOKMARK: "bookmark", EventKind.NOTE: "note", EventKind.FLAG_RAISED: "flag"}
    return icons.get(event.kind, "dot")

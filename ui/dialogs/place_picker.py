"""Picks a place by name, with suggestions while typing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView

from fer_desktop.policy.place import place_names, short_place_names
from ui.language import current_language, tr
from ui.stylesheet import set_role

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OTHER_NAMES: Final = {
    "AE": ("UAE",),
    "CD": ("Democratic Republic of the Congo", "DRC"),
    "CI": ("Ivory Coast",),
    "CV": ("Cabo Verde",),
    "GB": ("UK", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland"),
    "KP": ("DPRK",),
    "KR": ("Republic of Korea",),
    "NL": ("Holland",),
    "US": ("USA", "America"),
    "VA": ("Holy See",),
}
"""What people type besides the names of CLDR and of the time zone database."""


@dataclass(frozen=True, slots=True)
class Place:
    """`name`: as listed; `names`: all usual names, case-folded."""

    code: str
    name: str
    names: tuple[str, ...]


class PlacePicker(QComboBox):
    """All places, found by their usual names. `place()` is always the place whose name is in the line.

    Whoever types while all places are listed writes into the line. While the text is no place, Enter and Tab take the
    highlighted suggestion and Down moves through them; Tab also takes the only one where the list is hidden. The law
    depends on the place, so the result is never another place than the visible one.
    """

    def __init__(self, place: str | None) -> None:
        super().__init__()
        self.setAccessibleName(tr("Country of your class"))
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self._places = list_places()
        for each in self._places:
            self.addItem(each.name, each.code)
        self.line = QLineEdit()
        self.setLineEdit(self.line)
        self.line.setPlaceholderText(tr("Type the name of a country"))
        self.line.setAccessibleName(tr("Country of your class"))
        self.line.textEdited.connect(self._suggest)
        # Qt's own completer orders by the list and writes the highlighted entry into the line.
        self.setCompleter(None)  # type: ignore[arg-type]  # PySide's types leave out that it may be none
        self._suggested = QStringListModel(self)
        self._completer = QCompleter(self._suggested, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.popup = QListView()
        self._completer.setPopup(self.popup)
        self._completer.setWrapAround(False)  # past an end of the list nothing would be highlighted
        self._completer.setWidget(self.line)
        self._completer.activated.connect(self._take)
        set_role(self.popup, "completions")
        for widget in (self.popup, self.line, self.view()):
            widget.installEventFilter(self)
        self.setCurrentIndex(self.findData(place) if place else -1)
        if place is None:
            self.clearEditText()

    def place(self) -> str | None:
        """The ISO 3166 alpha-2 code of the text in the line; None if it is no place."""
        return find_place(self._places, self.currentText())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the suggestions; while they are open, the popup handles the keys."""
        suggesting = event.key() in (*_ENTER, Qt.Key.Key_Down) and self.currentText() and self.place() is None
        if not suggesting or not self._suggest(self.currentText()):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes a match before Tab leaves the field: the highlighted one, or the only one."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if watched is self.view() and event.text().isprintable() and event.text().strip():
            self._type_instead(event)
            return True
        if event.key() == Qt.Key.Key_Tab and watched is not self.view():
            if watched is self.popup:
                self._take(str(self.popup.currentIndex().data()))
                self.popup.hide()
                return self.focusNextPrevChild(True)
            self._take_only_match()
        return super().eventFilter(watched, event)

    def _type_instead(self, event: QKeyEvent) -> None:
        """Writes into the line: a list jumps after each pause to another place, which Enter would take."""
        self.hidePopup()
        self.line.setFocus()
        self.line.selectAll()
        QCoreApplication.sendEvent(self.line, event)

    def _take_only_match(self) -> None:
        matches = rank_places(self._places, self.currentText())
        if self.place() is None and len(matches) == 1:
            self._take(matches[0].name)

    def _suggest(self, typed: str) -> bool:
        """Shows suggestions with the first one highlighted; returns False without any."""
        names = [place.name for place in rank_places(self._places, typed)]
        self._suggested.setStringList(names)
        if not names or [name.casefold() for name in names] == [typed.strip().casefold()]:
            self.popup.hide()
            return False
        self._completer.complete()
        self.popup.setCurrentIndex(self._completer.completionModel().index(0, 0))
        return True

    def _take(self, name: str) -> None:
        self.setCurrentIndex(self.findText(name))


def find_place(places: Sequence[Place], name: str) -> str | None:
    """The code of the place with this name; None if there is none."""
    query = name.strip().casefold()
    return next((place.code for place in places if query in place.names), None)


def rank_places(places: Sequence[Place], typed: str) -> list[Place]:
    """Those with a name that has the text in it: first whose name it is, then whose name begins with it, then with a
    word that does; in the order of the list otherwise.
    """
    query = typed.strip().casefold()
    if not query:
        return []
    ranked = [(rank, place) for place in places if (rank := _rank(place.names, query)) is not None]
    return [place for _, place in sorted(ranked, key=lambda each: each[0])]


def _rank(names: Sequence[str], query: str) -> int | None:
    """The best rank of the names; None if none contains the query."""
    return min((_rank_name(name, query) for name in names if query in name), default=None)


def _rank_name(name: str, query: str) -> int:
    if name.startswith(query):
        return 0 if name == query else 1
    return 2 if re.search(rf"\b{re.escape(query)}", name) else 3


def list_places() -> list[Place]:
    """All places by name, in English too, as not every keyboard can type every language."""
    places = []
    english_names, short_names = place_names(), short_place_names()
    for code, own in place_names(current_language().code).items():
        english = english_names[code]
        shown = own if own == english else f"{own} · {english}"
        names = dict.fromkeys((own, english, shown, short_names[code], *_OTHER_NAMES.get(code, ())))
        places.append(Place(code, shown, tuple(name.casefold() for name in names)))
    return places

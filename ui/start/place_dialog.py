"""The first question: where the class is, as the law there decides whether expressions may be read."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QWidget

from fer_desktop.law import expressions_allowed, place_names
from ui.dialogs.base import Dialog
from ui.language import mark, tr
from ui.stylesheet import set_role
from ui.widgets.banner import Banner

_ALLOWED = mark("Expressions can be read here. Your school's own rules may ask for more: check them first.")
_FORBIDDEN = mark(
    "Expressions stay off here: in the EU and EEA the AI Act, Article 5(1)(f), prohibits reading emotions in "
    "education. Who is visible, whose camera is on and your notes still work."
)
_UNKNOWN = mark("Choose a place from the list.")


_SOUGHT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_OTHER_NAMES: Final = {
    "AE": "UAE",
    "CD": "Democratic Republic of the Congo, DRC",
    "CI": "Ivory Coast",
    "CV": "Cabo Verde",
    "CZ": "Czechia",
    "GB": "United Kingdom, Great Britain, England, Scotland, Wales, Northern Ireland",
    "KP": "North Korea, DPRK",
    "KR": "South Korea, Republic of Korea",
    "NL": "Holland",
    "TL": "Timor-Leste",
    "TR": "Türkiye",
    "US": "USA, America",
    "VA": "Holy See",
}
"""What else people type who look for a place."""


class _PlaceCompleter(QCompleter):
    """Finds a place by any of its names, and puts the one of the list into the line."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data())


class PlacePicker(QComboBox):
    """All places by name; typing finds them, by other usual names too."""

    def __init__(self, place: str | None) -> None:
        super().__init__()
        self.setAccessibleName(tr("Where the class is"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        for code, name in _name_places():
            self.addItem(name, code)
            self.setItemData(self.count() - 1, f"{name}, {_OTHER_NAMES.get(code, '')}", _SOUGHT_ROLE)
        completer = _PlaceCompleter(self.model(), self)
        completer.setCompletionRole(_SOUGHT_ROLE)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        if popup is not None:
            set_role(popup, "completions")
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText(tr("Type the name of a country"))
            line.setAccessibleName(tr("Where the class is"))
        self.setCurrentIndex(self.findData(place) if place else -1)
        if place is None:
            self.clearEditText()

    def place(self) -> str | None:
        """The ISO 3166 alpha-2 code of what stands in the line; None where it is no place."""
        index = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        return str(self.itemData(index)) if index >= 0 else None


class PlaceDialog(Dialog):
    """`place()` is the answer once it was accepted."""

    def __init__(self, parent: QWidget | None, *, guess: str | None) -> None:
        super().__init__(
            parent,
            title=tr("Where is your class?"),
            about=tr("The law differs from place to place. This is asked once, and you can change it in the settings."),
            accept=tr("Continue"),
            reject=tr("Later"),
        )
        self.setMinimumWidth(430)
        self.picker = PlacePicker(guess)
        self.consequence = Banner("info", name=tr("What follows"))
        self.body.addWidget(self.picker)
        self.body.addWidget(self.consequence)
        self.picker.currentTextChanged.connect(self._explain)
        self._explain()

    def place(self) -> str | None:
        return self.picker.place()

    def _explain(self) -> None:
        place = self.place()
        self.accept_button.setEnabled(place is not None)
        self.consequence.tell(describe_consequence(place))


def describe_consequence(place: str | None) -> str:
    """What the law of a place means for the teacher, in words."""
    if place is None:
        return tr(_UNKNOWN)
    return tr(_ALLOWED) if expressions_allowed(place) else tr(_FORBIDDEN)


def _name_places() -> list[tuple[str, str]]:
    """The code and the name of every place, by name: in English too, as not every keyboard writes every language."""
    names = [(code, tr(english), english) for code, english in place_names().items()]
    told = [(code, own if own == english else f"{own} · {english}") for code, own, english in names]
    return sorted(told, key=lambda place: place[1])

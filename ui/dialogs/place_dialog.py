"""Asks where the class is, as the law there decides whether expressions may be read."""

from PySide6.QtWidgets import QWidget

from fer_desktop.policy.place import expressions_allowed
from ui.dialogs.base import Dialog
from ui.dialogs.place_picker import PlacePicker
from ui.language import mark, tr
from ui.widgets.banner import Banner

_ALLOWED = mark("Expressions can be read here. Check your school's own rules first: they may be stricter.")
_FORBIDDEN = mark(
    "Expressions stay off here: in the EU and EEA, the AI Act, Article 5(1)(f), prohibits emotion recognition in "
    "education. Presence, cameras and your notes still work."
)
_UNKNOWN = mark("Choose a country from the list.")


class PlaceDialog(Dialog):
    """`place()` is the result once accepted."""

    def __init__(self, parent: QWidget | None, *, guess: str | None) -> None:
        super().__init__(
            parent,
            title=tr("Where is your class?"),
            about=tr("Laws differ by country. You can change this later in the settings."),
            accept=tr("Continue"),
            reject=tr("Later"),
        )
        self.set_least_width(430)
        self.picker = PlacePicker(guess)
        self.consequence = Banner("info", name=tr("What this means"))
        self.body.addWidget(self.picker)
        self.body.addWidget(self.consequence)
        self.picker.currentTextChanged.connect(self._explain)
        self._explain()
        self.picker.setFocus()

    def place(self) -> str | None:
        """The chosen place."""
        return self.picker.place()

    def _explain(self) -> None:
        place = self.place()
        self.accept_button.setEnabled(place is not None)
        self.consequence.show_message(describe_consequence(place))


def describe_consequence(place: str | None) -> str:
    """What the law of a place means, in words."""
    if place is None:
        return tr(_UNKNOWN)
    return tr(_ALLOWED) if expressions_allowed(place) else tr(_FORBIDDEN)

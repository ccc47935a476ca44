"""The colours: whatever differs in hue differs in lightness, too."""

import gc
import weakref
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QStyleOptionButton, QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.base import Dialog
from ui.stylesheet import set_role
from ui.theme import DARK, LIGHT, Theme, apply_theme
from ui.widgets.basics import make_link

LEAST_CONTRAST_OF_AREAS = 1.5
LEAST_CONTRAST_OF_TEXT = 4.5
"""WCAG 2.2, success criterion 1.4.3."""


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_presences_stay_apart_without_hues(theme: Theme) -> None:
    for one, other in combinations(theme.presences, 2):
        assert contrast(one, other) >= LEAST_CONTRAST_OF_AREAS, (one, other)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_stand_out_from_what_they_stand_on(theme: Theme) -> None:
    for text, ground in (
        (theme.text, theme.window),
        (theme.text, theme.surface),
        (theme.text, theme.raised),
        (theme.muted, theme.surface),
        (theme.muted, theme.window),
        (theme.warning, theme.warning_surface),
        (theme.danger, theme.danger_surface),
        (theme.on_accent, theme.accent),
        (theme.accent, theme.surface),
    ):
        assert contrast(text, ground) >= LEAST_CONTRAST_OF_TEXT, (text, ground)


class Cycle:
    """What only the garbage collector frees."""

    def __init__(self) -> None:
        self.itself = self


class Allocating(QWidget):
    """Allocates as much when the style changes as lets the collector run, and counts what is left of `garbage` then."""

    def __init__(self, garbage: list["weakref.ref[Cycle]"]) -> None:
        super().__init__()
        self.garbage = garbage
        self.left: list[int] = []

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 -- Qt's name
        if event.type() == QEvent.Type.StyleChange:
            cycles = [Cycle() for _ in range(2 * gc.get_threshold()[0])]
            self.left.append(sum(cycle() is not None for cycle in self.garbage) if cycles else 0)
        super().changeEvent(event)


def test_nothing_is_collected_while_qt_goes_through_the_widgets(qapp: QApplication, qtbot: QtBot) -> None:
    """A closed window that is deleted in the middle of it takes the program down."""
    garbage: list[weakref.ref[Cycle]] = []
    widget = Allocating(garbage)
    qtbot.addWidget(widget)
    widget.ensurePolished()
    gc.collect()
    garbage.extend(weakref.ref(Cycle()) for _ in range(10))
    widget.left.clear()
    apply_theme(qapp, "dark")
    assert widget.left
    assert set(widget.left) == {10}
    gc.collect()
    assert not any(cycle() for cycle in garbage)


def measure_room(button: QPushButton) -> QRect:
    """Where its text is painted; what is wider is cut."""
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)


@pytest.mark.parametrize("role", ["link", "small-link"])
def test_a_link_keeps_its_room_while_it_has_the_focus_of_a_dialog(qapp: QApplication, qtbot: QtBot, role: str) -> None:
    apply_theme(qapp, "light", text_size="normal")
    dialog = Dialog(None, title="Lesson")
    qtbot.addWidget(dialog)
    link: QPushButton = make_link("Calendar")
    set_role(link, role)
    dialog.body.addWidget(link)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    dialog.reject_button.setFocus()
    before = measure_room(link)
    link.setFocus()
    assert link.isDefault(), "Qt makes the button with the focus the default one"
    assert measure_room(link) == before

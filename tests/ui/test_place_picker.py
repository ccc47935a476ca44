"""Finding the place of a class by typing; the applicable law depends on it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from fer_desktop.settings import Settings
from ui.dialogs.place_dialog import PlaceDialog
from ui.dialogs.place_picker import PlacePicker, list_places, rank_places
from ui.dialogs.settings_dialog import SettingsDialog


def keep(qtbot: QtBot, dialog: QDialog) -> None:
    """So that it can be asked after it was accepted."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[PlacePicker]:
    """In an open dialog, as keys that the field leaves go on to its button."""
    dialog = PlaceDialog(None, guess=None)
    keep(qtbot, dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.picker.setFocus()
    yield dialog.picker
    dialog.picker.popup.hide()


def press(picker: PlacePicker, key: Qt.Key) -> None:
    """Where the key goes: suggestions that are open have it first."""
    QTest.keyClick(picker.popup if picker.popup.isVisible() else picker.line, key)


def write(picker: PlacePicker, text: str) -> None:
    picker.line.clear()
    QTest.keyClicks(picker.line, text)


def suggested(picker: PlacePicker) -> list[str]:
    model = picker.popup.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def highlighted(picker: PlacePicker) -> str:
    return str(picker.popup.currentIndex().data())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("india", ["India", "British Indian Ocean Territory"]),
        ("guinea", ["Guinea", "Guinea-Bissau", "Equatorial Guinea", "Papua New Guinea"]),
        ("ger", ["Germany", "Algeria", "Niger", "Nigeria"]),
        ("united k", ["United Kingdom"]),
        ("uk", ["United Kingdom"]),
        ("britain", ["United Kingdom"]),
        ("england", ["United Kingdom"]),
        ("usa", ["United States"]),
        ("south korea", ["South Korea"]),
        ("korea (south", ["South Korea"]),
        ("turkey", ["Türkiye"]),
        ("ivory", ["Côte d’Ivoire"]),
        ("  germ ", ["Germany"]),
        ("", []),
        ("atlantis", []),
    ],
)
def test_what_was_meant_most_likely_comes_first(typed: str, first: list[str]) -> None:
    assert [place.name for place in rank_places(list_places(), typed)][: len(first) or None] == first


def test_enter_takes_the_only_suggestion(picker: PlacePicker) -> None:
    write(picker, "germ")
    assert picker.place() is None, "not before it was taken"
    assert suggested(picker) == ["Germany"]
    press(picker, Qt.Key.Key_Return)
    assert (picker.currentText(), picker.place()) == ("Germany", "DE")
    assert not picker.popup.isVisible()
    assert picker.window().isVisible(), "taking a suggestion is not yet going on"
    press(picker, Qt.Key.Key_Return)
    assert not picker.window().isVisible()


def test_enter_takes_the_name_that_was_written_out(picker: PlacePicker) -> None:
    write(picker, "india")
    assert highlighted(picker) == "India"
    press(picker, Qt.Key.Key_Return)
    assert picker.place() == "IN"


def test_down_walks_through_the_suggestions_and_enter_takes_one(picker: PlacePicker) -> None:
    write(picker, "guinea")
    assert highlighted(picker) == "Guinea"
    press(picker, Qt.Key.Key_Down)
    assert highlighted(picker) == "Guinea-Bissau"
    assert picker.currentText() == "guinea", "what was typed stands until one is taken"
    press(picker, Qt.Key.Key_Return)
    assert picker.place() == "GW"


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_suggestions_that_were_put_away_come_back(picker: PlacePicker, key: Qt.Key) -> None:
    write(picker, "germ")
    press(picker, Qt.Key.Key_Escape)
    assert not picker.popup.isVisible()
    assert picker.window().isVisible()
    press(picker, key)
    assert highlighted(picker) == "Germany"
    assert picker.currentText() == "germ", "not another place of the list"


def test_another_usual_name_is_a_place_too(picker: PlacePicker) -> None:
    write(picker, "usa")
    assert picker.place() == "US"
    press(picker, Qt.Key.Key_Return)
    assert picker.currentText() == "United States"


class TestSettings:
    @pytest.fixture
    def dialog(self, qtbot: QtBot) -> SettingsDialog:
        dialog = SettingsDialog(None, Settings(place="IN"))
        keep(qtbot, dialog)
        with qtbot.waitExposed(dialog):
            dialog.show()
        return dialog

    @pytest.mark.parametrize("text", ["Atlantis", "germ", ""])
    def test_a_text_that_is_no_place_is_not_passed_over(self, qtbot: QtBot, dialog: SettingsDialog, text: str) -> None:
        dialog.place.setEditText(text)
        with qtbot.assertNotEmitted(dialog.accepted):
            dialog.accept_button.click()
        assert dialog.isVisible()
        assert "not in the list" in dialog.place.accessibleDescription()
        dialog.place.setEditText("Germany")
        with qtbot.waitSignal(dialog.accepted):
            dialog.accept_button.click()
        assert dialog.settings().place == "DE"

    def test_who_has_not_said_a_place_yet_may_change_something_else(self, qtbot: QtBot) -> None:
        dialog = SettingsDialog(None, Settings())
        keep(qtbot, dialog)
        dialog.show()
        with qtbot.waitSignal(dialog.accepted):
            dialog.accept_button.click()
        assert dialog.settings().place is None


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
@pytest.mark.parametrize("arrows", [[], [Qt.Key.Key_Down], [Qt.Key.Key_Down, Qt.Key.Key_Down], [Qt.Key.Key_Up]])
def test_the_only_match_is_taken_however_it_is_reached(picker: PlacePicker, key: Qt.Key, arrows: list[Qt.Key]) -> None:
    write(picker, "german")
    assert suggested(picker) == ["Germany"]
    for arrow in arrows:
        press(picker, arrow)
    press(picker, key)
    assert (picker.place(), picker.currentText()) == ("DE", "Germany")


def test_tab_keeps_the_match_and_goes_on(picker: PlacePicker) -> None:
    write(picker, "german")
    press(picker, Qt.Key.Key_Tab)
    assert picker.place() == "DE"
    assert not picker.popup.isVisible()


def test_tab_takes_the_first_match_where_the_list_was_put_away(picker: PlacePicker) -> None:
    write(picker, "german")
    press(picker, Qt.Key.Key_Escape)
    press(picker, Qt.Key.Key_Tab)
    assert picker.place() == "DE"


def test_tab_leaves_a_text_with_several_matches_as_it_is(picker: PlacePicker) -> None:
    write(picker, "united")
    press(picker, Qt.Key.Key_Escape)
    press(picker, Qt.Key.Key_Tab)
    assert picker.place() is None
    assert picker.currentText() == "united"


def test_what_is_typed_while_all_places_are_listed_goes_into_the_line(picker: PlacePicker) -> None:
    picker.setCurrentIndex(picker.findData("DE"))
    picker.showPopup()
    QTest.keyClicks(picker.view(), "u")
    assert not picker.view().isVisible()
    QTest.keyClicks(picker.line, "nited s")  # after any pause: a list would have begun anew
    press(picker, Qt.Key.Key_Return)
    assert picker.place() == "US"


def test_the_arrow_keys_still_move_through_all_places(picker: PlacePicker) -> None:
    picker.setCurrentIndex(picker.findData("DE"))
    picker.showPopup()
    QTest.keyClick(picker.view(), Qt.Key.Key_Down)
    QTest.keyClick(picker.view(), Qt.Key.Key_Return)
    assert picker.place() == "GH"

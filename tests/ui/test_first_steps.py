"""The first steps, and the settings that go with them."""

from pytestqt.qtbot import QtBot

from fer_desktop.settings import Settings
from ui.dialogs.first_steps import FirstStepsDialog
from ui.dialogs.settings_dialog import SettingsDialog


def test_three_steps_lead_through(qtbot: QtBot) -> None:
    guide = FirstStepsDialog(None, place=None)
    qtbot.addWidget(guide)
    guide.show()
    assert guide.step.text() == "Step 1 of 3"
    assert not guide.accept_button.isEnabled(), "the place is wanted"
    assert not guide.back_button.isVisible()
    guide.picker.setEditText("Germany")
    assert "Article 5(1)(f)" in guide.consequence.text
    guide.accept_button.click()
    assert guide.answered
    guide.accept_button.click()
    assert guide.step.text() == "Step 3 of 3"
    assert guide.accept_button.text() == "Done"
    assert not guide.reject_button.isVisible(), "nothing is left to skip"
    guide.back_button.click()
    assert guide.step.text() == "Step 2 of 3"
    guide.accept_button.click()
    with qtbot.waitSignal(guide.accepted):
        guide.accept_button.click()
    assert guide.place() == "DE"


def test_a_guess_that_was_skipped_was_not_answered(qtbot: QtBot) -> None:
    guide = FirstStepsDialog(None, place="IN")
    qtbot.addWidget(guide)
    guide.show()
    guide.reject_button.click()
    assert not guide.answered


def test_the_rules_of_the_flags_are_read_as_they_are_changed(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.drowsy_after.setValue(45)
    dialog.class_drop.setValue(40)
    dialog.flag_repeat_after.setValue(600)
    fields = (dialog.drowsy_after, dialog.class_drop, dialog.flag_repeat_after)
    words = " ".join(field.accessibleDescription() for field in fields)
    assert "45 s" in words
    assert "40 %" in words
    assert "10 min" in words
    settings = dialog.settings()
    assert (settings.drowsy_after_s, settings.class_drop, settings.flag_repeat_after_s) == (45, 0.4, 600)


def test_comfort_is_kept_in_the_settings(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.text_size.setCurrentIndex(dialog.text_size.findData("larger"))
    dialog.language.setCurrentIndex(dialog.language.findData("hi"))
    dialog.do_not_disturb.setChecked(True)
    settings = dialog.settings()
    assert (settings.text_size, settings.language, settings.do_not_disturb) == ("larger", "hi", True)

"""The settings as a form."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.engagement import FlagRules
from fer_desktop.engagement.rules_text import describe_rules
from fer_desktop.messages import ENGLISH
from fer_desktop.messages.words import FLAG_WORDS
from fer_desktop.settings import PRESETS, Settings
from ui.dialogs.settings_dialog import SettingsDialog


def test_settings_come_out_as_they_went_in(qtbot: QtBot) -> None:
    settings = Settings(place="IN", course="Physics", names_allowed=True, theme="dark", frames_per_second=2.5)
    dialog = SettingsDialog(None, settings)
    qtbot.addWidget(dialog)
    assert dialog.settings() == settings


def test_changed_settings_come_out_changed(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.place.setEditText("France")
    dialog.retention.setValue(90)
    dialog.aggregate_only.setChecked(True)
    dialog.away_after.setValue(30)
    dialog.theme.setCurrentIndex(2)
    changed = dialog.settings()
    assert changed == Settings(place="FR", retention_days=90, aggregate_only=True, away_after_s=30, theme="dark")


def test_names_and_the_class_as_a_whole_exclude_each_other(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN", names_allowed=True))
    qtbot.addWidget(dialog)
    dialog.aggregate_only.setChecked(True)
    assert not dialog.names_allowed.isEnabled()
    assert dialog.settings() == Settings(place="IN", aggregate_only=True)
    dialog.aggregate_only.setChecked(False)
    assert dialog.names_allowed.isEnabled()
    assert "students appear as Student 1, 2" in dialog.names_allowed.accessibleDescription()


def test_the_wheel_scrolls_the_form_and_changes_nothing(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.show()
    middle = QPointF(dialog.away_after.rect().center())
    wheel = QWheelEvent(
        middle,
        dialog.away_after.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(dialog.away_after, wheel)
    assert dialog.settings() == Settings(place="IN")


def test_every_setting_explains_itself_to_screen_readers(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    fields: list[QWidget] = [dialog.place, dialog.frames_per_second, dialog.retention, dialog.away_after]
    assert all(field.accessibleName() and field.accessibleDescription() for field in fields)


def test_a_word_sets_the_numbers_of_the_flags(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    assert dialog.sensitivity.currentData() == "normal"
    for word in ("calm", "sensitive", "normal"):
        dialog.sensitivity.setCurrentIndex(dialog.sensitivity.findData(word))
        dialog.sensitivity.activated.emit(dialog.sensitivity.currentIndex())
        assert dialog.settings().thresholds == PRESETS[word]
        assert f"{PRESETS[word].class_drop:.0%}".replace("%", " %") in dialog.class_drop.accessibleDescription()


def test_each_flag_stands_with_its_name_and_its_rule_without_numbers_of_the_program(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.sections.setCurrentIndex(2)
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    rules = describe_rules(FlagRules(), ENGLISH)
    for kind, name in FLAG_WORDS.items():
        assert texts[texts.index(name) + 1] == rules[kind]
    assert not [text for text in texts if "0." in text]


def test_numbers_of_ones_own_are_called_so_and_shown(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.sections.setCurrentIndex(2)
    assert not dialog.away_after.isVisible()
    dialog.advanced.click()
    assert dialog.away_after.isVisible()
    dialog.away_after.setValue(77)
    assert dialog.sensitivity.currentData() is None
    assert dialog.settings() == Settings(place="IN", away_after_s=77)
    other = SettingsDialog(None, dialog.settings())
    qtbot.addWidget(other)
    other.show()
    other.sections.setCurrentIndex(2)
    assert other.away_after.isVisible()


def test_a_country_that_is_not_known_brings_its_section_to_the_front(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.place.setEditText("Nowhere")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.place.isVisible()


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    dialog = SettingsDialog(None, Settings(place="IN"))
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.reject_button.setFocus()
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog.reject_button, Qt.Key.Key_Return)

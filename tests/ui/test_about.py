"""About shows the version and its day, and once it is old that there may be a newer one: the program never looks."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fer_desktop import RELEASED, __version__
from fer_desktop.messages import ENGLISH
from ui.application import make_application
from ui.dialogs.about_dialog import OLD_AFTER, make_about_dialog
from ui.dialogs.base import Dialog
from ui.language import use_language


def texts_of(dialog: Dialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_the_version_and_its_day_are_shown(qtbot: QtBot) -> None:
    dialog = make_about_dialog(None, today=RELEASED)
    qtbot.addWidget(dialog)
    texts = " ".join(texts_of(dialog))
    assert __version__ in texts
    assert ENGLISH.day(RELEASED) in texts


@pytest.mark.parametrize(("age", "is_said"), [(OLD_AFTER, False), (OLD_AFTER + timedelta(days=1), True)])
def test_after_six_months_there_may_be_a_newer_one(qtbot: QtBot, age: timedelta, is_said: bool) -> None:
    dialog = make_about_dialog(None, today=RELEASED + age)
    qtbot.addWidget(dialog)
    assert ("There may be a newer one where you got this one" in " ".join(texts_of(dialog))) is is_said


def test_in_hindi_too(qtbot: QtBot) -> None:
    use_language("hi")
    dialog = make_about_dialog(None, today=RELEASED + 2 * OLD_AFTER)
    qtbot.addWidget(dialog)
    assert "छह महीने" in " ".join(texts_of(dialog))


def test_windows_have_the_programs_icon(qapp: QApplication) -> None:
    application = make_application()
    assert application is qapp
    drawn = application.windowIcon().pixmap(QSize(64, 64)).toImage()
    assert drawn.pixelColor(QPoint(32, 6)) == QColor("#0a62b0")

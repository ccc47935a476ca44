"""Lessons that were exported elsewhere are imported from the menu of the live window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from fer_desktop.settings import Settings
from tests.ui.controllers import Controllers, dialog_of
from tests.ui.fake_store import make_session
from ui.app_controller import AppController
from ui.dialogs.base import Dialog


def import_files(controller: AppController, *names: str) -> None:
    """Chooses files in the dialog that the menu opens."""
    controller.live.shared_actions.import_lessons.trigger()
    chooser = dialog_of(controller, QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.filesSelected.emit([str(Path("/exports") / name) for name in names])
    chooser.close()


def message_of(controller: AppController, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: dialog_of(controller, Dialog) is not None)
    dialog = dialog_of(controller, Dialog)
    assert isinstance(dialog, Dialog)
    text = dialog.text()
    dialog.close()
    return text


def test_an_imported_lesson_opens_in_the_review(controllers: Controllers, qtbot: QtBot) -> None:
    controllers.engine.store.sessions[2] = make_session(2)
    controller = controllers.open()
    import_files(controller, "2.json")
    qtbot.waitUntil(lambda: controller.review is not None and controller.review.isVisible())
    review = controller.review
    assert review is not None
    qtbot.waitUntil(lambda: review.page.summary is not None and review.page.summary.id == 2)
    assert dialog_of(controller, Dialog) is None


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["there.json"], "Import lessons 1 lesson was already here."),
        (
            ["old.json", "there.json"],
            "Import lessons 1 lesson was deleted here because of its age. Restore in the review brings it back.\n"
            "1 lesson was already here.",
        ),
        (["bad.json"], "Import lessons This is no exported lesson."),
        (
            ["bad.json", "1.json", "there.json"],
            "Import lessons 1 lesson was imported.\nThis is no exported lesson.\n1 lesson was already here.",
        ),
    ],
)
def test_what_else_happened_is_said(controllers: Controllers, qtbot: QtBot, names: list[str], expected: str) -> None:
    controller = controllers.open()
    import_files(controller, *names)
    assert message_of(controller, qtbot) == expected


def test_what_the_rules_here_left_out_is_said_once(controllers: Controllers, qtbot: QtBot) -> None:
    controller = controllers.open(Settings(place="DE", theme="light"))
    import_files(controller, "1.json", "2.json")
    assert message_of(controller, qtbot) == "Import lessons 2 lessons were imported.\nNames were left out."

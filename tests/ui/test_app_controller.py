"""The windows that belong to a controller, and the settings. The engine is a fake."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from fer_desktop.errors import ModelError
from fer_desktop.expression.figures import ExpressionFigures, read_model_summary
from tests.ui.controllers import Controllers, FakeEngine, dialog_of
from tests.ui.fake_store import FakeStore
from ui.dialogs.accuracy_dialog import AccuracyDialog, describe_accuracy, describe_recall
from ui.dialogs.base import Dialog
from ui.dialogs.settings_dialog import SettingsDialog
from ui.review.review_window import ReviewWindow
from ui.theme import DARK, current_theme
from ui.window_places import place_at_left


def test_the_review_opens_whole_on_its_screen(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.open_review()
    review = controller.review
    assert review is not None
    controllers.qtbot.waitUntil(review.page.isVisible)
    assert review.screen().availableGeometry().contains(review.frameGeometry())


def test_ctrl_q_ends_the_program_from_the_review_too(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.open_review()
    assert controller.review is not None
    controller.review.activateWindow()
    controllers.qtbot.waitUntil(controller.review.isActiveWindow)
    QTest.keyClick(controller.review, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    controllers.qtbot.waitUntil(lambda: not controller.live.isVisible())
    assert not controller.review.isVisible()


@pytest.mark.parametrize("free", [QRect(0, 28, 1366, 740), QRect(1920, 0, 1280, 984), QRect(0, 0, 3840, 2100)])
def test_a_large_window_is_no_larger_than_the_screen(qtbot: QtBot, free: QRect) -> None:
    window = ReviewWindow(FakeStore(), lambda *_, **__: None)
    qtbot.addWidget(window)
    wanted = window.size()
    place_at_left(window, free)
    with_title_bar = QRect(window.pos(), window.size() + QSize(0, 40))
    assert free.contains(with_title_bar)
    assert window.size() == wanted or window.height() > free.height() - 80 or window.width() > free.width() - 30


def test_settings_are_stored_and_take_effect(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    controller.open_settings()
    dialog = dialog_of(controller, SettingsDialog)
    assert isinstance(dialog, SettingsDialog)
    dialog.theme.setCurrentIndex(2)
    dialog.accept_button.click()
    assert engine.saved[-1].theme == "dark"
    assert current_theme() is DARK


def test_how_sure_it_is_comes_from_the_model_card(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.live.accuracy_requested.emit()
    dialog = dialog_of(controller, AccuracyDialog)
    assert dialog is not None
    dialog.close()


def test_a_missing_model_card_is_reported(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    engine.card_failure = ModelError("the model card is missing")
    controller.live.accuracy_requested.emit()
    dialog = dialog_of(controller, Dialog)
    assert isinstance(dialog, Dialog)
    assert "The model card is missing." in dialog.text()
    dialog.close()


def test_about_opens(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.live.about_requested.emit()
    dialog = dialog_of(controller, Dialog)
    assert isinstance(dialog, Dialog)
    assert "no pictures are saved" in dialog.text()
    dialog.close()


def test_the_menu_leads_to_the_user_guide_and_the_window_goes_on_being_used(controllers: Controllers) -> None:
    controller = controllers.open()
    menu = controller.live.header.menu_button.menu()
    assert controller.live.shared_actions.user_guide in menu.actions()
    controller.live.shared_actions.user_guide.trigger()
    guide = dialog_of(controller, Dialog)
    assert isinstance(guide, Dialog)
    assert guide.windowTitle() == "User guide"
    assert not guide.isModal()
    guide.close()


def test_accuracy_is_described_in_numbers_and_words() -> None:
    figures = read_model_summary().figures
    described = describe_accuracy(replace(figures, shown=3589, pictures=2854, accuracy=0.634, interval=(0.618, 0.65)))
    assert "3,589 photographs that it had not learned from (they were used to choose and calibrate it)" in described
    assert "agreed on 2,854 of them" in described
    assert "63 of 100 (between 62 and 65)" in described


def test_the_accuracy_dialog_names_what_was_measured_on_other_photographs(controllers: Controllers) -> None:
    controller = controllers.open()
    controller.live.accuracy_requested.emit()
    dialog = dialog_of(controller, AccuracyDialog)
    assert isinstance(dialog, AccuracyDialog)
    outside = read_model_summary().figures.outside
    assert outside is not None
    words = "\n".join(label.text() for label in dialog.findChildren(QLabel))
    assert f"On {outside.pictures:,} news photographs, each read without having learned from that person" in words
    assert f"Of 100 faces that it called negative, {round(100 * outside.negative_right)} were" in words
    dialog.close()


@pytest.mark.parametrize(
    ("recall", "pictures", "words"),
    [
        (0.88, 500, "recognised 88 of 100 times: reliable"),
        (0.6, 500, "recognised 60 of 100 times: fair"),
        (0.55, 500, "recognised 55 of 100 times: often missed"),  # little more than every other one
        (0.88, 40, "recognised 88 of 100 times, in only 40 photographs"),
    ],
)
def test_a_recall_is_described_in_words(recall: float, pictures: int, words: str) -> None:
    assert describe_recall(ExpressionFigures(recall, precision=0.5, pictures=pictures)) == words


def test_what_is_ticked_in_the_window_is_remembered(controllers: Controllers, engine: FakeEngine) -> None:
    controller = controllers.open()
    controller.live.shared_actions.quiet.trigger()
    assert engine.saved[-1].do_not_disturb
    controller.live.shared_actions.on_top.trigger()
    assert engine.saved[-1].always_on_top
    assert engine.saved[-1].do_not_disturb

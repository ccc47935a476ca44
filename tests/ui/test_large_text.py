"""No text is cut, and no page scrolls sideways, in a narrow window with text of 200 percent, in every language."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QWidget,
)

from tests.ui.looks.scenes import SCENES
from tests.ui.looks.stage import settle
from ui.language import use_language
from ui.theme import TEXT_SCALES, apply_theme
from ui.widgets.basics import ElidedLabel

LANGUAGES = ("en", "de", "fr", "es", "hi")
NARROW_PX = {
    "start-first": 360,
    "start-recordings": 360,
    "live": 360,
    "live-waiting": 360,
    "review-narrow": 820,
}
BUTTON_PADDING_PX = 6


@pytest.fixture
def twice_the_text(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(TEXT_SCALES, "larger", 20 / qapp.font().pointSizeF())
    apply_theme(qapp, "light", text_size="larger")
    yield
    apply_theme(qapp, "light")


def text_width(widget: QAbstractButton | QLabel) -> int:
    return widget.fontMetrics().horizontalAdvance(widget.text())


def find_faults(window: QWidget) -> list[str]:
    """Texts that are cut without an ellipsis, and pages that scroll sideways."""
    shown = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
    return [
        *(
            f"cut: {widget.text()}"
            for widget in shown
            if isinstance(widget, QAbstractButton) and widget.text()
            if widget.width() < text_width(widget) + BUTTON_PADDING_PX
        ),
        *(
            f"cut: {widget.text()}"
            for widget in shown
            if isinstance(widget, QLabel) and not isinstance(widget, ElidedLabel) and not widget.wordWrap()
            if widget.width() < text_width(widget)
        ),
        *(
            f"scrolls sideways: {type(widget).__name__}"
            for widget in shown
            if isinstance(widget, QScrollArea) and widget.horizontalScrollBar().maximum() > 0
        ),
    ]


@pytest.mark.usefixtures("twice_the_text")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", NARROW_PX)
def test_nothing_is_cut(scene: str, language: str) -> None:
    use_language(language)
    with SCENES[scene].play() as window:
        window.resize(NARROW_PX[scene], 900)
        settle()
        assert window.width() == NARROW_PX[scene]
        assert find_faults(window) == []


@pytest.mark.usefixtures("twice_the_text")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scene", ["guide-place", "guide-inform", "consent", "windows", "settings-class"])
def test_the_buttons_of_a_dialog_are_as_high_as_their_text(scene: str, language: str) -> None:
    """Signs of Devanagari stand above and below Latin letters."""
    use_language(language)
    with SCENES[scene].play() as dialog:
        settle()
        buttons = [button for button in dialog.findChildren(QPushButton) if button.isVisible() and button.text()]
        assert buttons
        for button in buttons:
            assert button.height() >= button.fontMetrics().boundingRect(button.text()).height(), button.text()
            assert dialog.rect().contains(button.geometry()) or button.parentWidget() is not dialog, button.text()


@pytest.mark.usefixtures("twice_the_text")
def test_a_dialog_grows_with_its_text() -> None:
    """Of the first page nothing has to be scrolled: what the law of the country means stands at its end."""
    use_language("en")
    with SCENES["guide-place"].play() as dialog:
        settle()
        areas = dialog.findChildren(QScrollArea)
        assert areas
        assert all(area.verticalScrollBar().maximum() == 0 for area in areas)


@pytest.mark.parametrize("scene", ["guide-place", "consent", "windows", "settings", "accuracy", "export"])
def test_no_dialog_is_larger_than_the_screen(monkeypatch: pytest.MonkeyPatch, scene: str) -> None:
    """As on a laptop of 1280 x 800 pixels that shows everything twice as large."""
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, 640, 400))
    with SCENES[scene].play() as dialog:
        settle()
        assert dialog.width() <= 640
        assert dialog.height() <= 400


@pytest.mark.usefixtures("twice_the_text")
def test_lines_above_a_page_that_scrolls_keep_their_height() -> None:
    with SCENES["live"].play() as window:
        assert isinstance(window, QMainWindow)
        window.resize(360, 900)
        settle()
        labels = [label for label in window.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
        assert labels
        for label in labels:
            assert label.height() >= label.heightForWidth(label.width()), label.text()

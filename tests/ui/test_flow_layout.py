"""Widgets beside each other, and in another line where they have no room."""

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.flow_layout import FlowLayout, WrappedWords


class Block(QWidget):
    """As wide and high as asked for."""

    def __init__(self, width: int, height: int = 20, *, fills: bool = False) -> None:
        super().__init__()
        self._hint = QSize(width, height)
        horizontal = QSizePolicy.Policy.Ignored if fills else QSizePolicy.Policy.Preferred
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self._hint


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


def lay_out(window: QWidget, *blocks: QWidget, width: int) -> list[QRect]:
    flow = FlowLayout(window, spacing_px=10)
    for block in blocks:
        flow.addWidget(block)
    window.resize(width, flow.heightForWidth(width))
    window.show()
    return [block.geometry() for block in blocks]


def test_widgets_stand_beside_each_other_where_they_have_room(window: QWidget) -> None:
    assert lay_out(window, Block(100), Block(50), width=160) == [QRect(0, 0, 100, 20), QRect(110, 0, 50, 20)]


def test_a_widget_without_room_goes_into_the_next_line(window: QWidget) -> None:
    assert lay_out(window, Block(100), Block(50), width=159) == [QRect(0, 0, 100, 20), QRect(0, 30, 50, 20)]
    assert window.height() == 50


def test_a_widget_wider_than_the_window_is_as_wide_as_the_window(window: QWidget) -> None:
    assert lay_out(window, Block(300), width=200) == [QRect(0, 0, 200, 20)]


def test_a_filling_widget_takes_what_its_line_has_left(window: QWidget) -> None:
    first, second = lay_out(window, Block(40, fills=True), Block(50), width=200)
    assert (first.width(), second.left()) == (140, 150)


def test_a_filling_widget_is_not_cut_for_the_sake_of_others(window: QWidget) -> None:
    first, second = lay_out(window, Block(160, fills=True), Block(50), width=200)
    assert (first.width(), second.top()) == (200, 30)


def test_an_elided_widget_never_needs_a_line_of_its_own(window: QWidget) -> None:
    flow, first, source = FlowLayout(window, spacing_px=10), Block(100), Block(400, fills=True)
    flow.addWidget(first)
    flow.add_elided(source)
    window.resize(200, flow.heightForWidth(200))
    window.show()
    assert source.geometry() == QRect(110, 0, 90, 20)


def test_lower_widgets_stand_in_the_middle_of_their_line(window: QWidget) -> None:
    assert lay_out(window, Block(50, 40), Block(50, 20), width=200)[1].top() == 10


def test_lines_stand_in_the_middle_of_a_height_that_is_more_than_they_need(window: QWidget) -> None:
    block = Block(50, 20)
    FlowLayout(window).addWidget(block)
    window.resize(100, 60)
    window.show()
    assert block.y() == 20


def test_hidden_widgets_take_no_room(window: QWidget) -> None:
    hidden = Block(100)
    hidden.setVisible(False)
    assert lay_out(window, hidden, Block(50), width=100)[1] == QRect(0, 0, 50, 20)


def test_a_widget_can_be_put_before_others(window: QWidget) -> None:
    flow, first, second = FlowLayout(window), Block(50), Block(50)
    flow.addWidget(second)
    flow.insert_widget(0, first)
    window.resize(200, 20)
    window.show()
    assert first.x() < second.x()


def test_the_hint_is_one_line_and_the_least_width_that_of_the_widest(window: QWidget) -> None:
    flow = FlowLayout(window, spacing_px=10)
    for width in (100, 50):
        block = Block(width)
        block.setMinimumWidth(width - 10)
        flow.addWidget(block)
    assert flow.sizeHint() == QSize(160, 20)
    assert flow.minimumSize().width() == 90


def test_wrapped_words_stand_beside_a_button_where_they_can_be_read(window: QWidget) -> None:
    words = WrappedWords(spacing_px=0)
    readable = words.sizeHint().width()
    assert lay_out(window, words, Block(80), width=readable + 90)[1].left() == readable + 10


def test_wrapped_words_stand_above_a_button_where_they_could_not_be_read_beside_it(window: QWidget) -> None:
    words = WrappedWords(spacing_px=0)
    label = QLabel("a message that is long enough to wrap in a window of this width")
    label.setWordWrap(True)
    words.column.addWidget(label)
    above, below = lay_out(window, words, Block(80), width=words.sizeHint().width() + 89)
    assert below.top() >= above.bottom()
    assert above.height() >= label.heightForWidth(label.width())

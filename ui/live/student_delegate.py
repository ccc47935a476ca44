"""Paints a student's cell: symbol, name, state, a small timeline, and each flag with its reason."""

import re
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, qRgb
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from fer_desktop.types import Flag, Presence, StudentState
from ui.live.student_history import NOTHING, UNSURE, make_strip
from ui.live.student_model import HISTORY_ROLE, SHORT_WORDS_ROLE, STATE_ROLE, WORDS_ROLE
from ui.live.students_view import StudentsView
from ui.symbols import draw_flag, draw_presence
from ui.theme import Theme, current_theme
from ui.widgets.row_painting import font_of, make_bold, paint_selected, rect_of
from ui.words import describe_flag, label_student

_PAD: Final = 3
_GAP: Final = 2
_SYMBOL: Final = 11
_TEXT_LEFT: Final = 24
_MARK: Final = 8
_STRIP_PX: Final = 4
_WORDS_SHARE: Final = 0.45
"""Of a cell, that a state gets beside a long name."""
_FADED: Final = 0.6
_BEFORE_UNIT: Final = re.compile(r"(?<=\d) ")
_WRAPPED: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class StudentDelegate(QStyledItemDelegate):
    """Cells are one line and a timeline high. A flagged student has a whole row, with the flag's text.

    `faded`: paints cells in reduced opacity, as their states are out of date.
    """

    def __init__(self, view: StudentsView) -> None:
        super().__init__(view)
        self._view = view
        self.expressions_on = True
        self.faded = False

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        state: StudentState = index.data(STATE_ROLE)
        metrics = QFontMetrics(font_of(option))
        width = self._view.viewport().width() if state.flags else self._view.column_width
        lines = self._text_width(width)
        flags = sum(_GAP + _wrap(metrics, _flag_text(flag), lines).height() for flag in state.flags)
        return QSize(width, 2 * _PAD + metrics.height() + _GAP + _STRIP_PX + flags)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state: StudentState = index.data(STATE_ROLE)
        theme, rect = current_theme(), rect_of(option)
        painter.save()
        painter.setFont(font_of(option))
        self._paint_ground(painter, rect, option, theme, flagged=bool(state.flags))
        painter.setOpacity(_FADED if self.faded else 1)
        line = painter.fontMetrics().height()
        top = QRect(rect.left(), rect.top() + _PAD, rect.width() - _PAD, line)
        whole_row = bool(state.flags) or self._view.columns == 1
        words = index.data(WORDS_ROLE if whole_row else SHORT_WORDS_ROLE)
        self._paint_state(painter, state, top, words, theme, font_of(option))
        text = QRect(top.left() + _TEXT_LEFT, top.bottom() + 1 + _GAP, self._text_width(rect.width()), _STRIP_PX)
        if not state.excluded:
            painter.drawImage(text, make_strip_image(index.data(HISTORY_ROLE), theme))
        below = text.translated(0, _STRIP_PX + _GAP)
        for flag in state.flags:
            below = self._paint_flag(painter, _flag_text(flag), below, theme)
        painter.restore()

    @staticmethod
    def _text_width(width: int) -> int:
        return max(1, width - _PAD - _TEXT_LEFT)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, theme: Theme, *, flagged: bool
    ) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            paint_selected(painter, rect, theme)
        elif flagged:
            painter.fillRect(rect, QColor(theme.warning_surface))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.track))

    def _paint_state(
        self, painter: QPainter, state: StudentState, line: QRect, words: str, theme: Theme, font: QFont
    ) -> None:
        middle = line.center().y()
        symbol = QRectF(line.left() + 8, middle - _SYMBOL / 2 + 0.5, _SYMBOL, _SYMBOL)
        if not state.excluded:
            draw_presence(painter, state.presence, symbol, theme)
        bold = make_bold(font) if state.flags else font
        text = QRect(line.left() + _TEXT_LEFT, line.top(), line.width() - _TEXT_LEFT, line.height())
        expression = state.expression if self.expressions_on and state.presence is Presence.VISIBLE else None
        room = text.width() - (0 if expression is None else _MARK + _GAP) - 3 * _GAP
        label, words = _share_room(
            label_student(state.student, state.label), words, QFontMetrics(bold), QFontMetrics(font), room
        )
        painter.setFont(bold)
        painter.setPen(QColor(theme.muted if state.excluded else theme.text))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if expression is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.colour_of(expression)))
            left = text.right() - QFontMetrics(font).horizontalAdvance(words) - _MARK - _GAP
            painter.drawRoundedRect(QRectF(left, middle - _MARK / 2 + 0.5, _MARK, _MARK), 2, 2)

    def _paint_flag(self, painter: QPainter, words: str, place: QRect, theme: Theme) -> QRect:
        """Returns the place of the next flag."""
        metrics = painter.fontMetrics()
        text = _wrap(metrics, words, place.width()).translated(place.topLeft())
        middle = text.top() + metrics.height() / 2
        draw_flag(painter, QRectF(place.left() - 18, middle - _SYMBOL / 2 + 0.5, _SYMBOL, _SYMBOL), theme)
        painter.setPen(QColor(theme.warning))
        painter.drawText(text, _WRAPPED, words)
        return place.translated(0, text.height() + _GAP)


def _share_room(
    label: str, words: str, label_metrics: QFontMetrics, metrics: QFontMetrics, room: int
) -> tuple[str, str]:
    """A name and a state, elided where they do not fit together: the state gets what a name leaves, or its share."""
    left_over = room - label_metrics.horizontalAdvance(label)
    words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(left_over, round(room * _WORDS_SHARE)))
    label_room = room - metrics.horizontalAdvance(words)
    return label_metrics.elidedText(label, Qt.TextElideMode.ElideRight, label_room), words


def _flag_text(flag: Flag) -> str:
    """The flag in words, without line breaks between a number and its unit."""
    return _BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", describe_flag(flag))


def make_strip_image(codes: NDArray[np.uint8], theme: Theme) -> QImage:
    """A student's small timeline, one pixel a slot, to be scaled to the width of the row."""
    picture = np.ascontiguousarray(make_strip(codes))
    image = QImage(picture.data, picture.shape[1], picture.shape[0], picture.shape[1], QImage.Format.Format_Indexed8)
    image.setColorTable(_strip_colours(theme))
    return image.copy()  # off numpy's memory


@lru_cache(maxsize=4)
def _strip_colours(theme: Theme) -> list[int]:
    names = [*theme.expressions, *[theme.muted] * (NOTHING - UNSURE), theme.track]
    colours = [QColor(name) for name in names]
    return [qRgb(colour.red(), colour.green(), colour.blue()) for colour in colours]


def _wrap(metrics: QFontMetrics, words: str, width: int) -> QRect:
    """The bounding rectangle of `words` in lines of `width`, at the origin."""
    return QRect(0, 0, width, metrics.boundingRect(QRect(0, 0, width, 10_000), _WRAPPED, words).height())

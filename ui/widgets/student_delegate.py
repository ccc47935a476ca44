"""Paints one student's row: symbol, name, state in words; for a flag a second line with its reason."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fer_desktop.types import Presence, StudentState
from ui.symbols import draw_flag, draw_presence
from ui.theme import Theme, current_theme
from ui.widgets.student_model import STATE_ROLE, WORDS_ROLE
from ui.words import FLAG_WORDS

_PAD: Final = 6
_SYMBOL: Final = 11
_TEXT_LEFT: Final = 26
_MARK: Final = 8


class StudentDelegate(QStyledItemDelegate):
    """Rows are one line high, two where there is a flag."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.expressions_on = True

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        state: StudentState = index.data(STATE_ROLE)
        line = QFontMetrics(_font_of(option)).height()
        lines = 1 + len(state.flags)
        return QSize(180, line * lines + 2 * _PAD + 3 * (lines - 1))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state: StudentState = index.data(STATE_ROLE)
        theme, rect = current_theme(), _rect_of(option)
        painter.save()
        self._paint_ground(painter, rect, option, theme, flagged=bool(state.flags))
        line = QFontMetrics(_font_of(option)).height()
        top = QRect(rect.left(), rect.top() + _PAD, rect.width() - _PAD, line)
        self._paint_state(painter, state, top, index.data(WORDS_ROLE), theme, _font_of(option))
        for number, flag in enumerate(state.flags, start=1):
            below = top.translated(0, number * (line + 3))
            self._paint_flag(painter, f"{FLAG_WORDS[flag.kind]}: {flag.reason}", below, theme)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, theme: Theme, *, flagged: bool
    ) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.info_surface))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))
        elif flagged:
            painter.fillRect(rect, QColor(theme.warning_surface))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.track))

    def _paint_state(
        self, painter: QPainter, state: StudentState, line: QRect, words: str, theme: Theme, font: QFont
    ) -> None:
        middle = line.center().y()
        symbol = QRectF(line.left() + 8, middle - _SYMBOL / 2 + 0.5, _SYMBOL, _SYMBOL)
        if not state.excluded:
            draw_presence(painter, state.presence, symbol, theme)
        metrics = QFontMetrics(font)
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width() * 2 // 3)
        words_width = metrics.horizontalAdvance(words)
        text = QRect(line.left() + _TEXT_LEFT, line.top(), line.width() - _TEXT_LEFT, line.height())
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold if state.flags else QFont.Weight.Normal)
        painter.setFont(bold)
        painter.setPen(QColor(theme.muted if state.excluded else theme.text))
        label = QFontMetrics(bold).elidedText(
            state.label, Qt.TextElideMode.ElideRight, text.width() - words_width - 3 * _PAD - _MARK
        )
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        if self.expressions_on and state.expression is not None and state.presence is Presence.VISIBLE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.colour_of(state.expression)))
            left = text.right() - words_width - _MARK - _PAD
            painter.drawRoundedRect(QRectF(left, middle - _MARK / 2 + 0.5, _MARK, _MARK), 2, 2)

    def _paint_flag(self, painter: QPainter, reason: str, line: QRect, theme: Theme) -> None:
        middle = line.center().y()
        draw_flag(painter, QRectF(line.left() + 8, middle - _SYMBOL / 2 + 0.5, _SYMBOL, _SYMBOL), theme)
        painter.setPen(QColor(theme.warning))
        text = QRect(line.left() + _TEXT_LEFT, line.top(), line.width() - _TEXT_LEFT, line.height())
        shown = painter.fontMetrics().elidedText(reason, Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _rect_of(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _font_of(option: QStyleOptionViewItem) -> QFont:
    font: QFont = option.font
    return font

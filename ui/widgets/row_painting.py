"""Painting that the delegates of all lists share."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme import Theme


def font_of(option: QStyleOptionViewItem) -> QFont:
    """The option's font, typed."""
    font: QFont = option.font
    return font


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """The option's rectangle, typed."""
    rect: QRect = option.rect
    return rect


def make_bold(font: QFont) -> QFont:
    """The font in demi-bold."""
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def paint_selected(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """The background of the selected row: a colour, and a bar at its left, so that colour is not the only cue."""
    painter.fillRect(rect, QColor(theme.info_surface))
    painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))


def paint_text(painter: QPainter, rect: QRect, text: str, colour: str) -> None:
    """Paints one line in the painter's font, elided to the width of `rect`."""
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

"""What the delegates of all lists paint alike."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme import Theme


def font_of(option: QStyleOptionViewItem) -> QFont:
    font: QFont = option.font
    return font


def rect_of(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def make_bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def paint_selected(painter: QPainter, rect: QRect, theme: Theme) -> None:
    """The ground of the selected row: a colour, and a bar at its left for who does not see that."""
    painter.fillRect(rect, QColor(theme.info_surface))
    painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(theme.accent))


def paint_text(painter: QPainter, rect: QRect, text: str, colour: str) -> None:
    """In the painter's font, cut with an ellipsis where it is too long."""
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

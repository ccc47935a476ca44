"""Icons and state symbols, drawn as vectors in the theme's colours. Each state has a shape of its own."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from fer_desktop.types import PipelineState, Presence
from ui.theme import Theme

_STROKE: Final = 'fill="none" stroke="{colour}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
_PATHS: Final = {
    "region": '<path d="M4 8V5a1 1 0 0 1 1-1h3M11 4h2M16 4h3a1 1 0 0 1 1 1v3M20 11v2M20 16v3a1 1 0 0 1-1 1h-3M13 20h-2'
    'M8 20H5a1 1 0 0 1-1-1v-3M4 13v-2"/><path d="M9 12h6M12 9v6"/>',
    "again": '<path d="M4 12a8 8 0 1 0 2.6-5.9"/><path d="M4 4v4.5h4.5"/><path d="M12 8v4.5l3 1.8"/>',
    "window": '<rect x="3" y="4.5" width="18" height="15" rx="1.5"/><path d="M3 9h18M6 6.8v.1M8.5 6.8v.1"/>',
    "monitor": '<rect x="3" y="4" width="18" height="12.5" rx="1.5"/><path d="M9 20.5h6M12 16.5v4"/>',
    "film": '<rect x="3" y="5" width="18" height="14" rx="1.5"/><path d="M10 9.2v5.6l5-2.8z"/>',
    "camera": '<rect x="2.5" y="6.5" width="13" height="11" rx="2"/><path d="M15.5 11l6-3.2v8.4l-6-3.2z"/>',
    "class": '<circle cx="8" cy="9" r="3"/><path d="M2.5 19c.4-3.4 2.6-5 5.5-5s5.1 1.6 5.5 5"/>'
    '<circle cx="16.5" cy="8" r="2.5"/><path d="M16 13.2c2.9-.2 5 1.3 5.5 4.3"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "pause": '<path d="M8.5 6v12M15.5 6v12"/>',
    "play": '<path d="M8 5.5v13l10.5-6.5z"/>',
    "stop": '<rect x="6.5" y="6.5" width="11" height="11" rx="1"/>',
    "bookmark": '<path d="M7 4h10a.8.8 0 0 1 .8.8V20l-5.8-4.2L6.2 20V4.8A.8.8 0 0 1 7 4z"/>',
    "flag": '<path d="M12 4.5L20.5 19H3.5z"/><path d="M12 10v4M12 16.4v.1"/>',
    "more": '<path d="M6 12v.1M12 12v.1M18 12v.1" stroke-width="2.6"/>',
    "note": '<path d="M5 4.5h14v10L14.5 19.5H5z"/><path d="M14.5 19.5v-5H19M8.5 9h7M8.5 12.5h4"/>',
    "drop": '<path d="M4 6.5l6 6 3-3 7 7"/><path d="M20 11.5v5h-5"/>',
    "back": '<path d="M14.5 6l-6 6 6 6"/>',
    "dot": '<circle cx="12" cy="12" r="3"/>',
    "down": '<path d="M6 9.5l6 6 6-6"/>',
    "right": '<path d="M9.5 6l6 6-6 6"/>',
    "bin": '<path d="M4.5 7h15M10 4h4M7 7l.8 12.5h8.4L17 7M10.5 11v5M13.5 11v5"/>',
    "export": '<path d="M12 15V4M7.5 8L12 3.8 16.5 8M5 14v5.2h14V14"/>',
    "strip": '<rect x="3" y="9" width="18" height="6" rx="1.5"/>',
    "whole": '<rect x="5" y="3.5" width="14" height="17" rx="1.5"/><path d="M5 8.5h14"/>',
    "place": '<path d="M12 20.5c-4-4.2-6-7.4-6-10.2a6 6 0 0 1 12 0c0 2.8-2 6-6 10.2z"/>'
    '<circle cx="12" cy="10.2" r="2.2"/>',
    "follow-up": '<path d="M4 6.5l1.6 1.6L8.5 5M4 12.5l1.6 1.6 2.9-3.1'
    'M4 18.5l1.6 1.6 2.9-3.1M12 6.8h8M12 12.8h8M12 18.8h8"/>',
    "chart": '<path d="M4 4v16h16"/><path d="M7.5 15l3.5-4.5 3.5 2.5 5-6.5"/>',
}


@lru_cache(maxsize=256)
def make_icon(name: str, colour: str, size_px: int = 20) -> QIcon:
    """The icon called `name`, sharp on screens of up to three times the density."""
    icon = QIcon()
    for ratio in (1, 2, 3):
        icon.addPixmap(_render(name, colour, size_px * ratio))
    return icon


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    body = f"<g {_STROKE.format(colour=colour)}>{_PATHS[name]}</g>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{body}</svg>'
    return QSvgRenderer(QByteArray(svg.encode()))


def _render(name: str, colour: str, side_px: int) -> QPixmap:
    pixmap = QPixmap(QSize(side_px, side_px))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _renderer(name, colour).render(painter)
    painter.end()
    return pixmap


def pick_symbol(state: PipelineState, *, waiting: bool) -> PipelineState:
    """The state whose symbol is shown: a session that waits for its picture looks like a starting one."""
    return PipelineState.STARTING if waiting else state


def draw_state(painter: QPainter, state: PipelineState, rect: QRectF, theme: Theme) -> None:
    """Disc: watching; two bars: paused; ring: starting or stopping; square: stopped; triangle: fault."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state is PipelineState.RUNNING:
        _fill(painter, theme.good)
        painter.drawEllipse(rect)
    elif state is PipelineState.PAUSED:
        _fill(painter, theme.warning)
        width = rect.width() / 3
        painter.drawRect(QRectF(rect.left(), rect.top(), width, rect.height()))
        painter.drawRect(QRectF(rect.right() - width, rect.top(), width, rect.height()))
    elif state is PipelineState.FAULTED:
        _fill(painter, theme.danger)
        painter.drawPolygon(_triangle(rect))
    elif state is PipelineState.STOPPED:
        _fill(painter, theme.muted)
        painter.drawRect(rect.adjusted(1, 1, -1, -1))
    else:
        _outline(painter, theme.accent, 2)
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))


def draw_presence(painter: QPainter, presence: Presence, rect: QRectF, theme: Theme) -> None:
    """Disc: visible; half disc: face not seen; ring: nobody in view; crossed square: camera off; dots: out of view;
    dash: away.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if presence is Presence.VISIBLE:
        _fill(painter, theme.good)
        painter.drawEllipse(rect)
    elif presence is Presence.EMPTY:
        _outline(painter, theme.muted, 1.5)
        painter.drawEllipse(rect.adjusted(0.75, 0.75, -0.75, -0.75))
    elif presence is Presence.UNREADABLE:
        _outline(painter, theme.muted, 1.5)
        painter.drawEllipse(rect.adjusted(0.75, 0.75, -0.75, -0.75))
        _fill(painter, theme.muted)
        painter.drawPie(rect, 90 * 16, 180 * 16)
    elif presence is Presence.CAMERA_OFF:
        _outline(painter, theme.muted, 1.5)
        inner = rect.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.drawRect(inner)
        painter.drawLine(inner.topRight(), inner.bottomLeft())
    elif presence is Presence.OUT_OF_VIEW:
        _fill(painter, theme.muted)
        for shift in (-0.36, 0.0, 0.36):
            side = rect.width() / 9
            painter.drawEllipse(rect.center() + QPointF(shift * rect.width(), 0), side, side)
    else:
        _outline(painter, theme.muted, 2)
        middle = rect.center().y()
        painter.drawLine(QPointF(rect.left() + 1, middle), QPointF(rect.right() - 1, middle))


def draw_flag(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """A triangle with an exclamation mark."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _fill(painter, theme.warning)
    painter.drawPolygon(_triangle(rect))
    painter.setPen(QPen(QColor(theme.surface), 1.6))
    x, height = rect.center().x(), rect.height()
    painter.drawLine(QPointF(x, rect.top() + height * 0.38), QPointF(x, rect.top() + height * 0.66))
    painter.drawPoint(QPointF(x, rect.top() + height * 0.82))


def _triangle(rect: QRectF) -> QPolygonF:
    return QPolygonF([QPointF(rect.center().x(), rect.top()), rect.bottomRight(), rect.bottomLeft()])


def _fill(painter: QPainter, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))


def _outline(painter: QPainter, colour: str, width: float) -> None:
    painter.setPen(QPen(QColor(colour), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)

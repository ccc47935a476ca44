"""A small map of the call: where each student's tile is, without a picture."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import Frame, Observation, Presence, StudentState
from ui.language import tr
from ui.theme import current_theme
from ui.words import label_student

_MAX_HEIGHT_PX: Final = 112
_GAP_PX: Final = 1
_SMALL_PX: Final = 9


class TileMap(QWidget):
    """The tiles as they lie in the call, with number or name. `chosen(int)`: the student of a tile was clicked.

    Flags have a thick border and a mark, so that colour is never alone. Keeps no frame.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[tuple[QRectF, StudentState]] = []
        self._aspect = 9 / 16
        self._selected: int | None = None
        self.setAccessibleName(tr("Where each student is in the call"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setVisible(False)

    def show_observation(self, observation: Observation | None) -> None:
        """Shows where the listed students are; hides the map for None, and without any tile."""
        self._tiles = [] if observation is None else _place_tiles(observation)
        self.setVisible(bool(self._tiles))
        if observation is not None and self._tiles:
            self._tiles, self._aspect = _crop(self._tiles, observation.result.frame)
            self._fit_height()
        self.update()

    def select(self, student: int | None) -> None:
        """Outlines a student's tile."""
        self._selected = student
        self.update()

    def student_at(self, x: float, y: float) -> int | None:
        """The student whose tile is at this place of the widget."""
        found = [state.student for rect, state in self._tiles if self._scaled(rect).contains(x, y)]
        return found[0] if found else None

    def texts(self) -> list[str]:
        """What stands in the tiles."""
        return [_short_label(state) for _, state in self._tiles]

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        student = self.student_at(event.position().x(), event.position().y())
        if student is not None:
            self.chosen.emit(student)

    def event(self, event: QEvent) -> bool:
        """Shows the whole name of a tile as a tool tip."""
        if isinstance(event, QHelpEvent):
            student = self.student_at(event.pos().x(), event.pos().y())
            labels = {state.student: state.label for _, state in self._tiles}
            words = "" if student is None else label_student(student, labels[student])
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for rect, state in self._tiles:
            self._paint_tile(painter, self._scaled(rect), state)

    def _paint_tile(self, painter: QPainter, rect: QRectF, state: StudentState) -> None:
        theme = current_theme()
        here = state.presence in (Presence.VISIBLE, Presence.UNREADABLE) and not state.excluded
        painter.fillRect(rect, QColor(theme.warning_surface if state.flags else theme.raised if here else theme.track))
        selected = state.student == self._selected
        border = theme.accent if selected else theme.warning if state.flags else theme.border
        painter.setPen(QPen(QColor(border), 2 if selected or state.flags else 1))
        painter.drawRect(rect)
        font = QFont(self.font())
        font.setPixelSize(max(_SMALL_PX, min(round(rect.height() * 0.5), self.fontMetrics().height())))
        painter.setFont(font)
        painter.setPen(QColor(theme.text if here else theme.muted))
        words = ("! " if state.flags else "") + _short_label(state)
        if not words[-1].isdigit():  # a number says nothing once it is cut
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(rect.width()) - 4)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, words)

    def _scaled(self, rect: QRectF) -> QRectF:
        """A rectangle in shares of the shown part of the frame, in the middle of the widget."""
        width = min(float(self.width()), self.height() / self._aspect)
        height, left = width * self._aspect, (self.width() - width) / 2
        scaled = QRectF(left + rect.x() * width, rect.y() * height, rect.width() * width, rect.height() * height)
        return scaled.adjusted(_GAP_PX, _GAP_PX, -_GAP_PX, -_GAP_PX)

    def _fit_height(self) -> None:
        self.setFixedHeight(min(_MAX_HEIGHT_PX, round(self.width() * self._aspect)))


def _place_tiles(observation: Observation) -> list[tuple[QRectF, StudentState]]:
    """The tiles of the listed students, in shares of the frame."""
    frame, states = observation.result.frame, {state.student: state for state in observation.students}
    return [
        (
            QRectF(
                place.tile.box.x / frame.width,
                place.tile.box.y / frame.height,
                place.tile.box.width / frame.width,
                place.tile.box.height / frame.height,
            ),
            states[place.student],
        )
        for place in observation.result.tiles
        if place.student in states
    ]


def _crop(tiles: list[tuple[QRectF, StudentState]], frame: Frame) -> tuple[list[tuple[QRectF, StudentState]], float]:
    """The tiles in shares of the part of the frame that they fill, and the height of that part over its width."""
    part = QRectF()
    for rect, _ in tiles:
        part = part.united(rect)
    cropped = [
        (
            QRectF(
                (rect.x() - part.x()) / part.width(),
                (rect.y() - part.y()) / part.height(),
                rect.width() / part.width(),
                rect.height() / part.height(),
            ),
            state,
        )
        for rect, state in tiles
    ]
    return cropped, part.height() * frame.height / (part.width() * frame.width)


def _short_label(state: StudentState) -> str:
    """A name, or the number alone."""
    named = state.label not in ("", pseudonym(state.student))
    return state.label if named else str(state.student)

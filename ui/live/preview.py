"""The analysed frame, with a box around every face."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Expression, FaceReading, Frame, Observation
from ui.language import tr
from ui.theme import current_theme
from ui.words import EXPRESSION_WORDS

_WORDS_FROM_PX: Final = 30
"""Narrower boxes show only the student number: an expression would hide the faces beside."""


class Preview(QWidget):
    """Shows the newest observation and keeps no earlier frame. `anonymous`: boxes without numbers and expressions.

    The tile of the selected student is outlined, with or without a face.
    """

    def __init__(self) -> None:
        super().__init__()
        self._observation: Observation | None = None
        self._picture = QImage()
        self.anonymous = False
        self._selected: int | None = None
        self.setAccessibleName(tr("Picture of the call with a box around every face"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def has_frame(self) -> bool:
        """Whether a frame is kept at the moment."""
        return not self._picture.isNull()

    def show_observation(self, observation: Observation | None) -> None:
        """Shows an observation; None empties the preview."""
        changed_shape = self._aspect_of(observation) != self._aspect_of(self._observation)
        self._observation = observation
        self._picture = QImage() if observation is None else self._scale(observation.result.frame)
        if changed_shape:
            self._fit_height()
        self.update()

    def select(self, student: int | None) -> None:
        """Outlines a student's tile."""
        self._selected = student
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = current_theme()
        if self._observation is None:
            painter.fillRect(self.rect(), QColor(theme.raised))
            painter.setPen(QColor(theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Not watching"))
            return
        frame = self._observation.result.frame
        area = self._picture_area(frame)
        painter.drawImage(area, self._picture)
        scale = area.width() / frame.width
        painter.translate(area.topLeft())
        expressions = {} if self.anonymous else {each.student: each.expression for each in self._observation.students}
        for reading in self._observation.result.faces:
            self._paint_face(painter, reading, scale, expressions)
        if self._selected in expressions:
            for place in self._observation.result.tiles:
                if place.student == self._selected:
                    painter.setPen(QPen(QColor(theme.accent), 3))
                    painter.drawRect(_scale_box(place.tile.box, scale))

    def _paint_face(
        self, painter: QPainter, reading: FaceReading, scale: float, expressions: dict[int, Expression | None]
    ) -> None:
        rect = _scale_box(reading.face.box, scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 140), 3))
        painter.drawRect(rect)
        painter.setPen(QPen(QColor("#ffffff"), 1))
        painter.drawRect(rect)
        if reading.student is not None and reading.student in expressions:
            expression = expressions[reading.student] if rect.width() >= _WORDS_FROM_PX else None
            words = f" {EXPRESSION_WORDS[expression]}" if expression else ""
            _paint_text(painter, f"{reading.student}{words}", rect)

    def _fit_height(self) -> None:
        self.setFixedHeight(round(self.width() * self._aspect_of(self._observation)))

    def _scale(self, frame: Frame) -> QImage:
        """The frame at the size of the widget, by area averaging."""
        target = self._picture_area(frame).size() * self.devicePixelRatioF()
        width, height = min(target.width(), frame.width), min(target.height(), frame.height)
        small = np.asarray(cv2.resize(frame.image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        image = QImage(small.data, width, height, 3 * width, QImage.Format.Format_BGR888)
        return image.copy()  # off numpy's memory

    def _picture_area(self, frame: Frame) -> QRect:
        fitted = QSize(frame.width, frame.height).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect(0, 0, max(1, fitted.width()), max(1, fitted.height()))
        area.moveCenter(self.rect().center())
        return area

    @staticmethod
    def _aspect_of(observation: Observation | None) -> float:
        if observation is None:
            return 9 / 16
        frame = observation.result.frame
        return min(1.2, frame.height / frame.width)


def _scale_box(box: Box, scale: float) -> QRectF:
    return QRectF(box.x * scale, box.y * scale, box.width * scale, box.height * scale)


def _paint_text(painter: QPainter, text: str, below: QRectF) -> None:
    font = QFont(painter.font())
    font.setPixelSize(10)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text) + 6
    ground = QRectF(below.center().x() - width / 2, below.bottom() + 1, width, 13)
    painter.fillRect(ground, QColor(0, 0, 0, 170))
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)

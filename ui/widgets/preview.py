"""What is watched: the very frame that was analysed, with a box around every face."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.opencv import cv2
from fer_desktop.types import FaceReading, Frame, Observation
from ui.language import tr
from ui.theme import current_theme
from ui.words import EXPRESSION_WORDS

_WORDS_FROM_PX: Final = 30
"""Boxes that are narrower on the screen carry no words: they would hide their neighbours."""


class Preview(QWidget):
    """Shows observations; keeps no frame longer than until the next. Boxes only where `anonymous`."""

    def __init__(self) -> None:
        super().__init__()
        self._observation: Observation | None = None
        self._picture = QImage()
        self.anonymous = False
        self.setAccessibleName(tr("What is watched, with a box around every face"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_observation(self, observation: Observation | None) -> None:
        changed_shape = self._aspect_of(observation) != self._aspect_of(self._observation)
        self._observation = observation
        self._picture = QImage() if observation is None else self._scale(observation.result.frame)
        if changed_shape:
            self._fit_height()
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
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Nothing is watched now"))
            return
        frame = self._observation.result.frame
        area = self._picture_area(frame)
        painter.drawImage(area, self._picture)
        scale = area.width() / frame.width
        words = {} if self.anonymous else self._words_by_student()
        for reading in self._observation.result.faces:
            self._paint_face(painter, reading, area, scale, words)

    def _paint_face(
        self, painter: QPainter, reading: FaceReading, area: QRect, scale: float, words: dict[int, str]
    ) -> None:
        box = reading.face.box
        rect = QRectF(area.left() + box.x * scale, area.top() + box.y * scale, box.width * scale, box.height * scale)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(0, 0, 0, 140), 3))
        painter.drawRect(rect)
        painter.setPen(QPen(QColor("#ffffff"), 1))
        painter.drawRect(rect)
        text = words.get(reading.student, "") if reading.student is not None else ""
        if text and rect.width() >= _WORDS_FROM_PX:
            font = QFont(painter.font())
            font.setPixelSize(10)
            painter.setFont(font)
            width = painter.fontMetrics().horizontalAdvance(text) + 6
            ground = QRectF(rect.center().x() - width / 2, rect.bottom() + 1, width, 13)
            painter.fillRect(ground, QColor(0, 0, 0, 170))
            painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, text)

    def _words_by_student(self) -> dict[int, str]:
        observation = self._observation
        if observation is None:
            return {}
        return {
            state.student: f"{state.student} {EXPRESSION_WORDS[state.expression]}"
            if state.expression
            else f"{state.student}"
            for state in observation.students
        }

    def _fit_height(self) -> None:
        self.setFixedHeight(round(self.width() * self._aspect_of(self._observation)))

    def _scale(self, frame: Frame) -> QImage:
        """Shrunk once per repaint, by the mean over each new pixel's area."""
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

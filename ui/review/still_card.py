"""The card of the review with the picture of the recording at the marked moment."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fer_desktop.messages.words import format_clock
from fer_desktop.types import Image
from ui.language import tr
from ui.theme import current_theme, scaled
from ui.widgets.basics import Card, make_label, make_link
from ui.widgets.slider import Slider

_PAGE_S: Final = 30
_PICTURE_PX: Final = 150
"""Height at least."""


class StillView(QWidget):
    """One picture, as large as there is room for. Keeps no other."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def has_picture(self) -> bool:
        """Whether a picture is kept at the moment."""
        return not self._picture.isNull()

    def show_image(self, image: Image | None) -> None:
        """Shows (height, width, 3) BGR; None drops the picture."""
        if image is None:
            self._picture = QImage()
        else:
            height, width = image.shape[:2]
            shown = QImage(image.tobytes(), width, height, 3 * width, QImage.Format.Format_BGR888)
            self._picture = shown.copy()  # as the bytes do not outlive this call
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(_PICTURE_PX) * 16 // 9, scaled(_PICTURE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._picture.isNull():
            painter.fillRect(self.rect(), QColor(current_theme().raised))
            return
        size = self._picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawImage(self.rect().adjusted(left, top, -left, -top), self._picture)


class StillCard(Card):
    """Hidden for lessons that were not read from a recording.

    `moment_requested(int)`: a second, by the slider; `file_requested`: the teacher wants to name the recording.
    """

    moment_requested = Signal(int)
    file_requested = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Recording"))
        self.view = StillView()
        self.view.setAccessibleName(tr("Picture of the recording"))
        self.slider = Slider()
        self.slider.setPageStep(_PAGE_S)
        self.slider.setAccessibleName(tr("Moment of the recording"))
        self.hint = make_label("", "small", wrap=True)
        self.find_button = make_link(tr("Find the recording…"))
        self.heading.addWidget(self.find_button)
        self.add(self.view, 1)
        self.add(self.slider)
        self.add(self.hint)
        self.slider.valueChanged.connect(self._move)
        self.find_button.clicked.connect(self.file_requested)
        self.setVisible(False)

    def begin(self, *, name: str, length_s: int, found: bool) -> None:
        """Before a session is shown. `found`: the recording is at hand."""
        self.view.show_image(None)
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, length_s - 1))
            self.slider.setValue(0)
        self.view.setVisible(found)
        self.slider.setVisible(found)
        self.find_button.setVisible(not found)
        self.hint.setText(
            tr("Click a moment, or move the slider, to see the picture. It is not saved.")
            if found
            else tr("To see its pictures here, find {name} on this computer. Its place is not saved.", name=name)
        )
        self.setVisible(True)

    def end(self) -> None:
        """For a session that has no recording."""
        self.view.show_image(None)
        self.setVisible(False)

    def show_second(self, second: int) -> None:
        """Moves the slider to a moment."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(second)
        self._describe(second)

    def show_problem(self, words: str) -> None:
        """What is wrong, in place of the picture."""
        self.view.show_image(None)
        self.hint.setText(words)

    def _move(self, second: int) -> None:
        self._describe(second)
        self.moment_requested.emit(second)

    def _describe(self, second: int) -> None:
        self.hint.setText(tr("{time}. The picture is not saved.", time=format_clock(second)))

"""The stopped state of the live window: choose what to watch."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fer_desktop.capture.region import Region
from ui.start.choice import describe_region
from ui.stylesheet import set_role
from ui.symbols import make_icon
from ui.theme import current_theme
from ui.widgets.banner import Banner
from ui.widgets.basics import make_label, make_link

_ICON_PX = 24
_MOST_PX = 560


class ChoiceButton(QPushButton):
    """A large button: an icon, what it is, and one line about it."""

    def __init__(self, title: str, about: str, icon: str) -> None:
        super().__init__()
        set_role(self, "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icon_name = icon
        self._icon_label = QLabel()
        self._about = make_label("", "muted", wrap=True)
        self._title = title
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(make_label(title, "section"))
        words.addWidget(self._about)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 10, 14, 10)
        self._row.setSpacing(14)
        self._row.addWidget(self._icon_label)
        self._row.addLayout(words, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.explain(about)

    def explain(self, about: str) -> None:
        self._about.setText(about)
        self.setAccessibleName(f"{self._title}: {about}")

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._icon_label.setPixmap(make_icon(self._icon_name, current_theme().accent, _ICON_PX).pixmap(_ICON_PX))


class StartPanel(QScrollArea):
    """Signals what was clicked; the flow behind each choice is not its business."""

    again_wanted = Signal()
    region_wanted = Signal()
    typed_wanted = Signal()
    monitor_wanted = Signal()
    recording_wanted = Signal()
    camera_wanted = Signal()
    simulated_wanted = Signal()
    review_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.saved = Banner("info", name="Last session", action="Review")
        self.problem = Banner("danger", name="Problem")
        self.place = Banner("info", name="Place", action="Change…")
        self.course = QLineEdit()
        self.course.setPlaceholderText("Course, if you like: it helps to find the session again")
        self.course.setAccessibleName("Course")
        self.course.setMaxLength(200)
        self.again = ChoiceButton("Same place as last time", "", "again")
        self.region = ChoiceButton("Part of the screen", "Draw a rectangle around the class", "region")
        self.monitor = ChoiceButton("A whole monitor", "When the class fills a screen of its own", "monitor")
        self.recording = ChoiceButton("A recording", "A video file of a lesson", "film")
        self.camera = ChoiceButton("A camera", "For a class in this room", "camera")
        self.simulated = ChoiceButton("Simulated class", "Try it out: drawn students, nobody is watched", "class")
        self.typed = make_link("Type the place on the screen instead")
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        content, outer = QWidget(), QHBoxLayout()
        column = QVBoxLayout()
        column.setSpacing(8)
        banners = QVBoxLayout()
        banners.setSpacing(0)
        for widget in (self.saved, self.problem, self.place):
            banners.addWidget(widget)
        column.addLayout(banners)
        column.addSpacing(6)
        column.addWidget(make_label("Choose what to watch", "title"))
        column.addWidget(make_label("Open your call first and show everybody in gallery view.", "muted", wrap=True))
        column.addSpacing(4)
        for button in self.choices():
            column.addWidget(button)
        column.addWidget(self.typed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self.course)
        column.addStretch(1)
        frame = QWidget()
        frame.setLayout(column)
        frame.setMaximumWidth(_MOST_PX)
        column.setContentsMargins(16, 6, 16, 14)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(frame, 100)
        outer.addStretch(1)
        content.setLayout(outer)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        self.saved.acted.connect(self.review_wanted)
        for button, signal in (
            (self.again, self.again_wanted),
            (self.region, self.region_wanted),
            (self.typed, self.typed_wanted),
            (self.monitor, self.monitor_wanted),
            (self.recording, self.recording_wanted),
            (self.camera, self.camera_wanted),
            (self.simulated, self.simulated_wanted),
        ):
            button.clicked.connect(signal)

    def choices(self) -> tuple[ChoiceButton, ...]:
        return self.again, self.region, self.monitor, self.recording, self.camera, self.simulated

    def remember(self, region: Region | None) -> None:
        """Offers the place that was watched last, at the top."""
        self.again.setVisible(region is not None)
        if region is not None:
            self.again.explain(describe_region(region))

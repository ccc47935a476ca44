"""The stopped state of the live window: choose what to watch."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from ui.language import tr
from ui.start.choice import describe_region
from ui.stylesheet import set_role
from ui.widgets.banner import Banner
from ui.widgets.basics import IconLabel, make_label, make_link

_ICON_PX = 24
_MAX_WIDTH_PX = 560


class ChoiceButton(QPushButton):
    """A large button: an icon, a title, and a line of explanation."""

    def __init__(self, title: str, about: str, icon: str) -> None:
        super().__init__()
        set_role(self, "choice")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = self.sizePolicy()
        # The policy of a push button lets its text neither wrap nor grow.
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
        self.setSizePolicy(policy)
        self._about = make_label("", "muted", wrap=True)
        self._title = make_label(title, "section", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._title)
        words.addWidget(self._about)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 10, 14, 10)
        self._row.setSpacing(14)
        self._row.addWidget(IconLabel(icon, _ICON_PX))
        self._row.addLayout(words, 1)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.explain(about)

    def explain(self, about: str, *, title: str | None = None) -> None:
        """Changes the explanation, and the title if one is given."""
        if title is not None:
            self._title.setText(title)
        self._about.setText(about)
        self.setAccessibleName(tr("{words}: {detail}", words=self._title.text(), detail=about))

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._row.heightForWidth(width)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._row.minimumSize().height())


class StartPanel(QScrollArea):
    """Emits a signal for each choice; `SourcePicker` does the rest."""

    again_requested = Signal()
    window_requested = Signal()
    region_requested = Signal()
    typing_requested = Signal()
    monitor_requested = Signal()
    recording_requested = Signal()
    camera_requested = Signal()
    simulated_requested = Signal()
    review_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.saved = Banner("info", name=tr("Last lesson"), action=tr("Review"))
        self.problem = Banner("danger", name=tr("Problem"))
        self.place = Banner("info", name=tr("Country"), action=tr("Change…"))
        self.course = QLineEdit()
        self.course.setPlaceholderText(tr("Course (optional)"))
        self.course.setAccessibleName(tr("Course"))
        self.course.setMaxLength(200)
        self.again = ChoiceButton(tr("Same part of the screen as last time"), "", "again")
        self.window_choice = ChoiceButton(
            tr("A window (recommended)"), tr("Pick your call from a list. You can still move it"), "window"
        )
        self.region = ChoiceButton(tr("Part of the screen"), tr("Draw a rectangle around the class"), "region")
        self.monitor = ChoiceButton(tr("A whole monitor"), tr("When the class fills a whole screen"), "monitor")
        self.recording = ChoiceButton(tr("A recording"), tr("A video file of a lesson"), "film")
        self.camera = ChoiceButton(tr("A camera"), tr("For a class in this room"), "camera")
        self.simulated = ChoiceButton(tr("Simulated class"), tr("Try it out: drawn students, no real people"), "class")
        self.typed = make_link(tr("Enter screen coordinates…"))
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
        column.addWidget(make_label(tr("Choose what to watch"), "title", wrap=True))
        first = tr("First open your call and show everyone in gallery view.")
        column.addWidget(make_label(first, "muted", wrap=True))
        column.addSpacing(4)
        for button in self.choices():
            column.addWidget(button)
        column.addWidget(self.typed, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self.course)
        column.addStretch(1)
        frame = QWidget()
        frame.setLayout(column)
        frame.setMaximumWidth(_MAX_WIDTH_PX)
        column.setContentsMargins(16, 6, 16, 14)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(frame, 100)
        outer.addStretch(1)
        content.setLayout(outer)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def _connect(self) -> None:
        self.saved.acted.connect(self.review_requested)
        for button, signal in (
            (self.again, self.again_requested),
            (self.window_choice, self.window_requested),
            (self.region, self.region_requested),
            (self.typed, self.typing_requested),
            (self.monitor, self.monitor_requested),
            (self.recording, self.recording_requested),
            (self.camera, self.camera_requested),
            (self.simulated, self.simulated_requested),
        ):
            button.clicked.connect(signal)

    def choices(self) -> tuple[ChoiceButton, ...]:
        """The buttons from top to bottom."""
        return (
            self.again,
            self.window_choice,
            self.region,
            self.monitor,
            self.recording,
            self.camera,
            self.simulated,
        )

    def remember(self, *, region: Region | None = None, window: WindowSelector | None = None) -> None:
        """Offers the last window, or else the last region, at the top."""
        self.again.setVisible(region is not None or window is not None)
        if window is not None:
            self.again.explain(window.title or window.app or "", title=tr("Watch again"))
        elif region is not None:
            self.again.explain(describe_region(region), title=tr("Same part of the screen as last time"))

"""The stopped state of the live window: choose what to watch."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.portal.share_memory import LastShare
from fer_desktop.settings import Setup
from ui.language import tr
from ui.recordings.card import RecordingsCard
from ui.start.choice import describe_region, describe_setup, describe_shared
from ui.start.saved_banner import SavedBanner
from ui.stylesheet import set_role
from ui.widgets.banner import Banner
from ui.widgets.basics import IconLabel, fill_scroll_area, make_label, make_link
from ui.widgets.flow_layout import FlowLayout

_ICON_PX = 24
_MAX_WIDTH_PX = 560
_SETUPS_SHOWN: Final = 4
"""A teacher who has more courses finds the others under the windows: the list must not push those out of sight."""


class ChoiceButton(QPushButton):
    """A large button: an icon, a title, and a line of explanation."""

    def __init__(self, title: str, about: str, icon: str) -> None:
        super().__init__()
        set_role(self, "choice")
        self.setAutoDefault(True)  # outside dialogs Enter presses no button otherwise
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


class SetupButton(ChoiceButton):
    """A saved set-up. `forgotten`: to be removed, from the context menu or by Delete."""

    forgotten = Signal()

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup.course, describe_setup(setup), "again")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        forget = _make_removal(self)
        forget.triggered.connect(self.forgotten)
        self.addAction(forget)

    def _open_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(self.mapToGlobal(position))


def _make_removal(button: QPushButton) -> QAction:
    """For the button's context menu, and the key Delete."""
    removal = QAction(tr("Remove from this list"), button)
    removal.setShortcut(QKeySequence(Qt.Key.Key_Delete))
    removal.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    return removal


class StartPanel(QScrollArea):
    """Emits a signal for each choice; `SourcePicker` does the rest.

    `setup_requested(Setup)`, `setup_forgotten(Setup)`: a saved set-up was chosen, or removed. `share_forgotten`: what
    the desktop shared last is not to be offered any more.
    """

    setup_requested = Signal(object)
    setup_forgotten = Signal(object)
    again_requested = Signal()
    share_forgotten = Signal()
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
        self.saved = SavedBanner()
        self.problem = Banner("danger", name=tr("Problem"))
        self.recordings = RecordingsCard()
        self.place = Banner("info", name=tr("Country"), action=tr("Change…"))
        self.setups: list[SetupButton] = []
        self._setup_column = QVBoxLayout()
        self._offered: set[str | None] = set()
        self._last: str | None = None
        self.again = ChoiceButton(tr("Same part of the screen as last time"), "", "again")
        self.window_choice = ChoiceButton(
            tr("A window (recommended)"), tr("Pick your call from a list. You can still move it"), "window"
        )
        self.region = ChoiceButton(tr("Part of the screen"), tr("Draw a rectangle around the class"), "region")
        self.monitor = ChoiceButton(tr("A whole monitor"), tr("When the class fills a whole screen"), "monitor")
        self.recording = ChoiceButton(tr("A recording"), tr("Choose video files, or drop them on this window"), "film")
        self.camera = ChoiceButton(tr("A camera"), tr("For a class in this room"), "camera")
        self.simulated = ChoiceButton(tr("Simulated class"), tr("Try it out: drawn students, no real people"), "class")
        self.more = make_link(tr("More"))
        self.review = make_link(tr("Review lessons"))
        menu = QMenu(self.more)
        self.typed = menu.addAction(tr("Enter screen coordinates…"))
        self.more.setMenu(menu)
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
        column.addWidget(self.recordings)
        column.addSpacing(6)
        column.addWidget(make_label(tr("Choose what to watch"), "title", wrap=True))
        first = tr("First open your call and show everyone in gallery view.")
        column.addWidget(make_label(first, "muted", wrap=True))
        column.addSpacing(4)
        self._setup_column.setSpacing(8)
        column.addLayout(self._setup_column)
        for button in self.choices():
            column.addWidget(button)
        links = FlowLayout()
        between = QWidget()
        between.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for part in (self.more, between, self.review):
            links.addWidget(part)
        column.addLayout(links)
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
        fill_scroll_area(self, content)

    def _order_tabs(self) -> None:
        """Tab goes down the page, also through what was added to it later."""
        lines = [button for row in self.recordings.rows for button in (row.action, row.remove)]
        for before, after in pairwise((self.place.button, *lines, *self.setups, *self.choices())):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.recordings.rows_added.connect(self._order_tabs)
        self.saved.acted.connect(self.review_requested)
        self.review.clicked.connect(self.review_requested)
        self.typed.triggered.connect(self.typing_requested)
        for button, signal in (
            (self.again, self.again_requested),
            (self.window_choice, self.window_requested),
            (self.region, self.region_requested),
            (self.monitor, self.monitor_requested),
            (self.recording, self.recording_requested),
            (self.camera, self.camera_requested),
            (self.simulated, self.simulated_requested),
        ):
            button.clicked.connect(signal)

    def choices(self) -> tuple[ChoiceButton, ...]:
        """The buttons below the saved set-ups, from top to bottom."""
        return (
            self.again,
            self.window_choice,
            self.region,
            self.monitor,
            self.recording,
            self.camera,
            self.simulated,
        )

    def focus_first(self) -> None:
        """Puts the focus on the first choice: the set-up of the last lesson, if there is one."""
        first = next(button for button in (*self.setups, *self.choices()) if not button.isHidden())
        first.setFocus()

    def show_setups(self, setups: Sequence[Setup]) -> None:
        """Offers the newest of the saved set-ups at the top."""
        for old in self.setups:
            self._setup_column.removeWidget(old)
            old.deleteLater()
        self.setups = [SetupButton(setup) for setup in setups[:_SETUPS_SHOWN]]
        for button, setup in zip(self.setups, setups, strict=False):
            button.clicked.connect(lambda _=False, setup=setup: self.setup_requested.emit(setup))
            button.forgotten.connect(lambda setup=setup: self.setup_forgotten.emit(setup))
            self._setup_column.addWidget(button)
        self._order_tabs()
        self._offered = {setup.window or setup.region for setup in setups[:_SETUPS_SHOWN]}
        self.again.setVisible(self._last is not None and self._last not in self._offered)
        focused = self.window().focusWidget()
        if focused is None or self.isAncestorOf(focused):
            self.focus_first()

    def offer_sharing(self, last: LastShare | None) -> None:
        """On Wayland: the desktop asks what to watch. Offers `last`, and no part of the screen, which is not shared."""
        self.window_choice.explain(tr("Your system asks which window. Choose your call"))
        self.monitor.explain(tr("Your system asks which monitor"))
        self.region.setVisible(False)
        self.more.setVisible(False)
        self._last = None if last is None else last.token
        self.again.setVisible(last is not None)
        if last is not None:
            self.again.explain(describe_shared(last.kind), title=tr("Watch again"))
            if not self.again.actions():
                self.again.addAction(self._make_forget_action())
                self.again.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _make_forget_action(self) -> QAction:
        forget = _make_removal(self.again)
        forget.triggered.connect(self.share_forgotten)
        return forget

    def remember(self, *, region: Region | None = None, window: WindowSelector | None = None) -> None:
        """Offers the last window, or else the last region, unless a set-up that is offered has it."""
        self._last = str(window or region) if window or region else None
        self.again.setVisible(self._last is not None and self._last not in self._offered)
        if window is not None:
            self.again.explain(window.title or window.app or "", title=tr("Watch again"))
        elif region is not None:
            self.again.explain(describe_region(region), title=tr("Same part of the screen as last time"))

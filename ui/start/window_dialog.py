"""Chooses one of the open windows from a list."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.call_apps import name_app, name_call, sort_calls_first
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import DisplayError
from ui.background import describe_error
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.start.choice import quote_title
from ui.start.window_list import WindowList
from ui.widgets.banner import Banner
from ui.widgets.basics import make_label

REFRESH_MS: Final = 1000
_PICTURE_PX: Final = QSize(224, 126)
_FEW_PX: Final = QSize(16, 9)
_BLACK_LIGHTNESS: Final = 8
_STEPS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}

ListWindows = Callable[[], Sequence[DesktopWindow]]
"""The desktop's windows now; raises `DisplayError`."""
TakePicture = Callable[[DesktopWindow], QPixmap | None]
"""A window's current picture; None where the system provides none."""


def take_picture(window: DesktopWindow) -> QPixmap | None:
    """The window as Qt captures it; None if hidden, and on macOS, where Qt cannot address windows by id."""
    screen = QGuiApplication.primaryScreen()
    if window.hidden or screen is None or QGuiApplication.platformName() not in ("xcb", "windows"):
        return None
    picture = screen.grabWindow(window.id)
    return None if picture.isNull() or _is_black(picture) else picture


def _is_black(picture: QPixmap) -> bool:
    """Whether a picture is black, as Windows returns it for windows drawn by the GPU."""
    image = picture.scaled(_FEW_PX, mode=Qt.TransformationMode.SmoothTransformation).toImage()
    greys = [image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height())]
    return max(greys, default=0) < _BLACK_LIGHTNESS


class WindowDialog(Dialog):
    """`chosen()` is the result. The list follows the desktop while the dialog is open.

    `remembered` is selected if it is open, else the first call. `missing`: warns that `remembered` is not open.
    """

    def __init__(
        self,
        parent: QWidget | None,
        *,
        list_windows: ListWindows,
        take_picture: TakePicture = take_picture,
        remembered: WindowSelector | None = None,
        missing: bool = False,
    ) -> None:
        super().__init__(
            parent,
            title=tr("Which window shows the class?"),
            about=tr("You can move the window while it is watched. Keep it in gallery view and do not cover it."),
            accept=tr("Watch this window"),
        )
        self.resize(480, 600)
        self._list_windows = list_windows
        self._take_picture = take_picture
        self._remembered = remembered
        self._windows: list[DesktopWindow] = []
        self.missing = Banner("warning", name=tr("Not found"))
        self.problem = Banner("danger", name=tr("Problem"))
        self.search = QLineEdit()
        self.list = WindowList()
        self.empty = make_label("", "muted", wrap=True)
        self.picture = QLabel()
        self.about_picture = make_label("", "muted", wrap=True)
        self._set_up_parts()
        self._arrange()
        if missing and remembered is not None:
            self._warn_missing(remembered)
        self._timer = QTimer(self)
        self._connect()
        self._timer.start(REFRESH_MS)
        self.refresh()
        self.search.setFocus()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.list.picked.connect(self._show_picked)
        self.list.taken.connect(self.accept)
        self._timer.timeout.connect(self.refresh)

    def _set_up_parts(self) -> None:
        self.search.setPlaceholderText(tr("Search by title or program"))
        self.search.setAccessibleName(tr("Search by title or program"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setFixedSize(_PICTURE_PX)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.picture.setAccessibleName(tr("What the window shows now"))

    def _warn_missing(self, remembered: WindowSelector) -> None:
        words = tr("{title} is not open. Open it or choose another window.")
        self.missing.show_message(words.format(title=quote_title(remembered.title)))

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.picture)
        below.addWidget(self.about_picture, 1)
        for widget in (self.missing, self.problem, self.search):
            self.body.addWidget(widget)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.empty, 1)
        self.body.addLayout(below)

    def chosen(self) -> DesktopWindow | None:
        """The selected window."""
        return self.list.window_picked()

    def refresh(self) -> None:
        """Lists the open windows again."""
        try:
            self._windows = sort_calls_first(self._list_windows())
        except DisplayError as error:
            self._windows = []
            self.problem.show_message(describe_error(error))
        else:
            self.problem.show_message(None)
        self._show()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    def accept(self) -> None:
        if self.chosen() is not None:
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        query = self.search.text().strip().casefold()
        fitting = [window for window in self._windows if _matches(window, query)]
        self.list.show_windows(fitting)
        if self.list.window_picked() is None:
            self.list.select(self._find_likely(fitting))
        self.list.setVisible(bool(fitting))
        self.empty.setVisible(not fitting)
        self.empty.setText(
            tr("No matching window.")
            if self._windows
            else tr("No other window is open. Open your call and it will appear here.")
        )
        self._show_picked()

    def _find_likely(self, windows: list[DesktopWindow]) -> int | None:
        found = None if self._remembered is None else self._remembered.find(windows)
        if found is None and windows and (name_call(windows[0]) is not None or len(windows) == 1):
            found = windows[0]
        return None if found is None else found.id

    def _show_picked(self) -> None:
        window = self.chosen()
        self.accept_button.setEnabled(window is not None)
        picture = None if window is None else self._take_picture(window)
        self.picture.setVisible(picture is not None)
        if picture is not None:
            self._show_picture(picture)
        if window is None:
            self.about_picture.setText("")
        elif window.hidden:
            self.about_picture.setText(tr("This window is minimised. Bring it back to show the class."))
        else:
            self.about_picture.setText("" if picture is None else tr("This will be watched."))

    def _show_picture(self, picture: QPixmap) -> None:
        ratio = self.devicePixelRatioF()
        scaled = picture.scaled(
            _PICTURE_PX * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(ratio)
        self.picture.setPixmap(scaled)


def _matches(window: DesktopWindow, query: str) -> bool:
    texts = (window.title, window.app, name_app(window.app), name_call(window) or "")
    return any(query in text.casefold() for text in texts)

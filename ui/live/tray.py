"""The tray icon: state, notifications, and actions for while the window is out of sight."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from fer_desktop.messages import Message
from fer_desktop.types import FlagKind, Observation, PipelineState
from ui.language import tr, tr_count
from ui.live.live_actions import LiveActions
from ui.symbols import draw_state, pick_symbol
from ui.theme import current_theme
from ui.words import as_sentence, describe_state

_MIN_INTERVAL_S: Final = 120
"""Between two notifications about flags: more would distract from teaching."""

_SHOWN_MS: Final = 6_000
_ICON_PX: Final = 32


class Notifier:
    """Decides what is notified while the window is out of sight: new flags, seldom, and a lost picture.

    Never names, as a shared screen may show a notification. `of_students`: False in sessions with class totals only.
    """

    def __init__(self, *, of_students: bool = True) -> None:
        self._of_students = of_students
        self._known: set[tuple[int | None, FlagKind]] = set()
        self._notified_at: int | None = None
        self._lost: Message | None = None

    def check(self, observation: Observation, *, out_of_sight: bool) -> str | None:
        """The text of a notification, or None. Flags that appear in sight or too soon are never notified."""
        students = observation.students if self._of_students else ()
        flags = [flag for state in students for flag in state.flags] + list(observation.class_flags)
        keys = {(flag.student, flag.kind) for flag in flags}
        fresh, self._known = keys - self._known, keys
        soon = self._notified_at is not None and observation.second - self._notified_at < _MIN_INTERVAL_S
        if not fresh or not out_of_sight or soon:
            return None
        self._notified_at = observation.second
        flagged = {student for student, _ in fresh if student is not None}
        return (
            tr_count("{n} student may need attention.", "{n} students may need attention.", len(flagged))
            if flagged
            else tr("The mood of the class dropped.")
        )

    def check_picture(self, lost: Message | None, *, out_of_sight: bool) -> str | None:
        """`lost`: why there is no picture, None while there is. Notified once for each loss."""
        before, self._lost = self._lost, lost
        return as_sentence(lost) if lost is not None and before is None and out_of_sight else None


class Tray(QObject):
    """Does nothing on desktops without a tray.

    `show_action` brings the window to the front; the other actions are the window's own.
    """

    def __init__(
        self,
        window: QWidget,
        actions: LiveActions,
        *,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        super().__init__(window)
        self._available = available
        self._state, self._waiting = PipelineState.STOPPED, False
        self._icon: QSystemTrayIcon | None = None
        self._menu = QMenu(window)
        self.show_action = self._menu.addAction(tr("Show the window"))
        self._menu.addActions([actions.pause, actions.bookmark, actions.quiet])
        self._menu.addSeparator()
        self._menu.addAction(actions.quit)

    def open(self) -> None:
        """Shows the icon."""
        if self._icon is not None or not self._available():
            return
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activate)
        self._draw()
        self._icon.show()

    def close(self) -> None:
        """Removes the icon."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None

    def show_state(self, state: PipelineState, *, waiting: bool = False) -> None:
        """`waiting`: the picture is lost."""
        if (state, waiting) != (self._state, self._waiting):
            self._state, self._waiting = state, waiting
            self._draw()

    def notify(self, text: str | None) -> None:
        """Shows a notification; nothing for None."""
        if self._icon is not None and text is not None:
            self._icon.showMessage("FER Desktop", text, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN_MS)

    def _activate(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.show_action.trigger()

    def _draw(self) -> None:
        if self._icon is None:
            return
        self._icon.setIcon(make_state_icon(pick_symbol(self._state, waiting=self._waiting)))
        words = describe_state(self._state, waiting=self._waiting)
        self._icon.setToolTip(tr("FER Desktop: {state}", state=words))


def make_state_icon(state: PipelineState) -> QIcon:
    """An icon with the state's shape and colour."""
    pixmap = QPixmap(_ICON_PX, _ICON_PX)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_state(painter, state, QRectF(5, 5, _ICON_PX - 10, _ICON_PX - 10), current_theme())
    painter.end()
    return QIcon(pixmap)

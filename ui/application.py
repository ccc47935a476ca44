"""The Qt application: set-up, uncaught errors and interrupts."""

import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Final, Protocol

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QIcon, QSessionManager
from PySide6.QtWidgets import QApplication

from fer_desktop.errors import DisplayError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.signals import EndRequested, note_end_signals
from ui.dialogs.base import Dialog
from ui.garbage import collect_on_qt_thread
from ui.language import tr
from ui.theme import apply_theme
from ui.wake_bridge import WakeBridge

ICON: Final = Path(__file__).with_name("icons") / "fer-desktop.svg"

_log = logging.getLogger(__name__)

_LOOK_FOR_SIGNALS_MS = 200


def make_application(*, theme: str = "system", text_size: str = "normal") -> QApplication:
    """The QApplication of the process. Raises `DisplayError` without a display, where Qt itself would abort."""
    check_display()
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    collect_on_qt_thread(application)
    application.setApplicationName("fer-desktop")
    application.setApplicationDisplayName("FER Desktop")
    application.setDesktopFileName("fer-desktop")  # on Wayland the icon comes from the menu entry of that name
    application.setWindowIcon(QIcon(str(ICON)))
    application.setStyle("Fusion")
    apply_theme(application, theme, text_size=text_size)
    return application


def check_display() -> None:
    """Raises `DisplayError` on Linux without X11 or Wayland, unless Qt's platform needs none."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise DisplayError(Message(MessageKey.NO_DISPLAY))
    if not os.environ.get("WAYLAND_DISPLAY"):
        _check_x11(os.environ["DISPLAY"])


def _check_x11(display: str) -> None:
    """Connects to a local X server first, as Qt aborts the process if it does not answer."""
    host, _, number = display.partition(":")
    number = number.split(".")[0]
    if host not in ("", "unix") or not number.isdecimal():
        return
    for address in (f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return
    raise DisplayError(Message(MessageKey.DISPLAY_SILENT, display=display))


class _ErrorReports:
    """Takes errors on any thread, and reports each text once on the Qt thread."""

    def __init__(self, on_error: Callable[[str], None], owner: QObject) -> None:
        self._on_error = on_error
        self._texts: SimpleQueue[str] = SimpleQueue()
        self._reported: set[str] = set()
        self._bridge = WakeBridge(self._deliver, owner)

    def take(self, error: BaseException | None, trace: TracebackType | None) -> None:
        """Logs the traceback at debug level, so that only --debug shows it."""
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        _log.debug("unexpected error", exc_info=(type(error), error, trace))
        words = tr("Something unexpected went wrong ({error}). Your recording is safe.")
        self._texts.put(words.format(error=f"{type(error).__name__}: {error}"))
        self._bridge.wake()

    def _deliver(self) -> None:
        while True:
            try:
                text = self._texts.get_nowait()
            except Empty:
                return
            if text not in self._reported:
                self._reported.add(text)
                self._on_error(text)


@contextmanager
def report_uncaught_errors(on_error: Callable[[str], None], owner: QObject) -> Iterator[None]:
    """Calls `on_error` on the Qt thread for errors that leave a slot, a thread or a finaliser, once for each text."""
    reports = _ErrorReports(on_error, owner)
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = lambda _, error, trace: reports.take(error, trace)
    threading.excepthook = lambda hook: reports.take(hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: reports.take(hook.exc_value, hook.exc_traceback)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


@contextmanager
def deliver_end_signals(on_signal: Callable[[int], None], owner: QObject) -> Iterator[None]:
    """Calls `on_signal` on the Qt thread for Ctrl-C and other signals, which Qt's event loop would not notice."""
    # Signal handlers run only when Python code runs, so a timer runs some. A socket for signal.set_wakeup_fd would be
    # a network connection on Windows.
    timer = QTimer(owner)
    with note_end_signals() as waiting:

        def deliver() -> None:
            if waiting:
                number = waiting[0]
                waiting.clear()
                on_signal(number)

        timer.timeout.connect(deliver)
        timer.start(_LOOK_FOR_SIGNALS_MS)
        try:
            yield
        finally:
            timer.stop()


class AsksBeforeLogOff(Protocol):
    """The part of `QGuiApplication` by which a desktop asks: both signals have the session manager."""

    @property
    def commitDataRequest(self) -> SignalInstance:
        """Save what is not saved."""
        ...

    @property
    def saveStateRequest(self) -> SignalInstance:
        """Say how to restart."""
        ...


@contextmanager
def save_before_log_off(application: AsksBeforeLogOff, save: Callable[[], None]) -> Iterator[None]:
    """Calls `save` when the desktop asks for it before its user's session ends: X11, macOS, and WM_QUERYENDSESSION."""

    def forbid_restart(manager: QSessionManager) -> None:
        manager.setRestartHint(QSessionManager.RestartHint.RestartNever)

    def commit(_manager: QSessionManager) -> None:
        save()

    application.commitDataRequest.connect(commit, Qt.ConnectionType.DirectConnection)
    application.saveStateRequest.connect(forbid_restart, Qt.ConnectionType.DirectConnection)
    try:
        yield
    finally:
        application.commitDataRequest.disconnect(commit)
        application.saveStateRequest.disconnect(forbid_restart)


def show_message_and_wait(title: str, text: str) -> None:
    """Shows why the window cannot open, and waits until the message is closed. Does nothing without a screen."""
    if has_screen():
        run_dialog(Dialog(None, title=title, about=text, accept=tr("Close"), reject=""))


def has_screen() -> bool:
    """Whether somebody can see a dialog."""
    application = QApplication.instance()
    return isinstance(application, QApplication) and application.platformName() not in ("offscreen", "minimal")


def raise_dialogs() -> None:
    """Shows the dialogs in front of all other windows, where there is no window of the program yet."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, Dialog) and widget.isVisible():
            widget.raise_()
            widget.activateWindow()


def run_dialog(dialog: Dialog) -> bool:
    """Shows a dialog before there is a window, and waits; returns whether it was accepted.

    Raises `EndRequested` where a signal closes it, also where it ignores Esc while it works.
    """
    loop, answers, signals = QEventLoop(), list[int](), list[int]()

    def end(number: int) -> None:
        signals.append(number)
        dialog.done(Dialog.DialogCode.Rejected.value)

    dialog.finished.connect(answers.append)
    dialog.finished.connect(loop.quit)
    dialog.open()
    with deliver_end_signals(end, loop):
        loop.exec()
    if signals:
        raise EndRequested(signals[0])
    return answers == [Dialog.DialogCode.Accepted.value]

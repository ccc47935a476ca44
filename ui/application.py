"""The Qt application: look, theme, and one calm message for errors that nobody expected."""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from types import TracebackType

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from fer_desktop.errors import DisplayError
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.theme import apply_theme
from ui.wake_bridge import WakeBridge

_log = logging.getLogger(__name__)

_INTERRUPT_EVERY_MS = 200
_NO_DISPLAY = "no display: run on a desktop, or under xvfb-run"


def make_application(*, theme: str = "system", text_size: str = "normal") -> QApplication:
    """The one QApplication of the process. Raises `DisplayError`, where Qt itself would abort, without a display."""
    check_display()
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        application = QApplication(sys.argv[:1])
    application.setApplicationName("fer-desktop")
    application.setApplicationDisplayName("FER Desktop")
    application.setStyle("Fusion")
    apply_theme(application, theme, text_size=text_size)
    return application


def check_display() -> None:
    """Raises `DisplayError` on Linux without X11 or Wayland, unless Qt is told to do without."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in ("offscreen", "minimal"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise DisplayError(_NO_DISPLAY)
    if not os.environ.get("WAYLAND_DISPLAY"):
        _check_x11(os.environ["DISPLAY"])


def _check_x11(display: str) -> None:
    """Qt aborts the process where the X server does not answer, so a local one is called first."""
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
    raise DisplayError(f"the display {display} does not answer: run on a desktop, or under xvfb-run")


@contextmanager
def report_uncaught_errors(on_failure: Callable[[str], None], owner: QObject) -> Iterator[None]:
    """Errors that reach the top of a slot, a thread or a finaliser are told on the Qt thread, each kind once.

    The traceback goes to the log at debug level: it is shown with --debug only.
    """
    texts: SimpleQueue[str] = SimpleQueue()
    reported: set[str] = set()

    def deliver() -> None:
        while True:
            try:
                text = texts.get_nowait()
            except Empty:
                return
            if text not in reported:
                reported.add(text)
                on_failure(text)

    bridge = WakeBridge(deliver, owner)

    def take(error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            return
        _log.debug("unexpected error", exc_info=(type(error), error, trace))
        text = tr("Something unexpected went wrong ({error}). What was recorded is safe.").format(
            error=f"{type(error).__name__}: {error}"
        )
        texts.put(text)
        bridge.wake()

    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    sys.excepthook = lambda _, error, trace: take(error, trace)
    threading.excepthook = lambda hook: take(hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: take(hook.exc_value, hook.exc_traceback)
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = before


@contextmanager
def handle_interrupts(on_interrupt: Callable[[], None], owner: QObject) -> Iterator[None]:
    """Ctrl-C in the terminal calls `on_interrupt` on the Qt thread, which otherwise would sit in Qt's event loop."""
    asked: list[int] = []

    def deliver() -> None:
        if asked:
            asked.clear()
            on_interrupt()

    # The handler runs once Python does. A socket, as signal.set_wakeup_fd takes it, would be a network connection on
    # Windows, so a timer brings Python back.
    timer = QTimer(owner)
    timer.timeout.connect(deliver)
    before = signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
    timer.start(_INTERRUPT_EVERY_MS)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        timer.stop()


def show_message_and_wait(title: str, text: str) -> None:
    """What kept the window from opening, to be read before the program ends. Off the screen nobody would read it."""
    application = QApplication.instance()
    if not isinstance(application, QApplication) or application.platformName() in ("offscreen", "minimal"):
        return
    dialog, loop = Dialog(None, title=title, about=text, accept=tr("Close"), reject=""), QEventLoop()
    dialog.finished.connect(loop.quit)
    dialog.open()
    with handle_interrupts(dialog.reject, loop):
        loop.exec()

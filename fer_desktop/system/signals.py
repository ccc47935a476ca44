"""The signals by which a system, a terminal or a user asks the program to end."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_END_SIGNALS: Final = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if isinstance(number := getattr(signal, name, None), signal.Signals)
)
_CONSOLE_CLOSES: Final = (2, 5, 6)
"""CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT of Windows' console, which Python makes no signals of."""
_WINDOWS_WAITS_S: Final = 30.0
_AGAIN_AFTER_S: Final = 0.1
"""By then the finaliser, or the callback of C, that an exception was dropped in has returned."""


class EndRequested(KeyboardInterrupt):
    """A signal asked the program to end. `exit_code`: as a shell reports it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.exit_code = 128 + number


_raised: Final[list[int]] = []
"""By the `raise_end_signals` that is running: Python drops what is raised in a finaliser or a callback of C."""

_dropped: Final[list[int]] = []
"""Those of them that Python has reported to have dropped, and that nobody has heeded since."""


@contextmanager
def raise_end_signals() -> Iterator[list[EndRequested]]:
    """Raises `EndRequested` in the block, on the main thread, where a signal asks the program to end.

    Yields what was raised: libraries written in C may replace it by an error of their own, as while they are imported,
    or drop it. Then the next block that notes or holds signals begins with it; where Python reports that it was
    dropped, it is raised again a moment later, unless such a block has begun.
    """
    raised: list[EndRequested] = []

    def end(number: int) -> None:
        _raised.append(number)
        raised.append(EndRequested(number))
        raise raised[-1]

    try:
        with _handle_end_signals(end), _hear_console(), _repeat_dropped():
            yield raised
    finally:
        _raised.clear()


@contextmanager
def _repeat_dropped() -> Iterator[None]:
    """Sends the signal again whose exception was dropped in the block, in place of the traceback that Python prints."""
    timers: list[threading.Timer] = []

    def take(error: BaseException | None) -> bool:
        if not isinstance(error, EndRequested):
            return False
        _dropped.append(error.number)
        timers.append(threading.Timer(_AGAIN_AFTER_S, _send_dropped, [threading.get_ident()]))
        timers[-1].start()
        return True

    unraisable, uncaught = sys.unraisablehook, sys.excepthook
    sys.unraisablehook = lambda hook: None if take(hook.exc_value) else unraisable(hook)
    sys.excepthook = lambda kind, error, trace: None if take(error) else uncaught(kind, error, trace)  # Qt's slots
    try:
        yield
    finally:
        sys.unraisablehook, sys.excepthook = unraisable, uncaught
        _dropped.clear()
        for timer in timers:
            timer.cancel()
            timer.join()


def _send_dropped(thread: int) -> None:
    """To the main thread, whose waiting for the system ends then."""
    try:
        number = _dropped.pop(0)
    except IndexError:  # heeded since
        return
    if sys.platform == "win32":
        import _thread

        _thread.interrupt_main(number)
    else:
        signal.pthread_kill(thread, number)


@contextmanager
def note_end_signals() -> Iterator[list[int]]:
    """The signals that have asked the program to end, in order; nothing else happens in the block because of them."""
    numbers = _raised.copy()
    _dropped.clear()
    with _handle_end_signals(numbers.append):
        yield numbers


@contextmanager
def hold_end_signals() -> Iterator[None]:
    """Raises `EndRequested` only at the end of the block, in which nothing may be cut off.

    As where windows are built: Qt crashes where a picture is left behind that is being painted.
    """
    with note_end_signals() as numbers:
        yield
    if numbers:
        raise EndRequested(numbers[0])


@contextmanager
def _handle_end_signals(handle: Callable[[int], None]) -> Iterator[None]:
    """Calls `handle` in the block, on the main thread, between two steps of Python; does nothing on another thread.

    A signal that the parent process set to be ignored, as `nohup` does, stays ignored.
    """
    before: dict[signal.Signals, Any] = {}

    def receive(number: int, _frame: FrameType | None) -> None:
        handle(number)

    if threading.current_thread() is threading.main_thread():
        for number in _END_SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, receive)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _hear_console() -> Iterator[None]:
    """Makes SIGTERM of the closing of Windows' console, and of its user's log-off, which end the process soon after."""
    if sys.platform == "win32":
        import _thread
        import ctypes
        from ctypes import wintypes

        @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)
        def hear(event: int) -> bool:
            """On a thread of Windows; the process ends when it returns, or a few seconds later."""
            if event not in _CONSOLE_CLOSES:
                return False
            _thread.interrupt_main(signal.SIGTERM)
            time.sleep(_WINDOWS_WAITS_S)
            return True

        set_handler = ctypes.windll.kernel32.SetConsoleCtrlHandler
        set_handler(hear, True)
        try:
            yield
        finally:
            set_handler(hear, False)
    else:
        yield

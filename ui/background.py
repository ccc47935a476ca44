"""Runs slow calls (opening a source, stopping, loading a session) beside the window, and hands back how they ended."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject

from fer_desktop.errors import FerDesktopError
from ui.language import tr
from ui.wake_bridge import WakeBridge
from ui.words import as_sentence

T = TypeVar("T")


class _Call:
    """One call on a thread of its own; `answer` tells the Qt thread how it ended."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.current = True
        self.thread: Thread | None = None
        self.answer: Callable[[], None] = lambda: None


class BackgroundCalls:
    """The slow calls of one window. All methods are for the Qt thread, and all answers come there."""

    def __init__(self, owner: QObject) -> None:
        self._bridge = WakeBridge(self._deliver, owner)
        self._finished: SimpleQueue[_Call] = SimpleQueue()
        self._running: list[_Call] = []

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def run(
        self,
        call: Callable[[], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
        kind: str = "",
    ) -> None:
        """Exactly one of `on_done` and `on_failed` is called, whatever `call` raises.

        A new call of a `kind` makes the earlier ones of that kind unwanted: only the newest answer is shown.
        """
        for earlier in self._running:
            if kind and earlier.kind == kind:
                earlier.current = False
        started = _Call(kind)

        def work() -> None:
            try:
                result = call()
            except Exception as error:  # noqa: BLE001 - the top of a thread: the Qt thread tells the user
                failure = error
                started.answer = lambda: on_failed(failure)
            else:
                started.answer = lambda: on_done(result)
            self._finished.put(started)
            self._bridge.wake()

        started.thread = Thread(target=work, name=f"background call {kind}".strip(), daemon=True)
        self._running.append(started)
        started.thread.start()

    def wait(self) -> None:
        """Blocks until all have ended; their answers are no longer wanted."""
        for call in self._running:
            call.current = False
            if call.thread is not None:
                call.thread.join()
        self._running.clear()

    def _deliver(self) -> None:
        while True:
            try:
                call = self._finished.get_nowait()
            except Empty:
                return
            if call in self._running:
                self._running.remove(call)
            if call.thread is not None:
                call.thread.join()
            if call.current:
                call.answer()


def describe_error(error: Exception) -> str:
    """An error in words for the user: our own errors speak for themselves."""
    if isinstance(error, FerDesktopError):
        return as_sentence(str(error))
    return tr("Something unexpected went wrong ({error}).").format(error=f"{type(error).__name__}: {error}")

"""Runs slow calls, such as opening a source or loading a session, on background threads."""

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
    """One call on its own thread. `deliver`: passes on its result; `current`: whether the result is still needed.

    `failure`: why it failed.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.current = True
        self.failure: Exception | None = None
        self.thread: Thread | None = None
        self.deliver: Callable[[], None] = lambda: None


class BackgroundCalls:
    """The slow calls of one window. All methods and callbacks run on the Qt thread."""

    def __init__(self, owner: QObject) -> None:
        self._bridge = WakeBridge(self._deliver, owner)
        self._finished: SimpleQueue[_Call] = SimpleQueue()
        self._running: list[_Call] = []

    @property
    def busy(self) -> bool:
        """Whether a call is running."""
        return bool(self._running)

    def run(
        self,
        call: Callable[[], T],
        *,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None],
        kind: str = "",
    ) -> None:
        """Runs `call` on a thread, then `on_done` with its result or `on_failed` with its error.

        A new call of a `kind` discards the results of earlier ones of that kind.
        """
        for earlier in self._running:
            if kind and earlier.kind == kind:
                earlier.current = False
        running = _Call(kind)

        def work() -> None:
            try:
                result = call()
            except Exception as error:  # noqa: BLE001 - the top of a thread: shown by the Qt thread
                failure = running.failure = error
                running.deliver = lambda: on_failed(failure)
            else:
                running.deliver = lambda: on_done(result)
            self._finished.put(running)
            self._bridge.wake()

        running.thread = Thread(target=work, name=f"background call {kind}".strip(), daemon=True)
        self._running.append(running)
        running.thread.start()

    def wait(self) -> list[Exception]:
        """Blocks until all calls have ended, and discards their results. Returns the errors of those of no `kind`."""
        ended, self._running = self._running, []
        for call in ended:
            call.current = False
            if call.thread is not None:
                call.thread.join()
        return [call.failure for call in ended if call.failure is not None and not call.kind]

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
                call.deliver()


def describe_error(error: Exception) -> str:
    """An error in words: the text of our own errors, else the type and text."""
    if isinstance(error, FerDesktopError):
        return as_sentence(error.message)
    return tr("Something unexpected went wrong ({error}).", error=f"{type(error).__name__}: {error}")

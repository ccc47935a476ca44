"""A thread that answers requests beside the live path; of each slot only the newest request counts."""

import threading
import time
from collections.abc import Callable, Collection
from typing import Final, Generic, TypeVar

from fer_desktop.errors import FerDesktopError
from fer_desktop.messages import Message, MessageKey

Request = TypeVar("Request")
Answer = TypeVar("Answer")

_JOIN_TIMEOUT_S: Final = 10.0


class ReadingThread(Generic[Request, Answer]):
    """Starts at the first request. `ask` and `take_results` never wait for an answer; `close` waits for the current."""

    def __init__(
        self,
        start: Callable[[], Callable[[Request], Answer]],
        *,
        on_failure: Callable[[Message], None],
    ) -> None:
        """Both are called by the thread: `start` first, for the function that answers a request; `on_failure` with the
        reason, once, where either fails.
        """
        self._start = start
        self._on_failure = on_failure
        self._changed = threading.Condition()
        self._requests: dict[int, Request] = {}
        self._results: list[tuple[Request, Answer]] = []
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="names", daemon=True)

    def ask(self, slot: int, request: Request) -> None:
        """Replaces an older request of that slot, which is then not answered."""
        with self._changed:
            if self._closed:
                return
            self._requests.pop(slot, None)
            self._requests[slot] = request
            if self._thread.ident is None:
                self._thread.start()
            self._changed.notify_all()

    def keep_only(self, slots: Collection[int]) -> None:
        """Drops the requests of other slots."""
        with self._changed:
            for slot in self._requests.keys() - set(slots):
                del self._requests[slot]

    def take_results(self) -> list[tuple[Request, Answer]]:
        """The requests answered since the last call, with their answers, oldest first."""
        with self._changed:
            results, self._results = self._results, []
        return results

    def close(self) -> None:
        """Ends the thread; may be called twice, and from any thread but its own."""
        with self._changed:
            self._closed = True
            self._requests.clear()
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(_JOIN_TIMEOUT_S)

    def _run(self) -> None:
        try:
            answer = self._start()
            while (request := self._wait()) is not None:
                started_s = time.perf_counter()
                result = (request, answer(request))
                with self._changed:
                    self._results.append(result)
                    # Rests as long as it worked, as the frames need the cores more.
                    self._changed.wait_for(lambda: self._closed, timeout=time.perf_counter() - started_s)
        except FerDesktopError as error:
            self._on_failure(error.message)
        except Exception as error:  # noqa: BLE001 - a thread's top: the live path goes on without what it would have answered
            self._on_failure(Message(MessageKey.NAMES_UNREADABLE, error=str(error)))

    def _wait(self) -> Request | None:
        """The oldest request; None once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._requests)
            if self._closed:
                return None
            return self._requests.pop(next(iter(self._requests)))

"""A thread that answers requests beside the live path; of each slot only the newest request counts."""

import threading
import time
from collections.abc import Callable, Collection
from typing import Final, Generic, Protocol, TypeVar

from fer_desktop.errors import FerDesktopError
from fer_desktop.messages import Message, MessageKey

Request = TypeVar("Request")
Answer = TypeVar("Answer")

RequestOf = TypeVar("RequestOf", contravariant=True)
AnswerOf = TypeVar("AnswerOf", covariant=True)

_JOIN_TIMEOUT_S: Final = 10.0


class Answerer(Protocol[RequestOf, AnswerOf]):
    """Answers requests, one at a time."""

    def recognise(self, request: RequestOf) -> AnswerOf | None:
        """The answer where it is known already, which is found out quickly; None where it has to be read."""
        ...

    def read(self, request: RequestOf) -> AnswerOf:
        """The answer, however long it takes."""
        ...


class ReadingThread(Generic[Request, Answer]):
    """Starts at the first request. `ask` and `take_results` never wait for an answer; `close` waits for the current.

    What is known is answered first: where a call puts its tiles in another order, most of them are.
    """

    def __init__(
        self,
        start: Callable[[], Answerer[Request, Answer]],
        *,
        on_failure: Callable[[Message], None],
    ) -> None:
        """Both are called by the thread: `start` first, for what answers requests; `on_failure` with the reason, once,
        where either fails.
        """
        self._start = start
        self._on_failure = on_failure
        self._changed = threading.Condition()
        self._new: dict[int, Request] = {}
        self._unknown: dict[int, Request] = {}
        self._results: list[tuple[Request, Answer]] = []
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="names", daemon=True)

    def ask(self, slot: int, request: Request) -> None:
        """Replaces an older request of that slot, which is then not answered."""
        with self._changed:
            if self._closed:
                return
            self._drop(slot)
            self._new[slot] = request
            if self._thread.ident is None:
                self._thread.start()
            self._changed.notify_all()

    def keep_only(self, slots: Collection[int]) -> None:
        """Drops the requests of other slots."""
        with self._changed:
            for slot in (self._new.keys() | self._unknown.keys()) - set(slots):
                self._drop(slot)

    def take_results(self) -> list[tuple[Request, Answer]]:
        """The requests answered since the last call, with their answers, oldest first."""
        with self._changed:
            results, self._results = self._results, []
        return results

    def close(self) -> None:
        """Ends the thread; may be called twice, and from any thread but its own."""
        with self._changed:
            self._closed = True
            self._new.clear()
            self._unknown.clear()
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(_JOIN_TIMEOUT_S)

    def _run(self) -> None:
        try:
            answerer = self._start()
            while self._wait():
                started_s = time.perf_counter()
                result = self._answer_next(answerer)
                with self._changed:
                    self._results += result
                    # Rests as long as it worked, as the frames need the cores more.
                    self._changed.wait_for(lambda: self._closed, timeout=time.perf_counter() - started_s)
        except FerDesktopError as error:
            self._on_failure(error.message)
        except Exception as error:  # noqa: BLE001 - a thread's top: the live path goes on without what it would have answered
            self._on_failure(Message(MessageKey.NAMES_UNREADABLE, error=str(error)))

    def _wait(self) -> bool:
        """Waits for a request; False once closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._new or self._unknown)
            return not self._closed

    def _answer_next(self, answerer: Answerer[Request, Answer]) -> list[tuple[Request, Answer]]:
        """Recognises the oldest new request, else reads the oldest unknown one: one answer, or none yet."""
        with self._changed:
            new = next(iter(self._new.items()), None)
            unknown = None if new or not self._unknown else self._unknown.pop(next(iter(self._unknown)))
        if new is not None:
            return self._recognise(answerer, *new)
        return [] if unknown is None else [(unknown, answerer.read(unknown))]

    def _recognise(
        self, answerer: Answerer[Request, Answer], slot: int, request: Request
    ) -> list[tuple[Request, Answer]]:
        answer = answerer.recognise(request)
        with self._changed:
            if self._new.get(slot) is request:  # neither dropped nor replaced meanwhile
                del self._new[slot]
                if answer is None:
                    self._unknown[slot] = request
        return [] if answer is None else [(request, answer)]

    def _drop(self, slot: int) -> None:
        self._new.pop(slot, None)
        self._unknown.pop(slot, None)

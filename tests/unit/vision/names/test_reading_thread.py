"""In which order a thread answers requests."""

import threading
from collections.abc import Iterator

import pytest

from fer_desktop.vision.names.reading_thread import ReadingThread


class Answers:
    """Answers requests with their letters in capitals. Those that begin with `k` are known, the others take long.

    The thread starts to answer once `may_start` is set.
    """

    def __init__(self) -> None:
        self.may_start = threading.Event()
        self.taken: list[str] = []
        self.thread: ReadingThread[str, str] = ReadingThread(self.start, on_failure=lambda message: None)

    def start(self) -> "Answers":
        assert self.may_start.wait(60)
        return self

    def recognise(self, request: str) -> str | None:
        return request.upper() if request.startswith("k") else None

    def read(self, request: str) -> str:
        self.taken.append(request)
        return request.upper()

    def take(self, count: int) -> list[str]:
        """The answers in the order in which they were given."""
        answers: list[str] = []
        while len(answers) < count:
            answers += [answer for _, answer in self.thread.take_results()]
        return answers


@pytest.fixture
def answers() -> Iterator[Answers]:
    made = Answers()
    yield made
    made.may_start.set()
    made.thread.close()


def test_what_is_known_is_answered_before_what_takes_long(answers: Answers) -> None:
    for slot, request in enumerate(("a", "b", "known", "c", "known too")):
        answers.thread.ask(slot, request)
    answers.may_start.set()
    assert answers.take(5) == ["KNOWN", "KNOWN TOO", "A", "B", "C"]
    assert answers.taken == ["a", "b", "c"]


def test_of_each_slot_the_newest_request_is_answered(answers: Answers) -> None:
    for slot, request in ((1, "a"), (2, "b"), (1, "c")):
        answers.thread.ask(slot, request)
    answers.may_start.set()
    assert answers.take(2) == ["B", "C"]


def test_slots_that_are_gone_are_not_answered(answers: Answers) -> None:
    for slot, request in ((1, "a"), (2, "b"), (3, "known")):
        answers.thread.ask(slot, request)
    answers.thread.keep_only([2])
    answers.may_start.set()
    assert answers.take(1) == ["B"]

"""Threads that share the work of one frame, each with networks of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Generic, TypeVar

Worker = TypeVar("Worker")
In = TypeVar("In")
Out = TypeVar("Out")


class WorkerThreads(Generic[Worker]):
    """The calling thread and, for each worker but the first, one of its own, which end with this object.

    The caller works too: a thread that only waits would have to be woken for every piece of work.
    """

    def __init__(self, workers: Sequence[Worker], *, name: str, least: int = 1) -> None:
        """`name`: of the threads, which are numbered: `faces_0`. `least`: items for which a thread is woken, unless
        `map` is given another number; waking it, and Python's lock that it takes in turns with the others, cost more
        processor time than less work is worth.
        """
        self._workers = workers
        self._least = least
        # Referred to by nothing else, so that its threads end with it.
        self._threads = ThreadPoolExecutor(len(workers) - 1, thread_name_prefix=name) if len(workers) > 1 else None

    def map(self, items: Sequence[In], work: Callable[[Worker, In], Out], *, least: int | None = None) -> list[Out]:
        """The result of `work` on every item, in the items' order."""
        count = max(1, min(len(self._workers), len(items) // (least or self._least)))

        def work_through(number: int) -> list[Out]:
            return [work(self._workers[number], item) for item in items[number::count]]

        if self._threads is None or count < 2:
            return work_through(0)
        others = self._threads.map(work_through, range(1, count))
        results: list[Out | None] = [None] * len(items)
        for number, part in enumerate(chain([work_through(0)], others)):
            results[number::count] = part
        return results  # type: ignore[return-value]  # every place is filled by one worker

"""Threads that share the work of one frame, each with networks of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

Worker = TypeVar("Worker")
In = TypeVar("In")
Out = TypeVar("Out")


class WorkerThreads(Generic[Worker]):
    """One thread a worker. They end with this object, as the executor is referred to by nothing else."""

    def __init__(self, workers: Sequence[Worker], *, name: str) -> None:
        """`name`: of the threads, which are numbered: `faces_0`."""
        self._workers = workers
        self._threads = ThreadPoolExecutor(len(workers), thread_name_prefix=name)

    def map(self, items: Sequence[In], work: Callable[[Worker, In], Out]) -> list[Out]:
        """The result of `work` on every item, in the items' order."""
        count = len(self._workers)

        def work_through(number: int) -> list[Out]:
            return [work(self._workers[number], item) for item in items[number::count]]

        results: list[Out | None] = [None] * len(items)
        for number, part in enumerate(self._threads.map(work_through, range(count))):
            results[number::count] = part
        return results  # type: ignore[return-value]  # every place is filled by one worker

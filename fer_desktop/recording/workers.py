"""Processes of this computer that read the segments of a recording."""

import errno
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Final, Protocol

from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.recording.perceiving import see_segment
from fer_desktop.recording.task import SegmentTask
from fer_desktop.system.child_process import follow_parent
from fer_desktop.system.priority import yield_processor

_LOOK_S: Final = 0.2
_MOST_DEATHS: Final = 3
"""So often workers may be ended, as by a system that is short of memory, before the analysis gives up."""

_FULL_ERRORS: Final = (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN)
"""Of a system that is full: no more files, memory or processes. Others mean that there is no shared memory."""

SeenPart = tuple[int, bytes]
"""The number of a segment, and what was seen in it, packed."""


class SegmentWorkers(Protocol):
    """Who reads the segments of a recording."""

    def see(self, tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]) -> Iterator[SeenPart]:
        """The segments as they are finished, in any order; ends early once `cancelled` is true.

        Raises `SourceError` and `ModelError`.
        """
        ...


class LocalWorkers:
    """Processes, each with models of its own. They end with this process, however it ends."""

    def __init__(
        self, count: int, *, background: bool = False, see_one: Callable[[SegmentTask], bytes] = see_segment
    ) -> None:
        """`background`: they leave the processor to other programs that need it. `see_one`: what they run."""
        self._count = count
        self._background = background
        self._see_one = see_one

    def see(self, tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]) -> Generator[SeenPart, None, None]:
        """As in `SegmentWorkers`. Segments of processes that were killed are read by others."""
        left = {task.segment.number: task for task in tasks}
        for deaths in range(_MOST_DEATHS + 1):
            try:
                for number, content in self._see_all(list(left.values()), cancelled):
                    del left[number]
                    yield number, content
            except BrokenProcessPool as error:
                if deaths == _MOST_DEATHS:
                    raise SourceError(Message(MessageKey.WORKERS_ENDED)) from error
                continue
            return

    def _see_all(self, tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]) -> Iterator[SeenPart]:
        pool = _make_pool(max(1, min(self._count, len(tasks))), background=self._background)
        try:
            running = {pool.submit(self._see_one, task): task.segment.number for task in tasks}
            while running and not cancelled():
                done, _ = wait(running, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
                yield from ((running.pop(future), future.result()) for future in _sound_first(done))
        finally:
            _end(pool)


def _make_pool(count: int, *, background: bool) -> ProcessPoolExecutor:
    """Raises `SourceError` where the system gives no shared memory, by which processes take turns, or nothing more."""
    context = multiprocessing.get_context("spawn")
    try:
        return ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker, initargs=(background,))
    except OSError as error:
        key = MessageKey.SYSTEM_FULL if error.errno in _FULL_ERRORS else MessageKey.NO_SHARED_MEMORY
        raise SourceError(Message(key, reason=error.strerror or str(error))) from error


def _sound_first(done: set["Future[bytes]"]) -> list["Future[bytes]"]:
    """What was finished before a process was killed is not lost."""
    return sorted(done, key=lambda future: future.exception() is not None)


def _start_worker(background: bool) -> None:
    if background:
        yield_processor()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # of the reader of further scripts
    follow_parent()


def _end(pool: ProcessPoolExecutor) -> None:
    """Segments that are being read are given up: a process cannot be asked to stop in the middle."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()

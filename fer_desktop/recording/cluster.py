"""Workers of a Dask cluster that read the segments of a recording; pictures never leave the worker that reads them."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlparse
from urllib.request import url2pathname

from fer_desktop.errors import FerDesktopError, SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.recording.perceiving import see_segment
from fer_desktop.recording.task import SegmentTask, describe_program, identify_file
from fer_desktop.recording.workers import SeenPart

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_S: Final = 10.0
_LOOK_S: Final = 0.2
_CONNECT_TRIES: Final = 5

Problem = tuple[MessageKey, str, str]
"""What a worker found: the message it becomes, the worker's own version or file, and the reason in words."""


class ClusterWorkers:
    """A `SegmentWorkers` over a scheduler. Segments of a worker that ends are read by others, as Dask does it."""

    def __init__(self, address: str) -> None:
        """`address`: such as `tcp://host:8786`. Raises `SettingsError` where Dask is not installed."""
        try:
            import distributed  # noqa: F401
        except ImportError as error:
            raise SettingsError(Message(MessageKey.CLUSTER_UNAVAILABLE)) from error
        self._address = address

    def see(self, tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]) -> Generator[SeenPart, None, None]:
        """As in `SegmentWorkers`. Raises `SourceError` also for workers of another version or without the file."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError
        from distributed.comm import CommClosedError

        with connect_client(self._address) as client:
            _check_workers(client, self._address, tasks[0])
            try:
                yield from _see_all(client, tasks, cancelled)
            except KilledWorker as error:
                count = error.allowed_failures + 1
                raise SourceError(Message(MessageKey.CLUSTER_WORKERS_ENDED, count=count)) from error
            except (CommClosedError, FutureCancelledError, OSError) as error:
                raise SourceError(Message(MessageKey.SCHEDULER_LOST, address=self._address)) from error


@contextmanager
def connect_client(address: str) -> "Generator[Client, None, None]":
    """A client of the scheduler, closed at the end. Raises `SourceError` where no scheduler answers there."""
    try:
        client = _open_client(address)
    except (OSError, ValueError) as error:
        raise SourceError(Message(MessageKey.SCHEDULER_MISSING, address=address)) from error
    try:
        yield client
    finally:
        client.close(timeout=_CONNECT_S)


def _open_client(address: str) -> "Client":
    """A new client is refused by an assertion of Dask's own where the scheduler's first answer comes together with
    a message to all of its clients, as when somebody cancels an analysis in that moment: then it is asked again."""
    from distributed import Client

    for _ in range(_CONNECT_TRIES - 1):
        with suppress(AssertionError):
            return Client(address, timeout=_CONNECT_S, set_as_default=False)
    return Client(address, timeout=_CONNECT_S, set_as_default=False)


def path_on_workers(path: Path, folder: str | None) -> str:
    """Where workers find a file: in the folder that is named, a path or a `file://` URL, or where it is here."""
    if folder is None:
        return str(path.resolve())
    url = urlparse(folder)
    if url.scheme != "file":
        return folder.rstrip("/\\") + "/" + path.name
    host = f"//{url.netloc}" if url.netloc not in ("", "localhost") else ""
    return host + url2pathname(url.path).rstrip("/\\") + "/" + path.name


def find_problem(task: SegmentTask) -> Problem | None:
    """Runs on a worker: why it cannot read segments of this recording; None where it can."""
    try:
        program = describe_program(expressions_on=task.expressions_on)
        if program != task.program:
            return MessageKey.WORKER_DIFFERS, program, ""
        if identify_file(Path(task.path)) != task.file:
            return MessageKey.WORKER_WITHOUT_FILE, task.path, "it is another file there"
    except FerDesktopError as error:
        return MessageKey.WORKER_WITHOUT_FILE, task.path, str(error)
    return None


def see_checked(task: SegmentTask) -> bytes:
    """Runs on a worker, which may have joined after the others were asked. Raises `SourceError` and `ModelError`."""
    problem = find_problem(task)
    if problem is not None:
        raise SourceError(_explain("that has joined", task, problem))
    return see_segment(task)


def _check_workers(client: "Client", address: str, task: SegmentTask) -> None:
    found: dict[str, Any] = client.run(find_problem, task, on_error="return")
    if not found:
        raise SourceError(Message(MessageKey.SCHEDULER_WITHOUT_WORKERS, address=address))
    for worker, problem in found.items():
        if isinstance(problem, BaseException):  # as of a worker without the program
            raise SourceError(Message(MessageKey.WORKER_FAILED, worker=worker, error=literal(str(problem))))
        if problem is not None:
            raise SourceError(_explain(worker, task, problem))


def _explain(worker: str, task: SegmentTask, problem: Problem) -> Message:
    key, theirs, reason = problem
    if key is MessageKey.WORKER_DIFFERS:
        return Message(key, worker=worker, theirs=theirs, ours=task.program)
    return Message(key, worker=worker, path=theirs, error=reason)


def _see_all(
    client: "Client", tasks: Sequence[SegmentTask], cancelled: Callable[[], bool]
) -> Generator[SeenPart, None, None]:
    """Futures are dropped once read, so that neither the scheduler nor a worker keeps what was seen."""
    from distributed.comm import CommClosedError

    numbers = {client.submit(see_checked, task, pure=False): task.segment.number for task in tasks}
    try:
        while numbers and not cancelled():
            done = [future for future in numbers if future.done()]
            for future in done:
                content: bytes = future.result()
                yield numbers.pop(future), content
            if client.status != "running":
                raise CommClosedError("the scheduler is gone")
            if not done:
                time.sleep(_LOOK_S)
    finally:
        if client.status == "running":
            client.cancel(list(numbers), force=True)

"""Makes the n-th call of a part fail, where it enters through a constructor or is a driver's connection."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import Engine, event

from fer_desktop.messages import Message
from fer_desktop.ports import FrameSource
from fer_desktop.types import Frame, Image


@dataclass(slots=True)
class FaultAfter:
    """Counts calls and raises in the n-th, from 1; 0 counts only. Any thread.

    `ever_after`: in all later ones as well.
    """

    n: int
    make_error: Callable[[], Exception]
    ever_after: bool = False
    met: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self) -> None:
        """One call. Raises what was asked for."""
        with self._lock:
            self.met += 1
            strikes = self.n and (self.met >= self.n if self.ever_after else self.met == self.n)
        if strikes:
            raise self.make_error()


class FaultySource:
    """A `FrameSource` whose opening and grabs are counted."""

    def __init__(self, source: FrameSource, fault: FaultAfter) -> None:
        self._source = source
        self._fault = fault

    @property
    def name(self) -> Message:
        return self._source.name

    @property
    def live(self) -> bool:
        return self._source.live

    @property
    def frame_count(self) -> int | None:
        return self._source.frame_count

    @property
    def notice(self) -> Message | None:
        return self._source.notice

    def open(self) -> None:
        self._fault.check()
        self._source.open()

    def read(self) -> Frame | None:
        self._fault.check()
        return self._source.read()

    def close(self) -> None:
        self._source.close()


class FaultyClassifier:
    """An `ExpressionClassifier` whose runs are counted."""

    def __init__(self, classifier: Any, fault: FaultAfter) -> None:
        self._classifier = classifier
        self._fault = fault

    def classify(self, crops: Image) -> Any:
        self._fault.check()
        return self._classifier.classify(crops)


@contextmanager
def faulty_statements(fault: FaultAfter) -> Iterator[None]:
    """Every statement and commit of every SQLite connection that SQLAlchemy opens in the block is counted."""

    class FaultyCursor(sqlite3.Cursor):
        def execute(self, statement: str, values: Any = (), /) -> Self:
            fault.check()
            return super().execute(statement, values)

        def executemany(self, statement: str, values: Any, /) -> Self:
            fault.check()
            return super().executemany(statement, values)

    class FaultyConnection(sqlite3.Connection):
        def cursor(self, factory: Any = FaultyCursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            fault.check()
            super().commit()

    def use_faulty_connection(_dialect: object, _record: object, _values: object, options: dict[str, Any]) -> None:
        options["factory"] = FaultyConnection

    event.listen(Engine, "do_connect", use_faulty_connection)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", use_faulty_connection)


def sqlite_error(message: str, code: int) -> sqlite3.OperationalError:
    """An error as SQLite's driver raises it. `code`: such as `sqlite3.SQLITE_FULL`."""
    error = sqlite3.OperationalError(message)
    error.sqlite_errorcode = code
    error.sqlite_errorname = message
    return error

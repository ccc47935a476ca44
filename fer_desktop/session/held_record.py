"""Holds back what is recorded of a session until all of it is there."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Final

from fer_desktop.messages import Message
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.types import SecondRecord, Settlement

_AT_ONCE: Final = 600
"""Entries that the writer is given ahead of the database: a third of what it may hold in memory."""
_PATIENCE_S: Final = 10.0
_LOOK_S: Final = 0.02


class HeldRecord:
    """What a `SessionAccount` hands on of a recording, for a `SessionRecorder` at the end.

    So a recording whose analysis is killed leaves no half of a session, and is one session once it is done.
    """

    def __init__(self) -> None:
        self._steps: deque[Callable[[SessionRecorder], None]] = deque()
        self._seconds = 0
        self._began_at: datetime | None = None

    @property
    def seconds(self) -> int:
        """How many seconds there are to record, whether or not a recorder takes them."""
        return self._seconds

    def begin(self, captured_at_s: float | None = None) -> None:
        """As in `SessionRecorder`, also below."""
        self._steps.append(lambda recorder: recorder.begin(captured_at_s, began_at=self._began_at))

    def advance(self, second: int) -> None:
        self._steps.append(lambda recorder: recorder.advance(second))

    def record(self, record: SecondRecord) -> None:
        self._seconds += 1
        self._steps.append(lambda recorder: recorder.record(record))

    def note_frozen(self, since_second: int, notice: Message) -> None:
        self._steps.append(lambda recorder: recorder.note_frozen(since_second, notice))

    def note_moving(self) -> None:
        self._steps.append(lambda recorder: recorder.note_moving())

    def note_missing(self, since_second: int, until_second: int, why: Message) -> None:
        self._steps.append(lambda recorder: recorder.note_missing(since_second, until_second, why))

    def settle(self, settlement: Settlement) -> None:
        self._steps.append(lambda recorder: recorder.settle(settlement))

    def erase(self, student: int) -> None:
        self._steps.append(lambda recorder: recorder.erase(student))

    def deliver(self, recorder: SessionRecorder, *, began_at: datetime) -> None:
        """Records it all, no faster than the database takes it; what that does not take goes into rescue files.

        `began_at`: when the recording's first frame was taken.
        """
        self._began_at = began_at
        while self._steps:
            self._steps.popleft()(recorder)
            if len(self._steps) % _AT_ONCE == 0:
                _wait_for_database(recorder)


def _wait_for_database(recorder: SessionRecorder) -> None:
    ends_s = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends_s:
        kept = recorder.kept
        if kept.stored + kept.rescued >= kept.recorded:
            return
        time.sleep(_LOOK_S)

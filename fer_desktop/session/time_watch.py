"""Notices from the clocks, read once a second, that time was lost or that the wall clock changed. No thread."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import EventKind, Instant

SLEPT_FROM_S: Final = 2.0
"""The clocks that count sleep and those that do not differ by fractions of a second without any."""
STALLED_FROM_S: Final = 5.0
"""A busy computer delays a beat by a second or two; a stopped program misses many."""
JUMPED_FROM_S: Final = 2.0
"""A clock that runs slow or fast by a tenth of a per cent is off by less within half an hour, and is followed too."""


@dataclass(frozen=True, slots=True)
class LostTime:
    """Time in which nothing ran. `kind`: SUSPENDED or STALLED. Times are those of the `MonotonicClock`."""

    kind: EventKind
    from_s: float
    to_s: float
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The wall clock was set, or its time zone changed. `local`: what it shows at `at_s` of the `MonotonicClock`."""

    at_s: float
    local: datetime
    messages: tuple[Message, ...]


class TimeWatch:
    """Compares each reading of the clocks with the one before."""

    def __init__(self) -> None:
        self._last: Instant | None = None
        self._reference: Instant | None = None

    def check(self, now: Instant) -> list[LostTime | ClockChange]:
        """What has happened since the last reading, in order."""
        last, self._last = self._last, now
        if last is None or self._reference is None:
            self._reference = now
            return []
        found = (_find_lost_time(last, now), self._find_change(now))
        return [each for each in found if each is not None]

    def _find_change(self, now: Instant) -> ClockChange | None:
        """Against the last change, so that a clock that drifts slowly is noticed in the end."""
        reference = self._reference or now
        jump = now.local - reference.local - timedelta(seconds=now.elapsed_s - reference.elapsed_s)
        jump_s = jump.total_seconds()
        messages = []
        if abs(jump_s) >= JUMPED_FROM_S:
            key = MessageKey.CLOCK_SET_FORWARD if jump_s > 0 else MessageKey.CLOCK_SET_BACK
            messages.append(Message(key, seconds=round(abs(jump_s))))
        if reference.local.utcoffset() != now.local.utcoffset():
            before, after = _name_offset(reference.local), _name_offset(now.local)
            messages.append(Message(MessageKey.TIME_ZONE_CHANGED, before=before, after=after))
        if not messages:
            return None
        self._reference = now
        return ClockChange(now.elapsed_s, now.local, tuple(messages))


def _name_offset(local: datetime) -> str:
    """UTC+05:30."""
    return f"UTC{local.isoformat(timespec='minutes')[16:]}"


def _find_lost_time(last: Instant, now: Instant) -> LostTime | None:
    passed_s, awake_s = now.elapsed_s - last.elapsed_s, now.awake_s - last.awake_s
    if passed_s - awake_s >= SLEPT_FROM_S:
        return LostTime(EventKind.SUSPENDED, last.elapsed_s, now.elapsed_s)
    if passed_s >= STALLED_FROM_S:
        return LostTime(EventKind.STALLED, last.elapsed_s, now.elapsed_s, Message(MessageKey.PROGRAM_STALLED))
    return None

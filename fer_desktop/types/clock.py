"""The computer's clock during a session: what a wall clock showed at a second of it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class ClockReading:
    """`at`: what the computer's clock showed at the beginning of `second`, with the UTC offset of that moment."""

    second: int
    at: datetime

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError(f"a clock reading has a UTC offset; came {self.at!r}")


@dataclass(frozen=True, slots=True)
class Instant:
    """What the clocks of the computer show at one moment.

    `elapsed_s`: of the monotonic clock, which counts on while the computer sleeps. `awake_s`: the same without that
    time. `local`: the clock on the wall, with its UTC offset.
    """

    elapsed_s: float
    awake_s: float
    local: datetime


def find_local_time(
    started_at: datetime, readings: Sequence[ClockReading], second: float, zone: tzinfo | None = None
) -> datetime:
    """The local time at a second of a session, with its UTC offset: counted from the last reading before it.

    `readings`: sorted by second. Without any, as in sessions of earlier versions, it is counted from `started_at`, in
    the time zone `zone`, by default that of this computer.
    """
    if not readings:
        return (started_at + timedelta(seconds=second)).astimezone(zone)
    last = readings[max(0, bisect_right(readings, second, key=lambda reading: reading.second) - 1)]
    return last.at + timedelta(seconds=second - last.second)

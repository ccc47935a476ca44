"""Finds the sessions that are older than the retention setting allows, and doubts a clock that cannot be right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from fer_desktop.storage.values import SessionSummary

_BEHIND_BY: Final = timedelta(minutes=1)
_AHEAD_BY: Final = timedelta(days=31)
"""Longer than most breaks between two lessons; after longer ones the user confirms the clock."""


class Clock(Enum):
    """The computer's clock, compared with the newest time that is stored."""

    PLAUSIBLE = "plausible"
    BEHIND = "earlier than the newest session"
    AHEAD = "more than a month later than the newest session"


@dataclass(frozen=True, slots=True)
class ExpiredSessions:
    """What the user is shown before it is deleted, the newest first. `now`: by the clock that is judged."""

    sessions: tuple[SessionSummary, ...]
    clock: Clock
    now: datetime


def find_expired(sessions: Sequence[SessionSummary], days: int, now: datetime) -> ExpiredSessions:
    """The ended sessions that began more than `days` days before `now`."""
    oldest_kept = now - timedelta(days=days)
    expired = (each for each in sessions if each.ended_at is not None and each.started_at < oldest_kept)
    return ExpiredSessions(tuple(expired), judge_clock_by(sessions, now), now)


def judge_clock_by(sessions: Sequence[SessionSummary], now: datetime) -> Clock:
    """`now` compared with the end of the newest of `sessions`."""
    return judge_clock(max((each.local_time(each.seconds) for each in sessions), default=now), now)


def judge_clock(newest: datetime, now: datetime) -> Clock:
    """`newest`: the latest time that is stored."""
    if now < newest - _BEHIND_BY:
        return Clock.BEHIND
    return Clock.AHEAD if now > newest + _AHEAD_BY else Clock.PLAUSIBLE

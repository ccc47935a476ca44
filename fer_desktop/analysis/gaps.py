"""The gaps of a session: when nothing was watched, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from fer_desktop.messages import Message
from fer_desktop.types import GAP_ENDS, Event, EventKind


@dataclass(frozen=True, slots=True)
class Gap:
    """From `second` up to `end`; None: to the end of the session. `kind`: of the event that began it."""

    kind: EventKind
    second: int
    end: int | None
    message: Message | None


def list_gaps(events: Sequence[Event]) -> list[Gap]:
    """`events`: in order. Gaps may overlap, as where the computer slept during a pause."""
    return [
        Gap(event.kind, event.second, _find_end(GAP_ENDS[event.kind], events[place + 1 :]), event.message)
        for place, event in enumerate(events)
        if event.kind in GAP_ENDS
    ]


def find_gap(gaps: Sequence[Gap], second: int) -> Gap | None:
    """The gap in which a second lies; the latest where several overlap."""
    inside = (gap for gap in reversed(gaps) if gap.second <= second and (gap.end is None or second < gap.end))
    return next(inside, None)


def count_outside(gaps: Sequence[Gap], since: int, until: int) -> int:
    """The seconds from `since` up to `until` that lie in no gap."""
    inside: set[int] = set()
    for gap in gaps:
        inside.update(range(max(gap.second, since), until if gap.end is None else min(gap.end, until)))
    return max(0, until - since) - len(inside)


def _find_end(kind: EventKind, later: Sequence[Event]) -> int | None:
    return next((event.second for event in later if event.kind is kind), None)

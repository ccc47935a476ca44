"""When the teacher left a student out: nothing of them is stored then, and nobody is absent meanwhile."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from fer_desktop.storage.values import Seconds
from fer_desktop.types import Event, EventKind


def find_exclusions(events: Iterable[Event]) -> defaultdict[int, list[int]]:
    """By student: the seconds in which the teacher left them out and took them in again, by turns.

    `events`: in their order. Nothing of a student is stored from the first turn to before the second. An odd number:
    they are left out to the end.
    """
    turns: defaultdict[int, list[int]] = defaultdict(list)
    for event in events:
        if event.student is not None:
            mine = turns[event.student]
            if event.kind is (EventKind.STUDENT_INCLUDED if len(mine) % 2 else EventKind.STUDENT_EXCLUDED):
                mine.append(event.second)
    return turns


def count_watched(recorded_seconds: int, left_out_seconds: int, *, seen_seconds: int) -> int:
    """Of the recorded seconds those in which a student was watched: all in which they were not left out.

    No fewer than they were seen: who was joined with somebody who was left out may have been seen meanwhile.
    """
    return max(seen_seconds, recorded_seconds - left_out_seconds)


def count_excluded(turns: Sequence[int], recorded: Seconds) -> int:
    """How many of the `recorded` seconds, which are in order, a student with these turns was left out."""
    places = np.searchsorted(recorded, turns)
    if len(places) % 2:
        places = np.append(places, len(recorded))
    return int((places[1::2] - places[::2]).sum())

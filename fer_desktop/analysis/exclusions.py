"""When the teacher excluded a student: nothing of them is stored then, and it counts as neither present nor absent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from fer_desktop.storage.values import Seconds
from fer_desktop.types import Event, EventKind


def find_exclusion_toggles(events: Iterable[Event]) -> defaultdict[int, list[int]]:
    """By student: the seconds at which the teacher excluded and included them, alternating; excluded first.

    `events`: in order. Nothing of a student is stored from one exclusion up to the next inclusion. An odd number of
    toggles: the student is excluded to the end.
    """
    toggles: defaultdict[int, list[int]] = defaultdict(list)
    for event in events:
        if event.student is not None:
            own = toggles[event.student]
            if event.kind is (EventKind.STUDENT_INCLUDED if len(own) % 2 else EventKind.STUDENT_EXCLUDED):
                own.append(event.second)
    return toggles


def count_watched(recorded_seconds: int, excluded_seconds: int, *, seen_seconds: int) -> int:
    """The recorded seconds in which a student was watched: those in which they were not excluded.

    Never fewer than `seen_seconds`: a student merged with an excluded one may have been seen in the meantime.
    """
    return max(seen_seconds, recorded_seconds - excluded_seconds)


def count_excluded(toggles: Sequence[int], recorded: Seconds) -> int:
    """The number of `recorded` seconds (sorted) in which a student with these toggles was excluded."""
    places = np.searchsorted(recorded, toggles)
    if len(places) % 2:
        places = np.append(places, len(recorded))
    return int((places[1::2] - places[::2]).sum())

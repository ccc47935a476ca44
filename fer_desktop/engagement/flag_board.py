"""The flags that are shown, those that were dismissed, and those that came too soon again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from fer_desktop.types import Event, EventKind, Flag, FlagKind, Merge

Key = tuple[int | None, FlagKind]
"""A student, or None for the class, and the kind of flag."""

_DISMISSALS_TO_QUIET: Final = 2


class FlagBoard:
    """Pure but for its memory.

    A dismissed flag comes back only when its reason has ended and comes anew; dismissed a second time, that kind is
    not shown of that student again in this session. A flag that comes and goes is raised once in `repeat_after_s`.
    """

    def __init__(self, *, repeat_after_s: int) -> None:
        self._repeat_after_s = repeat_after_s
        self._shown: dict[Key, Flag] = {}
        self._holding: dict[Key, Flag] = {}
        self._dismissed: set[Key] = set()
        self._dismissals: Counter[Key] = Counter()
        self._raised_at: dict[Key, int] = {}
        self._ended: list[Key] = []

    def of(self, student: int | None) -> tuple[Flag, ...]:
        """The flags of a student that are shown; without one those of the class."""
        return tuple(flag for (number, _), flag in self._shown.items() if number == student)

    def held(self, student: int | None) -> dict[FlagKind, Flag]:
        """The flags of a student, or of the class, whose reason held a second ago, shown or not."""
        return {kind: flag for (number, kind), flag in self._holding.items() if number == student}

    def update(self, second: int, flags: Iterable[Flag]) -> list[Event]:
        """Takes the flags whose reasons hold now, and tells which are raised and which are over."""
        before = self._holding
        self._holding = {(flag.student, flag.kind): _keep_since(flag, before) for flag in flags}
        self._dismissed &= self._holding.keys()
        shown = {key: flag for key, flag in self._holding.items() if self._may_show(key, second)}
        raised = [
            Event(EventKind.FLAG_RAISED, second, flag.reason, *key)
            for key, flag in shown.items()
            if key not in self._shown
        ]
        over = (*self._ended, *(key for key in self._shown if key not in self._holding))
        for event in raised:
            if event.flag is not None:
                self._raised_at[event.student, event.flag] = second
        self._ended.clear()
        self._shown = shown
        return raised + [Event(EventKind.FLAG_CLEARED, second, "", *key) for key in over]

    def dismiss(self, student: int | None, kind: FlagKind) -> bool:
        """False where no such flag is shown: a second click on the same one is no second dismissal."""
        if self._shown.pop((student, kind), None) is None:
            return False
        self._dismissed.add((student, kind))
        self._dismissals[student, kind] += 1
        return True

    def end(self, student: int) -> None:
        """The flags of a student who is left out are over; the next update says so."""
        for key in [key for key in self._shown if key[0] == student]:
            del self._shown[key]
            self._ended.append(key)
        self._holding = {key: flag for key, flag in self._holding.items() if key[0] != student}

    def merge(self, merge: Merge) -> None:
        """Ends the flags of the merged number; dismissals and the time of the last flag pass to the other."""
        self.end(merge.student)
        for kind in FlagKind:
            before, after = (merge.student, kind), (merge.into, kind)
            if before in self._dismissed:
                self._dismissed.add(after)
            self._dismissals[after] += self._dismissals[before]
            if before in self._raised_at:
                self._raised_at[after] = max(self._raised_at[before], self._raised_at.get(after, 0))

    def _may_show(self, key: Key, second: int) -> bool:
        if key in self._shown:
            return True
        if key in self._dismissed or self._dismissals[key] >= _DISMISSALS_TO_QUIET:
            return False
        return key not in self._raised_at or second - self._raised_at[key] >= self._repeat_after_s


def _keep_since(flag: Flag, before: dict[Key, Flag]) -> Flag:
    """A reason that goes on goes on since it began."""
    earlier = before.get((flag.student, flag.kind))
    return flag if earlier is None else replace(flag, since_second=min(flag.since_second, earlier.since_second))

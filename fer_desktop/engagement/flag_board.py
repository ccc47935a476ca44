"""Which flags are shown: dismissed ones are not, nor those that recur too soon."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from fer_desktop.types import Event, EventKind, Flag, FlagKind, Merge

Key = tuple[int | None, FlagKind]
"""A student, or None for the class, and the kind of flag."""

_MAX_DISMISSALS: Final = 2


class FlagBoard:
    """Takes the flags with evidence second by second and decides which are shown. Deterministic, without a clock.

    A dismissed flag remains hidden until its evidence has ended and recurs; dismissed twice, that kind is not shown
    for that student again in this session. A flag that clears and recurs is raised at most once in `repeat_after_s`.
    """

    def __init__(self, *, repeat_after_s: int) -> None:
        self._repeat_after_s = repeat_after_s
        self._shown: dict[Key, Flag] = {}
        self._held: dict[Key, Flag] = {}
        self._dismissed: set[Key] = set()
        self._dismissals: Counter[Key] = Counter()
        self._raised_at: dict[Key, int] = {}
        self._ended: list[Key] = []

    def of(self, student: int | None) -> tuple[Flag, ...]:
        """The flags shown of a student; those of the class for None."""
        return tuple(flag for (number, _), flag in self._shown.items() if number == student)

    def held(self, student: int | None) -> dict[FlagKind, Flag]:
        """The flags of a student, or of the class for None, with evidence in the last second, shown or not."""
        return {kind: flag for (number, kind), flag in self._held.items() if number == student}

    def update(self, second: int, flags: Iterable[Flag]) -> list[Event]:
        """Takes all flags with evidence now. Returns an event for each that is raised or cleared by it."""
        before = self._held
        self._held = {(flag.student, flag.kind): _keep_since(flag, before) for flag in flags}
        self._dismissed &= self._held.keys()
        shown = {key: flag for key, flag in self._held.items() if self._may_show(key, second)}
        raised = [
            Event(EventKind.FLAG_RAISED, second, "", *key, flag.evidence)
            for key, flag in shown.items()
            if key not in self._shown
        ]
        over = (*self._ended, *(key for key in self._shown if key not in self._held))
        for event in raised:
            if event.flag is not None:
                self._raised_at[event.student, event.flag] = second
        self._ended.clear()
        self._shown = shown
        return raised + [Event(EventKind.FLAG_CLEARED, second, "", *key) for key in over]

    def dismiss(self, student: int | None, kind: FlagKind) -> bool:
        """Hides a flag. False where no such flag is shown: a second click does not count as a second dismissal."""
        if self._shown.pop((student, kind), None) is None:
            return False
        self._dismissed.add((student, kind))
        self._dismissals[student, kind] += 1
        return True

    def end(self, student: int) -> None:
        """Ends a student's flags, as when they are excluded; the next update returns the events."""
        for key in [key for key in self._shown if key[0] == student]:
            del self._shown[key]
            self._ended.append(key)
        self._held = {key: flag for key, flag in self._held.items() if key[0] != student}

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
        if key in self._dismissed or self._dismissals[key] >= _MAX_DISMISSALS:
            return False
        return key not in self._raised_at or second - self._raised_at[key] >= self._repeat_after_s


def _keep_since(flag: Flag, before: dict[Key, Flag]) -> Flag:
    """The flag, dated from when its evidence began."""
    earlier = before.get((flag.student, flag.kind))
    return flag if earlier is None else replace(flag, since_second=min(flag.since_second, earlier.since_second))

"""The last ten minutes of each student, for the small timelines in the live list. Pure numpy, no drawing."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.engagement import LONGEST_STEP_S
from fer_desktop.types import EXPRESSIONS, Presence, StudentState
from ui.words import STACK_ORDER

HISTORY_S: Final = 600
SLOT_S: Final = 5
"""One column of a timeline: long enough to repaint the list seldom, short enough to be accurate."""
SLOTS: Final = HISTORY_S // SLOT_S

UNSURE: Final = len(EXPRESSIONS)
"""Visible, without a clear expression."""
UNREADABLE: Final = UNSURE + 1
"""There, without a face that can be read."""
CAMERA_OFF: Final = UNSURE + 2
NOTHING: Final = UNSURE + 3
"""Away, nobody or not in view, or before the student was first seen."""
LEFT_OUT: Final = NOTHING + 1
"""Painted like `NOTHING`, but not counted: an excluded student is not missing."""

_CODES: Final = {
    Presence.UNREADABLE: UNREADABLE,
    Presence.EMPTY: NOTHING,
    Presence.CAMERA_OFF: CAMERA_OFF,
    Presence.OUT_OF_VIEW: NOTHING,
    Presence.AWAY: NOTHING,
}
_HEIGHTS: Final = {UNREADABLE: 3, CAMERA_OFF: 1, NOTHING: 0, LEFT_OUT: 0}
"""Rows of four; a visible student fills all. Height encodes presence too, so that colour never stands alone."""
STRIP_ROWS: Final = 4


class StudentHistories:
    """The slots of each student; a slot holds the last state seen in it.

    Slots from before an exclusion remain, as they do in the database.
    """

    def __init__(self) -> None:
        self._slot = -1
        self._second = 0
        self._watched_s = 0
        self._codes: dict[int, NDArray[np.uint8]] = {}

    def add(self, students: Sequence[StudentState], second: int) -> bool:
        """Adds the states of a second and returns whether a new slot began. Earlier seconds are ignored.

        A pause takes up no slots.
        """
        passed_s = second - self._second
        if passed_s < 0:
            return False
        self._second = second
        self._watched_s += passed_s if passed_s <= LONGEST_STEP_S else 1
        slot = self._watched_s // SLOT_S
        steps = slot - self._slot
        if steps > 0:
            self._shift(min(steps, SLOTS))
            self._slot = slot
        here = {state.student for state in students}
        for gone in self._codes.keys() - here:
            del self._codes[gone]
        for state in students:
            codes = self._codes.get(state.student)
            if codes is None:
                codes = self._codes[state.student] = np.full(SLOTS, NOTHING, np.uint8)
            codes[-1] = code_of(state)
        return steps > 0

    def clear(self) -> None:
        """Clears everything for a new session."""
        self._slot = -1
        self._second = self._watched_s = 0
        self._codes.clear()

    def of(self, student: int) -> NDArray[np.uint8]:
        """The (SLOTS,) codes of a student, the newest last."""
        codes = self._codes.get(student)
        return np.full(SLOTS, NOTHING, np.uint8) if codes is None else codes

    def minutes_seen(self, student: int) -> tuple[int, int]:
        """Minutes in which the student was there, and minutes since the student was first seen, of the last ten.

        Excluded time is not counted.
        """
        codes = self.of(student)
        codes = codes[codes != LEFT_OUT]
        known = np.flatnonzero(codes != NOTHING)
        if not len(known):
            return 0, 0
        a_minute = 60 / SLOT_S
        return round(float((codes <= UNREADABLE).sum()) / a_minute), round((len(codes) - int(known[0])) / a_minute)

    def _shift(self, steps: int) -> None:
        for codes in self._codes.values():
            codes[:-steps] = codes[steps:]
            codes[-steps:] = NOTHING


def code_of(state: StudentState) -> int:
    """The code of a state: the index of its expression in `STACK_ORDER`, or one of the codes above."""
    if state.excluded:
        return LEFT_OUT
    if state.presence is not Presence.VISIBLE:
        return _CODES[state.presence]
    return UNSURE if state.expression is None else STACK_ORDER.index(state.expression)


def make_strip(codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """(n,) codes as a (STRIP_ROWS, n) picture of codes, row 0 at the top."""
    heights = np.full(256, STRIP_ROWS, np.uint8)
    for code, height in _HEIGHTS.items():
        heights[code] = height
    from_top = STRIP_ROWS - np.arange(STRIP_ROWS)[:, None]
    return np.where(from_top <= heights[codes][None, :], codes[None, :], NOTHING).astype(np.uint8)

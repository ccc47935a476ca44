"""Chooses the tiles that are looked at in a frame: each about twice a second, spread evenly over the frames."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Change(IntEnum):
    """What a tile shows, compared with its last look.

    SAME: nothing that is more than noise. SLIGHT: as of anybody who sits. MOVED: the face is not as it was.
    UNKNOWN: there is no last look that this frame could be compared with, or another picture is shown.
    """

    SAME = 0
    SLIGHT = 1
    MOVED = 2
    UNKNOWN = 3


@dataclass(frozen=True, slots=True)
class LookRate:
    """How often faces are looked at, in seconds of the call.

    `every_s`: from one look at a face to the next; the mean over a class is hardly less. `moved_s`: of one that moved,
    at the expense of the others. `same_s`: of one that did not change, whose last result holds.
    """

    every_s: float
    moved_s: float
    same_s: float


FULL_RATE: Final = LookRate(every_s=0.5, moved_s=0.15, same_s=1.0)
LOW_RATE: Final = LookRate(every_s=1.0, moved_s=0.5, same_s=1.0)
_ROUNDING: Final = 1e-6
_EARLIEST: Final = 0.4 - _ROUNDING
"""Of the time from one look to the next: so soon a face may be looked at again where the rate allows for more."""
_LONGEST_STEP_S: Final = 1.0
"""A longer time between two frames is a gap."""


@dataclass(frozen=True, slots=True)
class FollowedTile:
    """A tile whose face is followed. `looked_at_s`: when it was looked at last."""

    change: Change
    looked_at_s: float


class LookScheduler:
    """Takes the frames of one source in order. Deterministic, and has no clock."""

    def __init__(self) -> None:
        self._newest_s: float | None = None
        self._turn = 0

    def choose(self, at_s: float, tiles: Mapping[int, FollowedTile], rate: LookRate) -> frozenset[int]:
        """The tiles to look at in the frame of `at_s`, by their index.

        An unknown one is looked at whatever it costs, and one that has not changed when its time has come; of the
        others those that are most overdue, as many as the rate allows for this frame.
        """
        step_s = self._step(at_s)
        unknown = {index for index, tile in tiles.items() if tile.change is Change.UNKNOWN}
        overdue = {index: _measure_overdue(tiles[index], at_s, rate) for index in tiles.keys() - unknown}
        same = {index for index in overdue if tiles[index].change is Change.SAME}
        places = max(tiles, default=0) + 1
        # Of those that are equally overdue the next ones in turn, or the first would always be preferred.
        changing = sorted(
            overdue.keys() - same, key=lambda index: (-round(overdue[index], 3), (index - self._turn) % places)
        )
        allowed = math.ceil(len(changing) * step_s / rate.every_s - _ROUNDING)
        self._turn = (self._turn + allowed) % places
        due = [index for index in changing if overdue[index] >= _EARLIEST]
        return frozenset(unknown | {index for index in same if overdue[index] >= 1} | set(due[:allowed]))

    def _step(self, at_s: float) -> float:
        before_s, self._newest_s = self._newest_s, at_s
        return _LONGEST_STEP_S if before_s is None else min(max(at_s - before_s, 0.0), _LONGEST_STEP_S)


def _measure_overdue(tile: FollowedTile, at_s: float, rate: LookRate) -> float:
    """The time since the last look over that until the next one: 1 where it is due now."""
    wait_s = {Change.SAME: rate.same_s, Change.SLIGHT: rate.every_s, Change.MOVED: rate.moved_s}[tile.change]
    return (at_s - tile.looked_at_s) / wait_s

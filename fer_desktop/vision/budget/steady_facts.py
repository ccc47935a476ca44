"""What a tile shows as a whole, found out again only where its picture has changed, or after a while."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.changes import FrameCells, TileChanges
from fer_desktop.vision.budget.scheduler import Change

Fact = TypeVar("Fact")
LIFETIMES_S: Final = (0.7, 0.9, 1.1)
"""In turns, so that those of a whole class, found out in its first frame, do not end together again and again."""

_MOST_KNOWN: Final = 500


@dataclass(frozen=True, slots=True)
class _Known(Generic[Fact]):
    fact: Fact
    until_s: float


class SteadyFacts(Generic[Fact]):
    """A function of a frame and the box of a tile, whose results are kept while the tile shows much the same.

    For facts that a head or a hand does not change: whether the camera is on, the room around the student. Where the
    picture of a tile is another one, its fact is found out at once.
    """

    def __init__(
        self,
        cells: FrameCells,
        find: Callable[[Image, Box], Fact],
        *,
        is_fragile: Callable[[Fact], bool],
        lifetimes_s: tuple[float, ...] = LIFETIMES_S,
    ) -> None:
        """`cells`: of the frames that are given. `is_fragile`: of a fact that may change with a few cells, as a card
        does in its letters: it is kept only while nothing changes but noise. `lifetimes_s`: as `LIFETIMES_S`.
        """
        self._cells = cells
        self._find = find
        self._is_fragile = is_fragile
        self._lifetimes_s = lifetimes_s
        self._changes = TileChanges(cells)
        self._known: dict[Box, _Known[Fact]] = {}
        self._found = 0

    def of(self, image: Image, box: Box) -> Fact:
        """The fact about the tile at `box` of the newest frame, `image`."""
        known = self._known.get(box)
        if known is not None and self._cells.captured_at_s < known.until_s and self._holds(known.fact, box):
            return known.fact
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()  # as after a window was dragged about for long: each place was a tile of its own
        fact = self._find(image, box)
        self._changes.keep(box)
        self._found += 1
        lifetime_s = self._lifetimes_s[self._found % len(self._lifetimes_s)]
        self._known[box] = _Known(fact, self._cells.captured_at_s + lifetime_s)
        return fact

    def _holds(self, fact: Fact, box: Box) -> bool:
        change = self._changes.measure(box, None)
        return change is Change.SAME or (change is Change.SLIGHT and not self._is_fragile(fact))

"""Tiles that have shown no face for a while are searched for one about twice a second, a third of them in each frame.

Known faces are looked at as often, and who is there is found out by other means. A face that comes back is found in the
first frame that comes half a second or later after the last search.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.types import Box, FaceDetection, Tile

_REST_S: Final = 0.5
"""After so long without a search no tile rests: at two frames a second or less none ever does."""
_RESTING: Final = 2 / 3
"""Of the tiles that have shown no face for a while, the share that may rest in a frame."""
_MIN_MISSES: Final = 3
"""Searches in a row without a face before a tile rests."""


@dataclass(slots=True)
class _Searches:
    """`newest_s`: when the tile was searched last; `misses`: in a row."""

    newest_s: float
    misses: int = 0


class RestingTiles:
    """Frames come in order: `choose`, then `note`."""

    def __init__(self) -> None:
        self._searches: dict[Box, _Searches] = {}

    def choose(self, tiles: Sequence[Tile], now_s: float) -> frozenset[int]:
        """The indices of the tiles that need not be searched in this frame."""
        known = {index: self._searches.get(tile.box) for index, tile in enumerate(tiles)}
        missed = [
            (search.newest_s, index)
            for index, search in known.items()
            if search is not None and search.misses >= _MIN_MISSES
        ]
        newest = sorted(missed, reverse=True)[: int(_RESTING * len(missed))]
        return frozenset(index for searched_s, index in newest if 0 <= now_s - searched_s < _REST_S)

    def note(
        self, tiles: Sequence[Tile], skipped: Collection[int], faces: Sequence[FaceDetection], now_s: float
    ) -> None:
        """Remembers which tiles were searched, and with what result."""
        filled = {face.tile for face in faces}
        before, self._searches = self._searches, {}
        for index, tile in enumerate(tiles):
            search = before.get(tile.box, _Searches(now_s))
            if index not in skipped:
                search.newest_s, search.misses = now_s, 0 if index in filled else search.misses + 1
            self._searches[tile.box] = search

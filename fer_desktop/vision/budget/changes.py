"""How much a tile changed since it was looked at last, from a small grey copy of the frame."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.scheduler import Change
from fer_desktop.vision.halving import halve

_HALVINGS: Final = 3
_CELL_PX: Final = 2**_HALVINGS
"""Side of the squares of which the copy has the mean: noise of single pixels is averaged away."""


@dataclass(frozen=True, slots=True)
class _Thresholds:
    """Levels are of 0 to 255, of a cell's mean."""

    noise_levels: int = 1
    """A cell that differs by no more is the same: 64 pixels with a noise of 1.5 levels differ by .2 on average."""
    moved_levels: int = 8
    moved_share: float = 0.25
    """Of the cells of a face, so many moved: it is not where it was, or does not look as it did."""
    cut_share: float = 0.6
    """Of the cells of a tile, so many moved: another picture is shown."""


_THRESHOLDS: Final = _Thresholds()


class FrameCells:
    """The small grey copy of the newest frame, made once for all that compare frames."""

    def __init__(self) -> None:
        self.grey: Image = np.zeros((0, 0), np.uint8)
        self.captured_at_s = 0.0

    def start_frame(self, image: Image, captured_at_s: float) -> None:
        """Takes the next frame."""
        small = cv2.cvtColor(halve(image, _HALVINGS), cv2.COLOR_BGR2GRAY)
        self.grey, self.captured_at_s = np.asarray(small, np.uint8), captured_at_s


class TileChanges:
    """Compares the frames of one source, in order. Each tile's past is the frame in which `keep` was called for it."""

    def __init__(self, cells: FrameCells) -> None:
        self._cells = cells
        self._now = cells.grey
        self._kept: Image = np.zeros((0, 0), np.uint8)
        self._marks: _Marks | None = None

    def keep(self, box: Box) -> None:
        """The tile at `box` is looked at in this frame; it is compared with this one from the next frame on."""
        self._take_frame()
        part = _find_cells(box, *self._now.shape).part
        self._kept[part] = self._now[part]

    def measure(self, box: Box, face: Box | None) -> Change:
        """What the tile at `box` shows, which was kept in an earlier frame. `face`: where its face was then."""
        self._take_frame()
        marks = self._marks = self._marks or _Marks.of(self._now, self._kept)
        tile = _find_cells(box, *self._now.shape)
        if not tile.count:
            return Change.UNKNOWN
        if not tile.sum_up(marks.changed):
            return Change.SAME
        if tile.sum_up(marks.moved) > _THRESHOLDS.cut_share * tile.count:
            return Change.UNKNOWN
        around = tile if face is None else _find_cells(face, *self._now.shape)
        return Change.MOVED if around.sum_up(marks.moved) > _THRESHOLDS.moved_share * around.count else Change.SLIGHT

    def _take_frame(self) -> None:
        if self._now is not self._cells.grey:
            self._now, self._marks = self._cells.grey, None
        if self._kept.shape != self._now.shape:
            self._kept, self._marks = np.zeros_like(self._now), None


@dataclass(frozen=True, slots=True)
class _Cells:
    """A part of the copy, by its rows and columns; `bottom` and `right` are the first ones after it."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def part(self) -> tuple[slice, slice]:
        return slice(self.top, self.bottom), slice(self.left, self.right)

    @property
    def count(self) -> int:
        return (self.bottom - self.top) * (self.right - self.left)

    def sum_up(self, sums: NDArray[np.int32]) -> int:
        """Over the part, from the sums over all that is above and left of each cell."""
        below = sums[self.bottom, self.right] - sums[self.bottom, self.left]
        return int(below - sums[self.top, self.right] + sums[self.top, self.left])


@lru_cache(maxsize=1024)  # of each tile it is asked several times a frame
def _find_cells(box: Box, rows: int, columns: int) -> _Cells:
    """The cells of a copy of that size that the box touches."""
    left, top = (min(max(0, int(start // _CELL_PX)), end) for start, end in ((box.x, columns), (box.y, rows)))
    right, bottom = (
        min(max(0, int(-(-stop // _CELL_PX))), end) for stop, end in ((box.right, columns), (box.bottom, rows))
    )
    return _Cells(top, max(top, bottom), left, max(left, right))


@dataclass(frozen=True, slots=True, eq=False)
class _Marks:
    """The cells that changed by more than noise, and those that moved: sums as of `cv2.integral`."""

    changed: NDArray[np.int32]
    moved: NDArray[np.int32]

    @classmethod
    def of(cls, now: Image, kept: Image) -> "_Marks":
        apart = np.asarray(cv2.absdiff(now, kept), np.uint8)
        return cls(
            *(
                np.asarray(cv2.integral((apart > levels).view(np.uint8)), np.int32)
                for levels in (_THRESHOLDS.noise_levels, _THRESHOLDS.moved_levels)
            )
        )

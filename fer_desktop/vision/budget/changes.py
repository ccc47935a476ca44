"""How much a tile changed since it was looked at last, from a small grey copy of the frame."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.budget.scheduler import Change

_CELL_PX: Final = 8
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


class TileChanges:
    """Compares the frames of one source, in order. Each tile's past is the frame in which `keep` was called for it."""

    def __init__(self) -> None:
        self._now: Image | None = None
        self._kept: Image | None = None

    def start_frame(self, image: Image) -> None:
        """Takes the next frame."""
        height, width = image.shape[:2]
        size = max(1, width // _CELL_PX), max(1, height // _CELL_PX)
        now = cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
        self._now = np.asarray(now, np.uint8)
        if self._kept is None or self._kept.shape != self._now.shape:
            self._kept = np.zeros_like(self._now)

    def keep(self, box: Box) -> None:
        """The tile at `box` is looked at in this frame."""
        if self._now is not None and self._kept is not None:
            part = _cells(box)
            self._kept[part] = self._now[part]

    def measure(self, box: Box, face: Box | None) -> Change:
        """What the tile at `box` shows, which was kept in an earlier frame. `face`: where its face was then."""
        if self._now is None or self._kept is None:
            return Change.UNKNOWN
        apart = cv2.absdiff(self._now[_cells(box)], self._kept[_cells(box)])
        if apart is None or not apart.size:
            return Change.UNKNOWN
        if apart.max() <= _THRESHOLDS.noise_levels:
            return Change.SAME
        moved = apart > _THRESHOLDS.moved_levels
        if moved.mean() > _THRESHOLDS.cut_share:
            return Change.UNKNOWN
        around = moved if face is None else moved[_cells(face.shifted(-box.x, -box.y))]
        return Change.MOVED if around.size and around.mean() > _THRESHOLDS.moved_share else Change.SLIGHT


def _cells(box: Box) -> tuple[slice, slice]:
    """The rows and columns of the cells that the box touches, without those outside the copy."""
    top, bottom = max(0, int(box.y // _CELL_PX)), max(0, int(-(-box.bottom // _CELL_PX)))
    left, right = max(0, int(box.x // _CELL_PX)), max(0, int(-(-box.right // _CELL_PX)))
    return slice(top, bottom), slice(left, right)

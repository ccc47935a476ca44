"""The straight edges of a picture, and how much of a rectangle's sides they cover."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds of edges, tuned on the rendered and real call windows of the gallery benchmark."""

    min_step: int = 7
    """Levels between both sides of an edge; pictures of two rooms differ by far more on most of their border."""
    run_px: int = 32
    """Length of the shortest edge."""
    min_run_share: float = 0.5
    """Of a run, how much must be edge: by chance a third of it is, where a picture is all texture."""
    thin_px: int = 7
    """Only the strongest step within this distance is an edge."""
    filled_levels: int = 8
    """A picture cut by the border differs from what surrounds the others by more."""
    near_px: int = 1
    """From a side to its edge at most."""


_CONFIG: Final = _Config()


class Sides(NamedTuple):
    """Share of each side of a rectangle, 0 to 1, that is straight edge, or where the picture's border cuts it."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def mean(self) -> float:
        """Of the four sides."""
        return sum(self) / 4


class EdgeMap:
    """The edges of one picture. An edge's place is the first column, or row, behind it.

    `down`: (height + 1, width + 1) pixels near vertical edges above each row; `across`: (height + 1, width + 1) pixels
    near horizontal edges left of each column. `sharp_down`: as `down`, of the pixels on an edge.
    """

    def __init__(self, image: Image) -> None:
        left, right, top, bottom = _mark_filled_borders(image)
        vertical, sharp = _mark_edges(image, left, right)
        turned, sharp_turned = _mark_edges(np.ascontiguousarray(image.transpose(1, 0, 2)), top, bottom)
        self.height, self.width = image.shape[:2]
        self.down = _count_down(vertical)
        self.across = np.ascontiguousarray(_count_down(turned).T)
        self.sharp_down = _count_down(sharp)
        self.longest_across = _longest_runs(turned.T)
        self.sharp_across = np.append(sharp_turned.sum(axis=0, dtype=np.int32), 0)

    def measure_sides(self, box: Box) -> Sides:
        """Of a box that may reach out of the picture by some pixels."""
        left, right = (min(self.width, max(0, round(x))) for x in (box.x, box.right))
        top, bottom = (min(self.height, max(0, round(y))) for y in (box.y, box.bottom))
        height, width = max(1, bottom - top), max(1, right - left)
        return Sides(
            left=float(self.down[bottom, left] - self.down[top, left]) / height,
            top=float(self.across[top, right] - self.across[top, left]) / width,
            right=float(self.down[bottom, right] - self.down[top, right]) / height,
            bottom=float(self.across[bottom, right] - self.across[bottom, left]) / width,
        )


def _mark_edges(
    image: Image, left: NDArray[np.bool_], right: NDArray[np.bool_]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """(height, width) 1 near vertical edges, which are runs of steps from one column to the next; and 1 on them.

    `left`, `right`: (height,) where the picture is cut by its border, which is an edge then.
    """
    blue, green, red = cv2.split(cv2.absdiff(image[:, 2:], image[:, :-2]))
    step = np.zeros(image.shape[:2], np.uint8)
    step[:, 1:-1] = cv2.max(cv2.max(blue, green), red)
    peak = cv2.dilate(step, np.ones((1, _CONFIG.thin_px), np.uint8))
    is_edge = ((step >= _CONFIG.min_step) & (cv2.subtract(peak, step) <= 1)).view(np.uint8)
    density = cv2.blur(is_edge * 255, (1, _CONFIG.run_px), borderType=cv2.BORDER_REPLICATE)
    dense = (density >= round(255 * _CONFIG.min_run_share)).view(np.uint8)
    runs = cv2.dilate(dense, np.ones((_CONFIG.run_px // 2, 1), np.uint8))
    near = np.asarray(cv2.dilate(runs, np.ones((1, 1 + 2 * _CONFIG.near_px), np.uint8)), np.uint8)
    near[:, :2] |= left[:, None]
    near[:, -2:] |= right[:, None]
    return near, np.asarray(cv2.bitwise_and(runs, is_edge), np.uint8)


def _mark_filled_borders(image: Image) -> list[NDArray[np.bool_]]:
    """For the left, right, upper and lower border where the picture reaches it: not in the border's common colour."""
    borders = [image[:, 0], image[:, -1], image[0], image[-1]]
    common = np.median(np.concatenate(borders), axis=0)
    return [np.abs(border - common).max(axis=1) > _CONFIG.filled_levels for border in borders]


def _count_down(mask: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(height + 1, width + 1) how many pixels of the mask lie above each row; the last column is repeated."""
    counts = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), np.int32)
    np.cumsum(mask, axis=0, out=counts[1:, :-1])
    counts[:, -1] = counts[:, -2]
    return counts


def _longest_runs(horizontal: NDArray[np.uint8]) -> NDArray[np.int32]:
    """(height + 1,) of the longest edge in each row, in pixels."""
    run = np.zeros(horizontal.shape[0], np.int32)
    longest = run.copy()
    for column in horizontal.T:
        run = (run + 1) * column
        np.maximum(longest, run, out=longest)
    return np.append(longest, 0)

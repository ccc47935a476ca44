"""The colour of the gaps between the tiles of a call window, and a mask of these gaps."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image

_LUMA_TOLERANCE: Final = 4
"""Gaps are painted in one exact colour; video coding changes its brightness by a few levels. The card of a camera that
is off can be as near as ten levels to it (Zoom 26 and 36, Teams 31 and 41), so this must remain well below that."""
_CHROMA_TOLERANCE: Final = 10
"""Video coding stores colour at half the resolution, so tiles bleed more colour than brightness into the gaps."""
_MIN_GAP_SHARE: Final = 0.02
_CANDIDATES: Final = 3


def find_gap_colours(image: Image) -> list[tuple[int, int, int]]:
    """The colours (blue, green, red) that may fill the gaps, likeliest first: those common in flat areas of the frame.

    A gap is flat along its own direction, video is not. Weighted by how many rows and columns show the colour,
    because gaps run through the whole gallery while a wall or an avatar fills one tile.
    """
    step = max(1, min(image.shape[:2]) // 360)
    small = image[::step, ::step]
    codes = _pack(small)
    flat = np.zeros(codes.shape, bool)
    flat[:, 1:] = codes[:, 1:] == codes[:, :-1]
    flat[1:] |= codes[1:] == codes[:-1]
    values, counts = np.unique(codes[flat], return_counts=True)
    if not len(values):
        return []
    common = values[np.argsort(counts)[::-1][: 2 * _CANDIDATES]]
    scored = []
    for value in common:
        mask = codes == value
        if mask.mean() < _MIN_GAP_SHARE:
            continue
        spread = (mask.mean(axis=1) > 0.02).mean() * (mask.mean(axis=0) > 0.02).mean()
        scored.append((float(spread), _unpack(small, mask)))
    scored.sort(key=lambda item: item[0], reverse=True)
    return _distinct([colour for _, colour in scored])[:_CANDIDATES]


def mask_gap(image: Image, gap_colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """255 where the picture has the gap's colour: (height, width) uint8, for a BGR picture."""
    luma, red, blue = cv2.cvtColor(np.array([[gap_colour]], np.uint8), cv2.COLOR_BGR2YCrCb)[0, 0].tolist()
    low = np.array([luma - _LUMA_TOLERANCE, red - _CHROMA_TOLERANCE, blue - _CHROMA_TOLERANCE])
    high = np.array([luma + _LUMA_TOLERANCE, red + _CHROMA_TOLERANCE, blue + _CHROMA_TOLERANCE])
    ycrcb = cv2.cvtColor(image, cv2.COLOR_BGR2YCrCb)
    return np.asarray(cv2.inRange(ycrcb, np.clip(low, 0, 255), np.clip(high, 0, 255)), np.uint8)


def keep_lines(gap: NDArray[np.uint8], *, min_length_px: int, max_break_px: int) -> NDArray[np.uint8]:
    """The runs of a gap mask along rows or columns: breaks by coding noise are closed, dark spots in video removed."""
    lines: Any = np.zeros_like(gap)
    for row, column in ((0, 1), (1, 0)):
        bridge = np.ones((1 + row * max_break_px, 1 + column * max_break_px), np.uint8)
        run = np.ones((1 + row * (min_length_px - 1), 1 + column * (min_length_px - 1)), np.uint8)
        closed = cv2.morphologyEx(gap, cv2.MORPH_CLOSE, bridge)
        lines = cv2.bitwise_or(lines, cv2.morphologyEx(closed, cv2.MORPH_OPEN, run))
    return np.asarray(lines, np.uint8)


def _pack(image: Image) -> NDArray[np.int32]:
    """One number a colour, in steps of four levels, so that coding noise does not split a colour."""
    rough = (image >> 2).astype(np.int32)
    packed: NDArray[np.int32] = (rough[..., 0] << 12) | (rough[..., 1] << 6) | rough[..., 2]
    return packed


def _unpack(image: Image, mask: NDArray[np.bool_]) -> tuple[int, int, int]:
    blue, green, red = np.median(image[mask], axis=0)
    return int(blue), int(green), int(red)


def _distinct(colours: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    kept: list[tuple[int, int, int]] = []
    for colour in colours:
        if all(max(abs(a - b) for a, b in zip(colour, other, strict=True)) > _LUMA_TOLERANCE for other in kept):
            kept.append(colour)
    return kept

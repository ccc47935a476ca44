"""Whether a tile shows a camera's picture, or the card of a camera that is off.

A card is painted in one exact colour except for a name, initials or a still profile picture in its middle. A camera's
picture has noise and shading; where software replaces the wall by one colour, a person still reaches the tile's lower
edge. A picture between two bars is a camera's (a telephone held upright, an old webcam), unless it is square: call
windows show profile pictures so, and only while the camera is off.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box, Image


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds of cards, tuned on the rendered and real call windows of the gallery benchmark.

    Levels are of 0 to 255, in the channel that differs most; shares are 0 to 1.
    """

    sampled_rows: int = 48
    min_side_px: int = 16
    """Smaller tiles count as cards."""
    flat_levels: int = 3
    """Pixels this near to the card's colour are flat..."""
    exact_levels: int = 1
    """...and these have it exactly, but for coding."""
    min_flat_rim: float = 0.8
    min_exact_rim: float = 0.85
    """Shares of a card's left and right edge."""
    min_plain_without_rim: float = 0.8
    """Share of the whole tile, where the edge is no card's: a speaker's frame or a button may cover it."""
    min_body_width: float = 0.3
    """Share of the band above the name that a person's shoulders fill..."""
    min_body_beside_name: float = 0.2
    """...and of the band beside the name."""
    max_square_deviation: float = 0.07
    """Of width over height from 1, of a profile picture."""
    card_near_window_levels: int = 48
    """Cards are painted much like the window around them..."""
    dark_card_levels: int = 80
    """...or dark."""


_CONFIG: Final = _Config()


def is_camera_on(image: Image, box: Box) -> bool:
    """False for a plain card, with or without initials or a still profile picture. `box` may reach out of the frame."""
    box = box.clipped(image.shape[1], image.shape[0])
    if min(box.width, box.height) < _CONFIG.min_side_px:
        return False
    patch = _sample(image, box)
    rim = _rim(patch)
    colour = _median(rim)
    off_colour = _distance(rim, colour)
    flat, exact = (np.count_nonzero(off_colour <= levels) for levels in (_CONFIG.flat_levels, _CONFIG.exact_levels))
    if flat < _CONFIG.min_flat_rim * len(rim) or exact < _CONFIG.min_exact_rim * len(rim):
        return _plain_share(patch) < _CONFIG.min_plain_without_rim
    levels = patch.astype(np.int16)  # not before: most tiles are decided by now
    distance = _distance(levels, colour)
    content = distance > _CONFIG.flat_levels
    if _is_between_bars(content):
        return not (_is_square(content, box) and _is_card_colour(image, box, colour))
    return _reaches_lower_edge(_drop_label(levels, content))


def _sample(image: Image, box: Box) -> Image:
    """A coarse copy of the tile without its edge, where corners are round and a frame may mark the speaker."""
    left, top, width, height = box.rounded()
    step = max(1, height // _CONFIG.sampled_rows)
    margin_x, margin_y = max(4, width // 40), max(4, height // 30)
    return image[top + margin_y : top + height - margin_y : step, left + margin_x : left + width - margin_x : step]


def _rim(patch: Image) -> NDArray[np.int16]:
    """(n, 3) pixels of the left and right edge above the name, where a card shows nothing but its colour."""
    rows = slice(round(0.22 * len(patch)), round(0.8 * len(patch)))
    return patch[rows, [0, 1, -2, -1]].reshape(-1, 3).astype(np.int16)


def _plain_share(patch: Image) -> float:
    """Share of the tile that has its commonest colour."""
    pixels = patch[::3, ::3].reshape(-1, 3).astype(np.int16)
    return np.count_nonzero(_distance(pixels, _median(pixels)) <= _CONFIG.exact_levels) / len(pixels)


def _median(pixels: NDArray[np.int16]) -> NDArray[np.int16]:
    """The middle value of each channel of (n, 3) pixels."""
    middle: NDArray[np.int16] = np.partition(pixels, len(pixels) // 2, axis=0)[len(pixels) // 2]
    return middle


def _distance(pixels: NDArray[np.int16], colour: NDArray[np.int16]) -> NDArray[np.int16]:
    """How far each pixel is from a colour, in the channel that differs most."""
    apart = np.abs(pixels - colour)
    farthest: NDArray[np.int16] = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
    return farthest


def _part(content: NDArray[np.bool_], rows: tuple[float, float], columns: tuple[float, float]) -> NDArray[np.bool_]:
    """The part between two shares of the height and of the width; at least one row."""
    height, width = content.shape
    return content[
        int(rows[0] * height) : max(int(rows[1] * height), int(rows[0] * height) + 1),
        int(columns[0] * width) : int(columns[1] * width),
    ]


def _is_between_bars(content: NDArray[np.bool_]) -> bool:
    """Whether the middle is picture from the upper edge to the lower one; the flat rim is then a bar on each side."""
    middle = _part(content, (0.0, 1.0), (0.42, 0.58))
    top, bottom = middle[: max(1, len(middle) // 12)], middle[-max(1, len(middle) // 12) :]
    return bool(top.mean() >= 0.5 and bottom.mean() >= 0.5 and middle.mean() >= 0.7)


def _is_square(content: NDArray[np.bool_], box: Box) -> bool:
    """Whether the picture between the bars has straight sides and is as wide as it is high."""
    shares = _part(content, (0.0, 0.65), (0.0, 1.0)).mean(axis=0)
    filled = np.flatnonzero(shares >= 0.75)
    if not len(filled):
        return False
    first, last = int(filled[0]), int(filled[-1])
    beside = [*shares[max(0, first - 3) : max(0, first - 1)], *shares[last + 2 : last + 4]]
    if not beside or max(beside) > 0.15:
        return False
    # The coarse copy lacks the tile's edge, which the bars cover.
    width = (last - first + 1) / len(shares) * (box.width - 2 * max(4, box.width // 40))
    return bool(abs(width / box.height - 1) <= _CONFIG.max_square_deviation)


def _is_card_colour(image: Image, box: Box, colour: NDArray[np.int16]) -> bool:
    """Whether the bars are dark, or much like the window around the tile, as cards are; a wall rarely is."""
    if colour.max() <= _CONFIG.dark_card_levels:
        return True
    left, top, width, height = box.rounded()
    beside = [column for column in (left - 3, left + width + 2) if 0 <= column < image.shape[1]]
    pixels = image[max(0, top + height // 4) : top + 3 * height // 4, beside].reshape(-1, 3).astype(np.int16)
    return not len(pixels) or bool(_distance(_median(pixels), colour) <= _CONFIG.card_near_window_levels)


def _drop_label(patch: NDArray[np.int16], content: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`content` without the box behind the name: the second commonest colour, after the card's, at the lower left."""
    edge = np.s_[round(0.6 * len(content)) :, :3]
    inside = patch[edge][content[edge]].astype(np.int32)
    if not len(inside):
        return content
    values, counts = np.unique(inside @ np.array([1 << 16, 1 << 8, 1]), return_counts=True)
    commonest = int(values[np.argmax(counts)])
    label = np.array([commonest >> 16, commonest >> 8 & 255, commonest & 255], np.int16)
    return content & (_distance(patch, label) > _CONFIG.exact_levels)


def _reaches_lower_edge(content: NDArray[np.bool_]) -> bool:
    """Whether a person's shoulders reach the lower edge, above the name and beside it."""
    above_name = _part(content, (0.76, 0.86), (0.2, 0.8))
    beside_name = _part(content, (0.9, 1.0), (0.25, 1.0))
    return bool(above_name.mean() >= _CONFIG.min_body_width and beside_name.mean() >= _CONFIG.min_body_beside_name)

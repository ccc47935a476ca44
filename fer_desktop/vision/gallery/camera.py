"""Whether a tile shows a camera's picture, or the card of a camera that is off.

A card is painted in one exact colour but for a name, initials or a still profile picture, which stand in its middle.
A camera's picture has noise and shading; where software replaces the wall by one colour, a person still rises from the
tile's lower edge. A picture between two bars is a camera's (a telephone held upright, an old webcam), unless it is
square: call windows show profile pictures so. Whoever shows a profile picture has the camera off.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box, Image

_ROWS: Final = 48
_MIN_SIDE_PX: Final = 16
_FLAT_LEVELS: Final = 3
_EXACT_LEVELS: Final = 1
_MIN_FLAT_RIM: Final = 0.8
_MIN_EXACT_RIM: Final = 0.85
_MIN_PLAIN_WITHOUT_RIM: Final = 0.8
_MIN_BODY_WIDTH: Final = 0.3
_MIN_BODY_BESIDE_NAME: Final = 0.2
_SQUARE: Final = 0.07
_CARD_NEAR_WINDOW: Final = 48
_DARK_CARD: Final = 80


def is_camera_on(image: Image, box: Box) -> bool:
    """False for a plain card, with or without initials or a still profile picture. `box` may reach out of the frame."""
    box = box.clipped(image.shape[1], image.shape[0])
    if min(box.width, box.height) < _MIN_SIDE_PX:
        return False
    patch = _sample(image, box)
    rim = _rim(patch)
    colour = _median(rim)
    off_colour = _distance(rim, colour)
    flat, exact = (np.count_nonzero(off_colour <= levels) for levels in (_FLAT_LEVELS, _EXACT_LEVELS))
    if flat < _MIN_FLAT_RIM * len(rim) or exact < _MIN_EXACT_RIM * len(rim):
        return _plain_share(patch) < _MIN_PLAIN_WITHOUT_RIM
    levels = patch.astype(np.int16)  # not before: most tiles have told by now
    distance = _distance(levels, colour)
    content = distance > _FLAT_LEVELS
    if _stands_between_bars(content):
        return not (_is_square(content, box) and _is_card_colour(image, box, colour))
    return _rises_from_below(_drop_label(levels, content))


def _sample(image: Image, box: Box) -> Image:
    """A coarse view of the tile without its edge: round corners, and the frame around the one who speaks."""
    left, top, width, height = box.rounded()
    step = max(1, height // _ROWS)
    margin_x, margin_y = max(4, width // 40), max(4, height // 30)
    return image[top + margin_y : top + height - margin_y : step, left + margin_x : left + width - margin_x : step]


def _rim(patch: Image) -> NDArray[np.int16]:
    """The left and the right edge down to where the name stands: of a card, nothing else is ever there."""
    rows = slice(round(0.22 * len(patch)), round(0.8 * len(patch)))
    return patch[rows, [0, 1, -2, -1]].reshape(-1, 3).astype(np.int16)


def _plain_share(patch: Image) -> float:
    """Of the tile, what has its commonest colour: a speaker's frame or a button may hide the rim of a card."""
    few = patch[::3, ::3].reshape(-1, 3).astype(np.int16)
    return np.count_nonzero(_distance(few, _median(few)) <= _EXACT_LEVELS) / len(few)


def _median(pixels: NDArray[np.int16]) -> NDArray[np.int16]:
    """The middle value of each channel of (n, 3) pixels."""
    middle: NDArray[np.int16] = np.partition(pixels, len(pixels) // 2, axis=0)[len(pixels) // 2]
    return middle


def _distance(pixels: NDArray[np.int16], colour: NDArray[np.int16]) -> NDArray[np.int16]:
    """How far each pixel is from a colour in the channel where it is farthest."""
    apart = np.abs(pixels - colour)
    farthest: NDArray[np.int16] = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
    return farthest


def _part(content: NDArray[np.bool_], rows: tuple[float, float], columns: tuple[float, float]) -> NDArray[np.bool_]:
    height, width = content.shape
    return content[
        int(rows[0] * height) : max(int(rows[1] * height), int(rows[0] * height) + 1),
        int(columns[0] * width) : int(columns[1] * width),
    ]


def _stands_between_bars(content: NDArray[np.bool_]) -> bool:
    """Whether the middle is picture from the upper edge to the lower one, with a flat bar at both sides of it."""
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
    return bool(abs(width / box.height - 1) <= _SQUARE)


def _is_card_colour(image: Image, box: Box, colour: NDArray[np.int16]) -> bool:
    """Whether the bars are dark, or painted much like the window around the tile, as cards are; a wall seldom is."""
    if colour.max() <= _DARK_CARD:
        return True
    left, top, width, height = box.rounded()
    beside = [column for column in (left - 3, left + width + 2) if 0 <= column < image.shape[1]]
    pixels = image[max(0, top + height // 4) : top + 3 * height // 4, beside].reshape(-1, 3).astype(np.int16)
    return not len(pixels) or bool(_distance(_median(pixels), colour) <= _CARD_NEAR_WINDOW)


def _drop_label(patch: NDArray[np.int16], content: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """`content` without the box behind the name: the commonest colour besides the card's own at the lower left edge."""
    edge = np.s_[round(0.6 * len(content)) :, :3]
    inside = patch[edge][content[edge]].astype(np.int32)
    if not len(inside):
        return content
    values, counts = np.unique(inside @ np.array([1 << 16, 1 << 8, 1]), return_counts=True)
    commonest = int(values[np.argmax(counts)])
    label = np.array([commonest >> 16, commonest >> 8 & 255, commonest & 255], np.int16)
    return content & (_distance(patch, label) > _EXACT_LEVELS)


def _rises_from_below(content: NDArray[np.bool_]) -> bool:
    """Whether somebody's shoulders reach the lower edge: above the name, and beside it."""
    above_name = _part(content, (0.76, 0.86), (0.2, 0.8))
    beside_name = _part(content, (0.9, 1.0), (0.25, 1.0))
    return bool(above_name.mean() >= _MIN_BODY_WIDTH and beside_name.mean() >= _MIN_BODY_BESIDE_NAME)

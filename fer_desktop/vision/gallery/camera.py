"""Whether a tile shows a camera's picture, or the card of a camera that is off.

A card is painted in one colour except for a name, initials or a still profile picture in its middle. A camera's picture
has noise and shading; where software replaces the wall by one colour, a person still reaches the tile's lower edge,
while below a card's picture at least one row is empty. A square picture in the very middle is a profile picture, even
where its label covers that row. Any other picture between two bars is a camera's (a telephone held upright).
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.gallery.avatar import shows_avatar


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds of cards, tuned on the rendered and real call windows of the gallery benchmark.

    Levels are of 0 to 255, in the channel that differs most; shares are 0 to 1, of the tile unless another is named.
    """

    sampled_rows: int = 48
    min_side_px: int = 16
    """Smaller tiles count as cards."""
    exact_levels: int = 1
    """Pixels this near to the card's colour have it, but for the coding of a video."""
    min_exact_rim: float = 0.85
    """Share of a card's left and right edge..."""
    noisy_levels: int = 8
    """...or this near, where the whole window was compressed as one picture."""
    content_levels: tuple[int, int] = (8, 12)
    """Pixels farther from the card's colour are content: more than the coding of the edge, within these bounds."""
    min_plain_without_rim: float = 0.8
    """Share that has one colour, where the edge is no card's: a speaker's frame or a button may cover it."""
    below_middle: tuple[float, float] = (0.6, 0.97)
    """Rows below what is in a card's middle, down to its label."""
    beside_icon: float = 0.25
    above_icon: float = 0.6
    """Width, and upper end, of the lower left corner, where an icon stands higher than the label."""
    max_row_content: float = 0.1
    """Share of an empty row that is not card: a picture's round end, but no shoulders."""
    max_off_centre: float = 0.03
    """From the tile's middle to that of a name or a profile picture."""
    line_of_name: tuple[float, float] = (0.35, 0.65)
    """Rows within which a long name stays..."""
    min_name_width: float = 0.5
    """...that takes this share of a card's width or more."""
    middle_third: tuple[float, float] = (0.3, 0.7)
    min_contrast_levels: int = 40
    min_in_middle: float = 0.03
    """Share of the middle third that a name fills..."""
    max_beside_middle: float = 0.2
    """...and of that share, what noise fills at both sides."""
    filled_column: float = 0.75
    """Share of a picture's column that differs from the card..."""
    empty_column: float = 0.15
    """...and of the columns beside it."""
    max_square_deviation: float = 0.08
    """Of width over height from 1, of a profile picture as high as the tile..."""
    max_deviation_inside: float = 0.16
    """...and of a smaller one, whose height counts a tile that was found some pixels too large twice."""
    disc_until: float = 0.72
    """Upper end of a label that a round picture touches."""
    min_disc_height: float = 0.75
    """Share of a round picture's height that must show: shoulders are as wide as its upper half, but not its lower."""
    max_off_round: float = 0.06
    """Mean deviation of its width in a row, in diameters."""
    card_near_window_levels: int = 48
    """Cards are painted much like the window around them..."""
    dark_card_levels: int = 80
    """...or dark."""


_CONFIG: Final = _Config()


def is_camera_on(image: Image, box: Box) -> bool:
    """False for a card, and for a profile picture on a blurred background. `box` may reach out of the frame."""
    return shows_picture(image, box) and not shows_avatar(image, box)


def shows_picture(image: Image, box: Box) -> bool:
    """False for a plain card, with or without initials or a still profile picture. `box` may reach out of the frame."""
    box = box.clipped(image.shape[1], image.shape[0])
    if min(box.width, box.height) < _CONFIG.min_side_px:
        return False
    patch = _sample(image, box)
    rim = _rim(patch)
    colour = _median(rim)
    off_colour = _distance(rim, colour)
    if not _is_rim(off_colour, _CONFIG.noisy_levels):
        return _plain_share(patch) < _CONFIG.min_plain_without_rim
    distance = _distance(patch.astype(np.int16), colour)
    is_content = distance > _content_levels(off_colour)
    without_specks = cv2.medianBlur(is_content.view(np.uint8), 3).view(np.bool_)
    is_exact = _is_rim(off_colour, _CONFIG.exact_levels)
    square = _find_square(without_specks, box)
    if square is not None:
        is_painted = is_exact or _is_bright(distance, without_specks)
        return not is_painted or (square.fills_height and not _is_card_colour(image, box, colour))
    is_closed = _has_empty_row(without_specks) or _is_disc_in_the_middle(without_specks)
    if not is_closed or is_exact:
        return not is_closed
    is_card = _is_alone_in_the_middle(without_specks) or _is_long_name(without_specks)
    return not (is_card and _is_bright(distance, without_specks))


def _margins(box: Box) -> tuple[int, int]:
    """Width and height in pixels of the tile's edge, where corners are round and a frame may mark the speaker."""
    return max(4, round(box.width) // 40), max(4, round(box.height) // 30)


def _sample(image: Image, box: Box) -> Image:
    """A coarse copy of the tile without its edge."""
    left, top, width, height = box.rounded()
    step = max(1, height // _CONFIG.sampled_rows)
    margin_x, margin_y = _margins(box)
    return image[top + margin_y : top + height - margin_y : step, left + margin_x : left + width - margin_x : step]


def _rim(patch: Image) -> NDArray[np.int16]:
    """(n, 3) pixels of the left and right edge above the name, where a card shows nothing but its colour."""
    rows = slice(round(0.22 * len(patch)), round(0.8 * len(patch)))
    return patch[rows, [0, 1, -2, -1]].reshape(-1, 3).astype(np.int16)


def _is_rim(off_colour: NDArray[np.int16], levels: int) -> bool:
    """Whether an edge that is so far from its middle colour is a card's."""
    return np.count_nonzero(off_colour <= levels) >= _CONFIG.min_exact_rim * len(off_colour)


def _plain_share(patch: Image) -> float:
    """Share of the tile that has its commonest colour."""
    pixels = patch[::3, ::3].reshape(-1, 3).astype(np.int16)
    return np.count_nonzero(_distance(pixels, _median(pixels)) <= _CONFIG.exact_levels) / len(pixels)


def _content_levels(off_colour: NDArray[np.int16]) -> float:
    """How far from the card's colour content is, given how far its edge is from it."""
    low, high = _CONFIG.content_levels
    rank = round(0.9 * (len(off_colour) - 1))
    return min(high, max(low, float(np.partition(off_colour, rank)[rank]) + 2))


def _median(pixels: NDArray[np.int16]) -> NDArray[np.int16]:
    """The middle value of each channel of (n, 3) pixels."""
    middle: NDArray[np.int16] = np.partition(pixels, len(pixels) // 2, axis=0)[len(pixels) // 2]
    return middle


def _distance(pixels: NDArray[np.int16], colour: NDArray[np.int16]) -> NDArray[np.int16]:
    """How far each pixel is from a colour, in the channel that differs most."""
    apart = np.abs(pixels - colour)
    farthest: NDArray[np.int16] = np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2])
    return farthest


def _has_empty_row(is_content: NDArray[np.bool_]) -> bool:
    """Whether a row below the middle shows hardly anything but card."""
    first, end = (round(share * len(is_content)) for share in _CONFIG.below_middle)
    rows = is_content[first:end, round(_CONFIG.beside_icon * is_content.shape[1]) :]
    return bool((rows.mean(axis=1) <= _CONFIG.max_row_content).any())


def _is_alone_in_the_middle(is_content: NDArray[np.bool_]) -> bool:
    """Whether a name or a picture stands in the very middle, with card on both sides.

    A dark room is as plain as a noisy card, but rarely is anybody exactly there.
    """
    shares = is_content[: round(_CONFIG.above_icon * len(is_content))].mean(axis=0)
    first, last = (round(share * len(shares)) for share in _CONFIG.middle_third)
    in_middle, beside = shares[first:last].mean(), shares[[*range(first // 2), *range(-(first // 2), 0)]].mean()
    if in_middle < _CONFIG.min_in_middle or beside > _CONFIG.max_beside_middle * in_middle:
        return False
    return _is_centred(shares)


def _is_long_name(is_content: NDArray[np.bool_]) -> bool:
    """Whether all there is above the label is one line of text in the very middle: some names are as wide as a card."""
    first, end = (round(share * len(is_content)) for share in _CONFIG.line_of_name)
    columns = is_content[first:end].any(axis=0)
    is_line = not is_content[:first].any() and columns.mean() >= _CONFIG.min_name_width
    return bool(is_line) and _is_centred(is_content[first:end].mean(axis=0))


def _is_centred(shares: NDArray[np.float64]) -> bool:
    """Whether content, by its share of each column, is as much on the left as on the right."""
    centre = float(np.average(np.arange(len(shares)) + 0.5, weights=shares)) / len(shares)
    return abs(centre - 0.5) <= _CONFIG.max_off_centre


def _is_bright(distance: NDArray[np.int16], is_content: NDArray[np.bool_]) -> bool:
    """Whether the middle stands out from the card as letters and pictures do, unlike a person in a dark room."""
    above = round(_CONFIG.above_icon * len(is_content))
    return float(np.percentile(distance[:above][is_content[:above]], 90)) >= _CONFIG.min_contrast_levels


def _is_disc_in_the_middle(is_content: NDArray[np.bool_]) -> bool:
    """Whether what is in the middle is round; its lower end may touch the label, which hides the row below it."""
    rows = is_content[: round(_CONFIG.disc_until * len(is_content))]
    rows = rows[np.argmax(rows.mean(axis=1) > _CONFIG.max_row_content / 2) :]
    widths = rows.sum(axis=1)
    diameter = int(widths.max())
    heights = np.arange(len(rows)) + 0.5
    if diameter == 0 or not _CONFIG.min_disc_height <= heights[-1] / diameter <= 1.2:
        return False
    round_widths = 2 * np.sqrt(np.clip(heights * (diameter - heights), 0, None))
    off_round = float(np.abs(widths - round_widths).mean()) / diameter
    return off_round <= _CONFIG.max_off_round and _is_centred(rows.mean(axis=0))


class _Square(NamedTuple):
    """A square in the very middle of a tile. `fills_height`: of the tile."""

    fills_height: bool


def _find_square(is_content: NDArray[np.bool_], box: Box) -> _Square | None:
    """The picture with straight sides, as wide as it is high, in the very middle; a label may cover its lower end."""
    height, width = is_content.shape
    filled_rows = is_content[: height // 2, round(0.45 * width) : round(0.55 * width)].mean(axis=1) >= 0.5
    if not filled_rows.any():
        return None
    top = int(np.argmax(filled_rows))
    shares = is_content[top : round(0.65 * height)].mean(axis=0)
    columns = np.flatnonzero(shares >= _CONFIG.filled_column)
    if not len(columns):
        return None
    first, last = int(columns[0]), int(columns[-1])
    if abs((first + last + 1) / 2 / width - 0.5) > _CONFIG.max_off_centre:
        return None
    beside = [*shares[max(0, first - 3) : max(0, first - 1)], *shares[last + 2 : last + 4]]
    if not beside or max(beside) > _CONFIG.empty_column:
        return None
    margin_x, margin_y = _margins(box)
    side = (last - first + 1) / width * (box.width - 2 * margin_x)
    above = margin_y + top / height * (box.height - 2 * margin_y) if top else 0.0
    tolerance = _CONFIG.max_deviation_inside if top else _CONFIG.max_square_deviation
    return _Square(fills_height=top == 0) if abs(side / (box.height - 2 * above) - 1) <= tolerance else None


def _is_card_colour(image: Image, box: Box, colour: NDArray[np.int16]) -> bool:
    """Whether the bars are dark, or much like the window around the tile, as cards are; a wall rarely is."""
    if colour.max() <= _CONFIG.dark_card_levels:
        return True
    left, top, width, height = box.rounded()
    beside = [column for column in (left - 3, left + width + 2) if 0 <= column < image.shape[1]]
    pixels = image[max(0, top + height // 4) : top + 3 * height // 4, beside].reshape(-1, 3).astype(np.int16)
    return not len(pixels) or bool(_distance(_median(pixels), colour) <= _CONFIG.card_near_window_levels)

"""Fits a line to its letters: searches it again in an enlarged part of the tile, and cuts off icons before it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.names.lines import find_lines


@dataclass(frozen=True, slots=True)
class _Config:
    """In heights of the line, unless another unit is named. Tuned on labels of rendered and real call windows."""

    above_and_below: float = 0.25
    beside: float = 1.0
    max_scale: float = 4.0
    """Of the part of the tile in which a line is searched again: small print is found more exactly."""
    same_line_iou: float = 0.2
    end_margin: float = 0.3
    """A line that comes so near to the end of the searched part may go on behind it."""
    step: float = 4.0
    """By so much the searched part is made longer then..."""
    max_steps: int = 4
    """...and so often at most."""
    min_red_levels: int = 45
    """By which an icon's red is above its green and blue..."""
    min_redder_levels: int = 20
    """...and some of it redder than most of the line: reddish ground is no icon."""
    icon_within: float = 0.8
    """So near to the line's beginning an icon begins..."""
    icon_width: tuple[float, float] = (0.15, 1.2)
    min_icon_height: float = 0.3
    """...and so many pixels of one of its columns are red."""
    max_red_behind: float = 0.33
    """Red just behind an icon, as a share of the icon's own: the coloured edges of letters are thin."""


_CONFIG: Final = _Config()
_RED: Final = 2

MapText = Callable[[Image, float], tuple[Floats, float]]
"""As `TextNetworks.map_text`: a picture and the greatest scale."""


def fit_line(map_text: MapText, tile: Image, line: Box) -> Box | None:
    """The line as it is found in an enlarged part of the tile; None where it is not found again.

    A line that goes on behind the part's end is followed to its own end.
    """
    beside = _CONFIG.beside * line.height
    searched = Box(
        line.x - beside,
        line.y - _CONFIG.above_and_below * line.height,
        line.width + 2 * beside,
        (1 + 2 * _CONFIG.above_and_below) * line.height,
    )
    for _ in range(_CONFIG.max_steps):
        part = searched.clipped(tile.shape[1], tile.shape[0])
        fitted = _search(map_text, tile, part, line)
        if fitted is None or part.right >= tile.shape[1] or not _comes_near(fitted, part):
            return fitted
        searched = Box(part.x, part.y, part.width + _CONFIG.step * line.height, part.height)
        line = fitted
    return fitted


def _search(map_text: MapText, tile: Image, part: Box, line: Box) -> Box | None:
    left, top, width, height = part.rounded()
    if width < 2 or height < 2:
        return None
    probabilities, scale = map_text(tile[top : top + height, left : left + width], _CONFIG.max_scale)
    found = [each.shifted(left, top) for each in find_lines(probabilities, scale)]
    same = [each for each in found if each.iou(line) > _CONFIG.same_line_iou]
    return max(same, key=lambda each: each.area, default=None)


def _comes_near(line: Box, part: Box) -> bool:
    return part.right - line.right < _CONFIG.end_margin * line.height


def cut_off_icon(patch: Image) -> Image:
    """The line without a red icon before its letters, as a muted microphone has one: it would be read as a letter.

    Red letters are kept: just behind an icon there is little red. So is what stands on reddish ground.
    """
    height = patch.shape[0]
    colours = patch.astype(np.int16)
    redness = colours[..., _RED] - colours[..., :_RED].max(axis=2)
    is_red = redness > _CONFIG.min_red_levels
    reds = is_red.sum(axis=0)
    begin = next(iter(np.flatnonzero(reds[: round(_CONFIG.icon_within * height)])), None)
    if begin is None:
        return patch
    blank = np.flatnonzero(reds[begin:] == 0)
    end = begin + int(blank[0]) if blank.size else patch.shape[1]
    behind = reds[end : end + height]
    narrowest, widest = (width * height for width in _CONFIG.icon_width)
    is_redder = redness[:, begin:end].max() - np.median(redness) >= _CONFIG.min_redder_levels
    is_high = reds[begin:end].max() >= _CONFIG.min_icon_height * height
    is_icon = is_redder and is_high and narrowest <= end - begin <= widest
    if is_icon and behind.size and behind.mean() <= _CONFIG.max_red_behind * reds[begin:end].mean():
        return patch[:, end:]
    return patch

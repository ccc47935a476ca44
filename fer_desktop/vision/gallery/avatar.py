"""Whether a tile shows a profile picture in front of a blurred background: the camera is off.

Such a picture is round or square and stands in the very middle, with a sharp edge all around it, and beyond that edge
the tile is out of focus, usually because it shows the same picture blurred. However blurred the wall behind a person
is, neck and shoulders run outwards from any edge around the head, also from that of a round lamp or a clock behind it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image


@dataclass(frozen=True, slots=True)
class _Config:
    """Thresholds, tuned on drawn tiles and on photographs as pictures and as people. Levels are of 0 to 255, in the
    channel that differs most; lengths are in pixels of the fitted tile, shares 0 to 1.
    """

    side_px: int = 64
    """Length of the tile's shorter side, to which it is fitted."""
    min_side_px: int = 40
    around_px: float = 30.0
    """From the middle to what no picture covers."""
    margin_px: int = 4
    """Of the tile's edge, where corners are round and a frame may mark the speaker."""
    above_label: float = 0.75
    sharp_levels: int = 18
    """From a pixel to the mean of those two beside it: in a blurred picture it is half as much at most."""
    max_sharp: float = 0.02
    """Share of sharp pixels around any picture, as of an icon..."""
    max_sharp_beyond: float = 0.01
    """...and beyond the one that was found."""
    sizes_px: tuple[int, int] = (5, 37)
    """Radii, or halves of sides, within which the edge and what surrounds it lie."""
    edge_px: int = 3
    """From one side of the edge to the other."""
    min_step: int = 12
    min_step_of_square: int = 30
    """A face that its screen lights in a dark room is about as wide as high."""
    min_times_outside: float = 2.0
    """Times as large as the next step outwards: a blurred edge goes on."""
    min_edge: float = 0.85
    """Share of directions in which there is an edge..."""
    min_edge_of_side: float = 0.65
    """...also to the left, to the right, above and below."""
    beyond_px: tuple[int, ...] = (4, 5, 6)
    """From inside the edge to what surrounds it, at most of these distances..."""
    max_crossings: int = 1
    """...with so few directions in which something sharp runs outwards, as shoulders do: a label's letter may..."""
    sharp_of_step: float = 0.25
    """...which is sharper than this share of the middle step at the edge: in dark rooms everything differs less..."""
    sharp_beyond: tuple[float, float] = (6.0, 12.0)
    """...within these bounds."""


_CONFIG: Final = _Config()
_RAYS_OF_SIDE: Final = 16
_OFF_CENTRE: Final = tuple((dx, dy) for dy in (-3.0, -1.5, 0.0, 1.5, 3.0) for dx in (-1.5, 0.0, 1.5))
"""Where the picture's middle may lie from the tile's, in pixels: tiles are found with some pixels too many or few."""


def shows_avatar(image: Image, box: Box) -> bool:
    """Whether the tile shows a profile picture, or initials, in front of a blurred background."""
    left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
    if min(width, height) < _CONFIG.min_side_px:
        return False
    scale = _CONFIG.side_px / min(width, height)
    size = round(width * scale), round(height * scale)
    patch = image[top : top + height, left : left + width]
    tile = np.asarray(cv2.resize(patch, size, interpolation=cv2.INTER_AREA), np.uint8).astype(np.int16)
    sharpness = _measure_sharpness(tile)
    return _is_blurred_around(sharpness) and any(
        _has_edge_around(tile, sharpness, square=square) for square in (False, True)
    )


def _is_blurred_around(sharpness: NDArray[np.int16]) -> bool:
    """Whether hardly a pixel is sharp beside and above where the picture would be."""
    around = sharpness[_find_around(*sharpness.shape)]
    return np.count_nonzero(around >= _CONFIG.sharp_levels) <= _CONFIG.max_sharp * around.size


def _measure_sharpness(tile: NDArray[np.int16]) -> NDArray[np.int16]:
    """(height - 4, width - 4): levels from each pixel, less two at each edge, to the mean of two beside it."""
    middle = 2 * tile[2:-2, 2:-2]
    across = np.abs(tile[2:-2, :-4] + tile[2:-2, 4:] - middle)
    down = np.abs(tile[:-4, 2:-2] + tile[4:, 2:-2] - middle)
    sharpness: NDArray[np.int16] = _max_of_channels(np.maximum(across, down)) // 2
    return sharpness


def _max_of_channels(levels: NDArray[np.int16]) -> NDArray[np.int16]:
    """Over the last axis, of three: NumPy's own maximum over so few takes five times as long."""
    largest: NDArray[np.int16] = np.maximum(np.maximum(levels[..., 0], levels[..., 1]), levels[..., 2])
    return largest


@lru_cache(maxsize=256)
def _find_around(
    height: int, width: int, radius: float = _CONFIG.around_px, dx: float = 0, dy: float = 0, *, square: bool = False
) -> NDArray[np.bool_]:
    """Which pixels of a sharpness of that size lie farther from the middle, above the label."""
    y, x = np.mgrid[0:height, 0:width]
    off_x, off_y = np.abs(x - (width - 1) / 2 - dx), np.abs(y - (height - 1) / 2 - dy)
    margin = _CONFIG.margin_px - 2
    inside = (x >= margin) & (x < width - margin) & (y >= margin) & (y + 2 < _CONFIG.above_label * (height + 4))
    around: NDArray[np.bool_] = inside & ((np.maximum(off_x, off_y) if square else np.hypot(off_x, off_y)) > radius)
    return around


def _has_edge_around(tile: NDArray[np.int16], sharpness: NDArray[np.int16], *, square: bool) -> bool:
    """Whether a sharp edge crosses nearly all rays at one distance, and nothing that is sharp lies beyond it."""
    seen = tile.reshape(-1, 3)[_find_places(*tile.shape[:2], square=square)]
    edge, count = _CONFIG.edge_px, seen.shape[2] - _CONFIG.beyond_px[-1]
    steps = _max_of_channels(np.abs(seen[:, :, edge:] - seen[:, :, :-edge]))
    inner, outer = steps[:, :, :count], steps[:, :, edge : edge + count]
    least = _CONFIG.min_step_of_square if square else _CONFIG.min_step
    is_edge = (inner >= least) & (inner >= _CONFIG.min_times_outside * outer)
    of_sides = is_edge.reshape(len(_OFF_CENTRE), 4, _RAYS_OF_SIDE, count).mean(axis=2)
    is_closed = (of_sides.mean(axis=1) >= _CONFIG.min_edge) & (of_sides.min(axis=1) >= _CONFIG.min_edge_of_side)
    for centre, index in np.argwhere(is_closed).tolist():
        low, high = _CONFIG.sharp_beyond
        levels = min(high, max(low, _CONFIG.sharp_of_step * float(np.median(inner[centre, :, index]))))
        radius = _CONFIG.sizes_px[0] + index + _CONFIG.beyond_px[-1]
        beyond = sharpness[_find_around(*sharpness.shape, radius, *_OFF_CENTRE[centre], square=square)]
        is_alone = np.count_nonzero(beyond >= levels) <= _CONFIG.max_sharp_beyond * beyond.size
        if is_alone and not _is_crossed(seen[centre, :, index:], levels, square=square):
            return True
    return False


def _is_crossed(beyond: NDArray[np.int16], levels: float, *, square: bool) -> bool:
    """Whether something sharp runs outwards from an edge. `beyond`: (rays, radii, 3) from inside the edge on."""
    around = beyond[:, list(_CONFIG.beyond_px)]
    bends = np.abs(np.roll(around, 1, axis=0) + np.roll(around, -1, axis=0) - 2 * around).max(axis=2)
    if square:  # the neighbour beyond a side's end is not near
        bends = bends.reshape(4, _RAYS_OF_SIDE, -1)[:, 1:-1].reshape(-1, len(_CONFIG.beyond_px))
    return float(np.median(np.count_nonzero(bends >= 2 * levels, axis=0))) > _CONFIG.max_crossings


@lru_cache(maxsize=16)  # .2 MB each
def _find_places(height: int, width: int, *, square: bool) -> NDArray[np.intp]:
    """(centres, rays, radii): which pixel of a tile of that size lies on each ray, from each possible centre."""
    centres, along = np.array(_OFF_CENTRE), np.array(_SQUARE if square else _ROUND)
    radii = np.arange(*_CONFIG.sizes_px)
    x = (width - 1) / 2 + centres[:, 0, None, None] + along[:, 0, None] * radii
    y = (height - 1) / 2 + centres[:, 1, None, None] + along[:, 1, None] * radii
    columns = np.clip(np.rint(x), 0, width - 1).astype(np.intp)
    rows = np.clip(np.rint(y), 0, height - 1).astype(np.intp)
    places: NDArray[np.intp] = rows * width + columns
    return places


def _list_round_rays() -> tuple[tuple[float, float], ...]:
    """To all sides: right, down, left, up."""
    turns = [(index + 0.5) / (4 * _RAYS_OF_SIDE) - 1 / 8 for index in range(4 * _RAYS_OF_SIDE)]
    return tuple((float(np.cos(2 * np.pi * turn)), float(np.sin(2 * np.pi * turn))) for turn in turns)


def _list_square_rays() -> tuple[tuple[float, float], ...]:
    """To the four sides of a square, without its corners, which may be round: right, down, left, up."""
    beside = [(2 * index - (_RAYS_OF_SIDE - 1)) / 25 for index in range(_RAYS_OF_SIDE)]
    return (
        *((1.0, by) for by in beside),
        *((by, 1.0) for by in beside),
        *((-1.0, by) for by in beside),
        *((by, -1.0) for by in beside),
    )


_ROUND: Final = _list_round_rays()
_SQUARE: Final = _list_square_rays()

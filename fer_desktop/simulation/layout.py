"""Where the tiles lie in the simulated call window."""

import math
from typing import Final

_ASPECT: Final = 16 / 9
GAP_PX: Final = 6
"""Between neighbouring tiles."""
LARGEST_CLASS: Final = 98
"""Two pages of a call with 49 students each, shown at once."""


def strip_heights(height: int) -> tuple[int, int]:
    """Heights of the title strip at the top and the toolbar at the bottom, in pixels."""
    return min(44, max(22, height // 20)), min(60, max(28, height // 14))


def lay_out_tiles(count: int, width: int, height: int) -> list[tuple[int, int, int, int]]:
    """Left, top, width, height of each tile in pixels, row by row.

    The grid is the one with the largest tiles; a short last row is centred.
    """
    if count == 0:
        return []
    top_strip, bottom_strip = strip_heights(height)
    room = height - top_strip - bottom_strip
    columns = max(range(1, count + 1), key=lambda number: (_tile_width(count, number, width, room), -number))
    rows = math.ceil(count / columns)
    tile_width = max(8, math.floor(_tile_width(count, columns, width, room)))
    tile_height = max(5, math.floor(tile_width / _ASPECT))
    first_top = top_strip + (room - rows * tile_height - (rows - 1) * GAP_PX) // 2
    boxes = []
    for index in range(count):
        row, column = divmod(index, columns)
        in_row = min(columns, count - row * columns)
        first_left = (width - in_row * tile_width - (in_row - 1) * GAP_PX) // 2
        left, top = first_left + column * (tile_width + GAP_PX), first_top + row * (tile_height + GAP_PX)
        boxes.append((left, top, tile_width, tile_height))
    return boxes


def _tile_width(count: int, columns: int, width: int, room: int) -> float:
    rows = math.ceil(count / columns)
    from_width = (width - GAP_PX * (columns + 1)) / columns
    from_height = (room - GAP_PX * (rows + 1)) / rows * _ASPECT
    return min(from_width, from_height)

"""How much of a window is covered by others."""

from collections.abc import Sequence
from itertools import pairwise

from fer_desktop.desktop.region import Region


def covered_share(region: Region, above: Sequence[Region]) -> float:
    """Share of `region`, 0 to 1, that lies under at least one of the regions `above`."""
    parts = [part for other in above if (part := other.clipped(region)) is not None]
    columns = sorted({edge for part in parts for edge in (part.left, part.right)})
    area = 0
    for left, right in pairwise(columns):
        area += (right - left) * _covered_rows([part for part in parts if part.left <= left and right <= part.right])
    return area / (region.width * region.height)


def _covered_rows(parts: list[Region]) -> int:
    """The number of rows that lie in at least one of the parts."""
    rows, reached = 0, None
    for part in sorted(parts, key=lambda part: part.top):
        top = part.top if reached is None else max(part.top, reached)
        rows += max(0, part.bottom - top)
        reached = part.bottom if reached is None else max(reached, part.bottom)
    return rows

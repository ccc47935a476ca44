"""How much of a window other windows cover."""

from collections.abc import Sequence
from itertools import pairwise

from fer_desktop.desktop.region import Region


def covered_share(region: Region, above: Sequence[Region]) -> float:
    """Share of `region`, 0 to 1, that lies under at least one of the regions `above`."""
    parts = [part for other in above if (part := other.clipped(region)) is not None]
    columns = sorted({edge for part in parts for edge in (part.left, part.right)})
    area = 0
    for left, right in pairwise(columns):
        area += (right - left) * _length([part for part in parts if part.left <= left and right <= part.right])
    return area / (region.width * region.height)


def _length(parts: list[Region]) -> int:
    """How many rows lie in at least one of the parts."""
    length, reached = 0, None
    for part in sorted(parts, key=lambda part: part.top):
        top = part.top if reached is None else max(part.top, reached)
        length += max(0, part.bottom - top)
        reached = part.bottom if reached is None else max(reached, part.bottom)
    return length

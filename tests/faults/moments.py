"""Which calls are struck: a spread of them in the suite, every one where FER_DESKTOP_EVERY_FAULT is set."""

import os
from typing import Final

EVERY_FAULT: Final = "FER_DESKTOP_EVERY_FAULT"


def is_exhaustive() -> bool:
    return bool(os.environ.get(EVERY_FAULT))


def pick_moments(total: int, most: int) -> list[int]:
    """Numbers from 1 to `total`, with both ends: all, or `most` of them evenly spread."""
    if is_exhaustive() or total <= most:
        return list(range(1, total + 1))
    return sorted({1 + round(index * (total - 1) / (most - 1)) for index in range(most)})

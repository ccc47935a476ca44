"""Where to look for faces in a picture without tiles."""

from fer_desktop.types import Box

_LEVELS = 4


def survey_windows(width: int, height: int) -> list[Box]:
    """The whole picture, then half-overlapping squares of its short side and of a half, a quarter and an eighth of it.

    The detector sees 128 pixels a side, so a face must fill about a tenth of a window to be found.
    """
    windows = [Box(0, 0, width, height)]
    for level in range(_LEVELS):
        side = min(width, height) / 2**level
        if side < 96 and level:  # smaller squares only enlarge what there is
            break
        windows += [Box(x, y, side, side) for y in _starts(height, side) for x in _starts(width, side)]
    return windows


def _starts(length: float, side: float) -> list[float]:
    """Evenly spread starts of squares that overlap by half, the last one flush with the end."""
    count = max(1, round((length - side) / (side / 2)) + 1)
    return [index * (length - side) / max(1, count - 1) for index in range(count)]

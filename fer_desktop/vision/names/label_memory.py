"""Recognises in a tile a label that was read in another one, as where a call puts its tiles in another order."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from fer_desktop.types import Box, Image
from fer_desktop.vision.names.label_fingerprint import LabelFingerprint


@dataclass(frozen=True, slots=True)
class _Tuning:
    """Which label counts as the same. Changes as of `LabelFingerprint.measure_change`."""

    same: float = 0.004
    """As where a label stands unchanged although the rest of its tile has changed."""
    other: float = 0.035
    """No second name may come nearer: two that look alike are read."""
    size_px: int = 2
    """Between two tiles of one gallery widths and heights differ by no more, as they are rounded: labels may stand
    anywhere in them."""
    most: int = 200


_TUNING: Final = _Tuning()
_SHIFTS: Final = ((0, 0), *((dx, dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dx, dy) != (0, 0)))
"""Of a label against the corner of its tile, in pixels: tiles begin between two."""


@dataclass(frozen=True, slots=True, eq=False)
class KnownLabel:
    """A name, with the letters where they were found."""

    name: str
    fingerprint: LabelFingerprint


@dataclass(frozen=True, slots=True, eq=False)
class _Remembered:
    """`fingerprint`: in pixels of a tile of `width` x `height`."""

    name: str
    width: float
    height: float
    fingerprint: LabelFingerprint

    def measure_drop(self, width: float, height: float) -> int:
        """How much lower than in its own tile it stands in one of that size: calls write labels of one size, at one
        distance from the lower left corner.
        """
        is_same_size = max(abs(self.width - width), abs(self.height - height)) <= _TUNING.size_px
        return 0 if is_same_size else round(height - self.height)


class LabelMemory:
    """The labels that were read last, one a name and size of tile. One thread at a time."""

    def __init__(self) -> None:
        self._labels: OrderedDict[tuple[str, float, float], _Remembered] = OrderedDict()

    def remember(self, name: str, fingerprint: LabelFingerprint, *, width: float, height: float) -> None:
        """`fingerprint`: in pixels of its tile, `width` x `height`."""
        key = (name, width, height)
        self._labels[key] = _Remembered(name, width, height, fingerprint)
        self._labels.move_to_end(key)
        if len(self._labels) > _TUNING.most:
            self._labels.popitem(last=False)

    def find(self, image: Image, box: Box) -> KnownLabel | None:
        """The one known label whose letters stand in the tile at `box`; None where none does, or two may."""
        left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
        tops = [(label, top + label.measure_drop(width, height)) for label in self._labels.values()]
        for dx, dy in _SHIFTS:
            changes = [(label.fingerprint.measure_change(image, left + dx, y + dy), label, y) for label, y in tops]
            change, label, y = min(changes, key=lambda each: each[0], default=(1.0, None, top))
            if label is not None and change <= _TUNING.same:
                names = {other.name for its_change, other, _ in changes if its_change < _TUNING.other}
                return KnownLabel(label.name, label.fingerprint.moved(left + dx, y + dy)) if len(names) == 1 else None
        return None

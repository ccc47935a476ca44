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
    """Between two tiles of one gallery widths and heights differ by no more, as they are rounded."""
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


class LabelMemory:
    """The labels that were read last, one a name and size of tile. One thread at a time."""

    def __init__(self) -> None:
        self._labels: OrderedDict[tuple[str, int, int], _Remembered] = OrderedDict()

    def remember(self, name: str, fingerprint: LabelFingerprint, *, width: int, height: int) -> None:
        """`fingerprint`: in pixels of its tile, `width` x `height`."""
        key = (name, width, height)
        self._labels[key] = _Remembered(name, width, height, fingerprint)
        self._labels.move_to_end(key)
        if len(self._labels) > _TUNING.most:
            self._labels.popitem(last=False)

    def find(self, image: Image, box: Box) -> KnownLabel | None:
        """The one known label whose letters stand in the tile at `box`; None where none does, or two may."""
        left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
        fitting = [
            label
            for label in self._labels.values()
            if max(abs(label.width - width), abs(label.height - height)) <= _TUNING.size_px
        ]
        for dx, dy in _SHIFTS:
            changes = sorted(
                ((label.fingerprint.measure_change(image, left + dx, top + dy), label) for label in fitting),
                key=lambda item: item[0],
            )
            names = {label.name for change, label in changes if change < _TUNING.other}
            if changes and changes[0][0] <= _TUNING.same:
                label = changes[0][1]
                return KnownLabel(label.name, label.fingerprint.moved(left + dx, top + dy)) if len(names) == 1 else None
        return None

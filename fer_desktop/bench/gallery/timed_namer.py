"""Measures how much of a frame's time reading names takes."""

import time
from collections.abc import Sequence

from fer_desktop.ports import TileNamer
from fer_desktop.types import Image, Tile
from fer_desktop.vision.names.namer import CachingNamer
from fer_desktop.vision.names.reader import LabelReader


class TimedNamer:
    """A `TileNamer` that delegates to another one. `times_ms`: the duration of each call."""

    def __init__(self, namer: TileNamer) -> None:
        self._namer = namer
        self.times_ms: list[float] = []

    def label(self, image: Image, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        started_s = time.perf_counter()
        labelled = self._namer.label(image, tiles)
        self.times_ms.append((time.perf_counter() - started_s) * 1e3)
        return labelled

    def close(self) -> None:
        self._namer.close()


def build_timed_namer(*, at_once: bool) -> TimedNamer:
    """A timed reader of labels. Where `at_once`, its models are loaded first, so that only reading is timed."""
    if not at_once:
        return TimedNamer(CachingNamer(LabelReader, at_once=False))
    reader = LabelReader()
    return TimedNamer(CachingNamer(lambda: reader, at_once=True))

"""Reads the name that stands in a tile: its label's line is found by structure, then read, then judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.names.cleaning import clean_name
from fer_desktop.vision.names.lines import find_lines
from fer_desktop.vision.names.reading import Reading, read_probabilities
from fer_desktop.vision.names.text_networks import FINDER_SIZE, TextNetworks

_SMALLEST_TILE_PX: Final = (48, 32)
_STRIP_SHARE: Final = 0.25
_STRIP_PX: Final = (28, 56)
"""Labels stand in the lowest or highest quarter of a tile, and are of a size of their own in large tiles."""
_WINDOW_ASPECT: Final = FINDER_SIZE[0] / FINDER_SIZE[1]
_FITS_AT_ONCE: Final = 1.3  # windows; a strip up to this long is shrunk rather than searched piece by piece
_CARD_MIDDLE: Final = (0.3, 0.7)
_LEAST_CONFIDENCE: Final = 0.95
_MOST_LINES_READ: Final = 2
_EDGE_GAP: Final = 1.8
_SIDE_GAP: Final = 2.2
"""Times its line's height: a label keeps close to the tile's edge and side (or is centred), other text does not."""
_CENTRED: Final = 0.03
_SIDE_PAD: Final = 0.1
_BESIDE: Final = 0.5
_SAME_COLOUR: Final = 20
_HIDDEN_SHARE: Final = 0.8
_NO_ROOM_BEFORE: Final = 0.5
"""Times the line's height: nearer to the tile's side than this, no letter can be missing before the line."""
_CORE: Final = 0.6
_LONGEST_LINE: Final = 11.0  # times its height: squeezed to two thirds
_WORD_GAP: Final = 0.3
_MOST_INITIALS: Final = 3


class TextReader(Protocol):
    """What the reader asks of its networks; `TextNetworks` says more."""

    alphabet: tuple[str, ...]

    def map_text(self, picture: Image) -> tuple[Floats, float]: ...

    def read_line(self, line: Image) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Label:
    """A name, the line in the frame where it stands, and the brightness of its letters (0 to 255)."""

    name: str
    line: Box
    ink: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """A part of the tile to search. `edge`: "bottom", "top", or "middle"."""

    box: Box
    edge: str


class LabelReader:
    """Reads labels, one call at a time."""

    def __init__(self, networks: TextReader | None = None) -> None:
        """Raises `ModelError` where the shipped networks are amiss."""
        self._networks = networks or TextNetworks()

    def read(self, image: Image, box: Box, *, camera_on: bool) -> str | None:
        """The name in the tile's label, as `read_label` finds it."""
        label = self.read_label(image, box, camera_on=camera_on)
        return None if label is None else label.name

    def read_label(self, image: Image, box: Box, *, camera_on: bool) -> Label | None:
        """The tile's label; None where it has none or its name cannot be told with confidence.

        A name that breaks off in the label ends in "…". Initials, clocks, buttons and text in the picture are no names.
        """
        left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
        if width < _SMALLEST_TILE_PX[0] or height < _SMALLEST_TILE_PX[1]:
            return None
        tile = image[top : top + height, left : left + width]
        for strip in _strips(width, height, camera_on=camera_on):
            label = self._read_strip(tile, strip)
            if label is not None:
                return Label(label.name, label.line.shifted(left, top), label.ink)
        return None

    def _read_strip(self, tile: Image, strip: _Strip) -> Label | None:
        left, top, width, height = strip.box.rounded()
        chances, scale = self._networks.map_text(tile[top : top + height, left : left + width])
        lines = (line.shifted(left, top) for line in find_lines(chances, scale))
        places = [line for line in lines if _is_label_place(line, strip.edge, tile)]
        places.sort(key=lambda line: -line.area if strip.edge == "middle" else _edge_gap(line, strip.edge, tile))
        for line in places[:_MOST_LINES_READ]:
            label = self._read_line(tile, line)
            if label is not None and not (strip.edge == "middle" and _is_initials(label.name)):
                return label
        return None

    def _read_line(self, tile: Image, line: Box) -> Label | None:
        ink = _measure_ink(_cut(tile, line, side_pad=0))
        if _runs_into_background(tile, line, ink):
            return None
        reading = self._read_text(_cut(tile, line, side_pad=_SIDE_PAD * line.height))
        name = clean_name(reading.text) if reading.confidence >= _LEAST_CONFIDENCE else None
        return None if name is None else Label(name, line, ink)

    def _read_text(self, patch: Image) -> Reading:
        """A line's text; a long line is read in two pieces, as letters that are squeezed too much get lost."""
        if patch.shape[1] <= _LONGEST_LINE * patch.shape[0]:
            return read_probabilities(self._networks.read_line(patch), self._networks.alphabet)
        gap = _find_word_gap(patch)
        before, behind = self._read_text(patch[:, :gap]), self._read_text(patch[:, gap:])
        confidence = min(before.confidence, behind.confidence)
        return Reading(f"{before.text} {behind.text}", confidence)


def _strips(width: int, height: int, *, camera_on: bool) -> Iterator[_Strip]:
    """Where labels stand, the usual place first."""
    strip_height = min(height, max(_STRIP_PX[0], min(_STRIP_PX[1], round(_STRIP_SHARE * height))))
    for edge, top in (("bottom", height - strip_height), ("middle", 0), ("top", 0)):
        if edge != "middle":
            for left, length in _windows(width, strip_height):
                yield _Strip(Box(left, top, length, strip_height), edge)
        elif not camera_on:
            first, last = (round(share * height) for share in _CARD_MIDDLE)
            yield _Strip(Box(0, first, width, last - first), edge)


def _windows(width: int, strip_height: int) -> Sequence[tuple[int, int]]:
    """Left and length of the pieces in which a long strip is searched, so that its text is not shrunk; left first."""
    length = round(_WINDOW_ASPECT * strip_height)
    if width <= _FITS_AT_ONCE * length:
        return ((0, width),)
    return ((0, length), ((width - length) // 2, length), (width - length, length))


def _edge_gap(line: Box, edge: str, tile: Image) -> float:
    return line.y if edge == "top" else tile.shape[0] - line.bottom


def _is_label_place(line: Box, edge: str, tile: Image) -> bool:
    width = tile.shape[1]
    centred = abs(line.centre[0] - width / 2) < _CENTRED * width
    if edge == "middle":
        return centred
    aside = min(line.x, width - line.right) < _SIDE_GAP * line.height
    return (centred or aside) and _edge_gap(line, edge, tile) < _EDGE_GAP * line.height


def _cut(tile: Image, line: Box, *, side_pad: float) -> Image:
    grown = Box(line.x - side_pad, line.y, line.width + 2 * side_pad, line.height)
    left, top, width, height = grown.clipped(tile.shape[1], tile.shape[0]).rounded()
    return tile[top : top + max(1, height), left : left + max(1, width)]


def _runs_into_background(tile: Image, line: Box, ink: float) -> bool:
    """Whether just before or behind the line the picture has the letters' own colour: some may be lost in it."""
    reach = _BESIDE * line.height
    besides = [Box(line.right, line.y, reach, line.height)]
    if line.x > _NO_ROOM_BEFORE * line.height:
        besides.append(Box(line.x - reach, line.y, reach, line.height))
    for beside in besides:
        patch = _cut(tile, beside, side_pad=0)
        if patch.shape[1] >= 2 and float((np.abs(patch.mean(axis=2) - ink) < _SAME_COLOUR).mean()) > _HIDDEN_SHARE:
            return True
    return False


def _measure_ink(patch: Image) -> float:
    """The brightness of a line's letters. The patch's first and last rows show, column by column, what is behind."""
    grey = patch.mean(axis=2)
    edges = np.stack((grey[0], grey[-1]))
    lighter, darker = grey.max(axis=0) - edges.max(axis=0), edges.min(axis=0) - grey.min(axis=0)
    if lighter.sum() >= darker.sum():
        return float(np.median(grey.max(axis=0)[lighter >= _CORE * lighter.max()]))
    return float(np.median(grey.min(axis=0)[darker >= _CORE * darker.max()]))


def _find_word_gap(patch: Image) -> int:
    """The column, in the middle half of a line, around which there is the least ink."""
    contrast = patch.mean(axis=2).std(axis=0)
    width = max(3, round(_WORD_GAP * patch.shape[0]))
    around = np.convolve(contrast, np.ones(width), mode="same")
    first = patch.shape[1] // 4
    return first + int(np.argmin(around[first : patch.shape[1] - first]))


def _is_initials(name: str) -> bool:
    return len(name) <= _MOST_INITIALS and name.isupper()

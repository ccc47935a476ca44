"""Reads the name in a tile: the line of its label is found by its position, read, and checked to be a name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

import numpy as np

from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.names.cleaning import clean_name, ends_in_note
from fer_desktop.vision.names.line_fitting import cut_off_icon, fit_line
from fer_desktop.vision.names.lines import find_lines
from fer_desktop.vision.names.reading import Reading, read_probabilities
from fer_desktop.vision.names.scripts import ScriptReader
from fer_desktop.vision.names.text_networks import FINDER_SIZE, TextNetworks

_WINDOW_ASPECT: Final = FINDER_SIZE[0] / FINDER_SIZE[1]


@dataclass(frozen=True, slots=True)
class _Config:
    """Where labels are and which readings count, tuned on labels of rendered and real call windows.

    Unless another unit is named, lengths are in heights of the line and shares are 0 to 1.
    """

    min_tile_px: tuple[int, int] = (48, 32)
    strip_share: float = 0.25
    strip_px: tuple[int, int] = (28, 56)
    """Labels are in the lowest or highest quarter of a tile; in large tiles their size does not grow further."""
    usual_scale: float = 2.0
    closer_scale: float = 3.0
    """To which a strip that shows no label is enlarged to be searched once more: small labels merge with what is beside
    them otherwise..."""
    min_closer: float = 1.15
    """...where that is at least so many times as large as before."""
    max_windows_at_once: float = 1.3
    """A strip up to so many windows long is shrunk rather than searched in pieces."""
    card_middle: tuple[float, float] = (0.3, 0.7)
    """Upper and lower end, in shares of a card's height, of where its name or initials are."""
    min_confidence: float = 0.95
    min_agreed_confidence: float = 0.92
    """Mean of two readings, of the line as it was found and as fitted, that are alike."""
    small_px: float = 16.0
    """Height of lines in which letters merge, and of whose mistakes the network is sure: two ways of enlarging them
    have to give one reading."""
    window_end: float = 0.5
    """A line that comes so near to its window's end may go on behind it."""
    max_lines_read: int = 2
    max_edge_gap: float = 1.8
    max_side_gap: float = 2.2
    """A label is close to the tile's edge and side (or centred), other text is not."""
    max_off_centre: float = 0.03
    """Share of the tile's width."""
    side_pad: float = 0.1
    beside: float = 0.5
    """Width of the areas before and behind the line in which letters may be lost..."""
    same_colour_levels: int = 20
    max_same_colour: float = 0.8
    """...where more than this share has the letters' brightness, within so many levels."""
    no_room_before: float = 0.5
    """Nearer to the tile's side than this, no letter can be missing before the line."""
    cut_within: float = 1.5
    """A line begins so near to the tile's side where that cuts its first letter: half of it may not be found."""
    core: float = 0.6
    """Share of the strongest contrast from which a column shows a letter's own brightness."""
    max_line_length: float = 11.0
    """A longer line, squeezed to less than two thirds, is read in two pieces."""
    word_gap: float = 0.3
    max_initials: int = 3


_CONFIG: Final = _Config()


class TextReader(Protocol):
    """The networks that find and read text; see `TextNetworks`."""

    alphabet: tuple[str, ...]

    def map_text(self, picture: Image, max_scale: float) -> tuple[Floats, float]:
        """Probabilities of text by pixel of the scaled picture, and the scale."""
        ...

    def read_line(self, line: Image, *, softly: bool = False) -> Floats:
        """(steps, letters) probabilities. `softly`: enlarged in another way."""
        ...


@dataclass(frozen=True, slots=True)
class Label:
    """A name, its line in the frame, and `ink`: the brightness of its letters (0 to 255)."""

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

    def __init__(self, networks: TextReader | None = None, scripts: ScriptReader | None = None) -> None:
        """Raises `ModelError` where the shipped networks are missing or damaged."""
        self._networks = networks or TextNetworks()
        self._scripts = scripts or ScriptReader()

    def read(self, image: Image, box: Box, *, camera_on: bool) -> str | None:
        """The name in the tile's label, as `read_label` finds it."""
        label = self.read_label(image, box, camera_on=camera_on)
        return None if label is None else label.name

    def read_label(self, image: Image, box: Box, *, camera_on: bool) -> Label | None:
        """The tile's label; None where it has none or its name cannot be read with confidence.

        A name that is cut in the label ends in "…". Initials, clocks, buttons and text in the picture are no names.
        """
        left, top, width, height = box.clipped(image.shape[1], image.shape[0]).rounded()
        if width < _CONFIG.min_tile_px[0] or height < _CONFIG.min_tile_px[1]:
            return None
        tile = image[top : top + height, left : left + width]
        strips = [*_strips(width, height, camera_on=camera_on)]
        searches = [
            *((strip, _CONFIG.usual_scale) for strip in strips),
            *((strip, _CONFIG.closer_scale) for strip in strips if _can_be_closer(strip)),
        ]
        for strip, max_scale in searches:
            label = self._read_strip(tile, strip, max_scale)
            if label is not None:
                return Label(label.name, label.line.shifted(left, top), label.ink)
        return None

    def _read_strip(self, tile: Image, strip: _Strip, max_scale: float) -> Label | None:
        left, top, width, height = strip.box.rounded()
        probabilities, scale = self._networks.map_text(tile[top : top + height, left : left + width], max_scale)
        lines = (line.shifted(left, top) for line in find_lines(probabilities, scale))
        placed = [line for line in lines if _is_where_labels_are(line, strip.edge, tile)]
        placed.sort(key=lambda line: -line.area if strip.edge == "middle" else _edge_gap(line, strip.edge, tile))
        for line in placed[: _CONFIG.max_lines_read]:
            label = self._read_line(tile, line, is_whole=_is_whole(line, strip.box, tile))
            if label is not None and not (strip.edge == "middle" and _is_initials(label.name)):
                return label
        return None

    def _read_line(self, tile: Image, line: Box, *, is_whole: bool) -> Label | None:
        """The label in a line. What is small or not read with confidence is read once more, fitted to its letters."""
        found, is_small = self._read_at(tile, line), line.height < _CONFIG.small_px
        if found is not None and found.is_sure and is_whole and not is_small:
            return self._correct(found)
        fitted_line = fit_line(self._networks.map_text, tile, line)
        fitted = None if fitted_line is None else self._read_at(tile, fitted_line)
        if fitted is not None and self._counts(fitted, found, is_small=is_small):
            return self._correct(fitted)
        read = found if is_whole else fitted
        if read is None or (is_small and read.is_sure) or _reaches_side(tile, read):
            return None
        return self._read_in_scripts(read)

    def _counts(self, fitted: "_ReadLine", found: "_ReadLine | None", *, is_small: bool) -> bool:
        """Whether the name of a fitted line counts; the second reading of a small one is compared with the first."""
        if is_small:
            return fitted.agrees_with(replace(fitted, reading=self._read_text(fitted.patch, softly=True)))
        return fitted.is_sure or (found is not None and found.agrees_with(fitted))

    def _read_at(self, tile: Image, line: Box) -> "_ReadLine | None":
        """The line as the recogniser reads it; None where letters may be lost in what stands behind them."""
        ink = measure_ink(_cut(tile, line, side_pad=0))
        if _runs_into_background(tile, line, ink):
            return None
        patch = cut_off_icon(_cut(tile, line, side_pad=_CONFIG.side_pad * line.height))
        return _ReadLine(line, ink, patch, self._read_text(patch))

    def _correct(self, read: "_ReadLine") -> Label | None:
        name = clean_name(self._scripts.correct(read.patch, read.reading, ink=read.ink).text)
        return None if name is None else Label(name, read.line, read.ink)

    def _read_in_scripts(self, read: "_ReadLine") -> Label | None:
        """The name as a script's own network reads it; None where none is sure."""
        reading = self._scripts.read(read.patch, ink=read.ink)
        name = None if reading is None else clean_name(reading.text)
        return None if name is None else Label(name, read.line, read.ink)

    def _read_text(self, patch: Image, *, softly: bool = False) -> Reading:
        """A line's text; a long line is read in two pieces, as letters that are squeezed too much are lost."""
        if patch.shape[1] <= _CONFIG.max_line_length * patch.shape[0]:
            return read_probabilities(self._networks.read_line(patch, softly=softly), self._networks.alphabet)
        gap = _find_word_gap(patch)
        before, behind = (self._read_text(part, softly=softly) for part in (patch[:, :gap], patch[:, gap:]))
        is_note = ends_in_note(before.text)
        confidence = before.confidence if is_note else min(before.confidence, behind.confidence)
        return Reading(f"{before.text} {behind.text}", confidence)


@dataclass(frozen=True, slots=True, eq=False)
class _ReadLine:
    """A line as the recogniser reads it, with its letters' brightness and its pixels."""

    line: Box
    ink: float
    patch: Image
    reading: Reading

    @property
    def is_sure(self) -> bool:
        return self.reading.confidence >= _CONFIG.min_confidence and clean_name(self.reading.text) is not None

    def agrees_with(self, other: "_ReadLine") -> bool:
        """Whether both read the same name, and are sure enough together."""
        names = [clean_name(read.reading.text) for read in (self, other)]
        mean = (self.reading.confidence + other.reading.confidence) / 2
        return names[0] is not None and names[0] == names[1] and mean >= _CONFIG.min_agreed_confidence


def _is_whole(line: Box, window: Box, tile: Image) -> bool:
    """Whether the line ends within the window in which it was found, or at the tile's side."""
    margin = _CONFIG.window_end * line.height
    begins = window.x <= 0 or line.x - window.x >= margin
    return begins and (window.right >= tile.shape[1] or window.right - line.right >= margin)


def _strips(width: int, height: int, *, camera_on: bool) -> Iterator[_Strip]:
    """Where labels are, the most common strip first."""
    strip_height = min(height, max(_CONFIG.strip_px[0], min(_CONFIG.strip_px[1], round(_CONFIG.strip_share * height))))
    for edge, top in (("bottom", height - strip_height), ("middle", 0), ("top", 0)):
        if edge != "middle":
            for left, length in _windows(width, strip_height):
                yield _Strip(Box(left, top, length, strip_height), edge)
        elif not camera_on:
            first, last = (round(share * height) for share in _CONFIG.card_middle)
            yield _Strip(Box(0, first, width, last - first), edge)


def _windows(width: int, strip_height: int) -> Sequence[tuple[int, int]]:
    """Left and length of the pieces in which a long strip is searched, so that its text is not shrunk; left first."""
    length = round(_WINDOW_ASPECT * strip_height)
    if width <= _CONFIG.max_windows_at_once * length:
        return ((0, width),)
    return ((0, length), ((width - length) // 2, length), (width - length, length))


def _can_be_closer(strip: _Strip) -> bool:
    """Whether the finder's input has room for the strip, enlarged more than usual."""
    room = min(FINDER_SIZE[0] / strip.box.width, FINDER_SIZE[1] / strip.box.height, _CONFIG.closer_scale)
    return room >= _CONFIG.min_closer * _CONFIG.usual_scale


def _edge_gap(line: Box, edge: str, tile: Image) -> float:
    return line.y if edge == "top" else tile.shape[0] - line.bottom


def _is_where_labels_are(line: Box, edge: str, tile: Image) -> bool:
    width = tile.shape[1]
    centred = abs(line.centre[0] - width / 2) < _CONFIG.max_off_centre * width
    if edge == "middle":
        return centred
    aside = min(line.x, width - line.right) < _CONFIG.max_side_gap * line.height
    return (centred or aside) and _edge_gap(line, edge, tile) < _CONFIG.max_edge_gap * line.height


def _cut(tile: Image, line: Box, *, side_pad: float) -> Image:
    grown = Box(line.x - side_pad, line.y, line.width + 2 * side_pad, line.height)
    left, top, width, height = grown.clipped(tile.shape[1], tile.shape[0]).rounded()
    return tile[top : top + max(1, height), left : left + max(1, width)]


def _runs_into_background(tile: Image, line: Box, ink: float) -> bool:
    """Whether the picture just before or behind the line has the letters' own colour: some may be lost in it."""
    reach = _CONFIG.beside * line.height
    besides = [Box(line.right, line.y, reach, line.height)]
    if line.x > _CONFIG.no_room_before * line.height:
        besides.append(Box(line.x - reach, line.y, reach, line.height))
    for beside in besides:
        patch = _cut(tile, beside, side_pad=0)
        if (
            patch.shape[1] >= 2
            and float((np.abs(patch.mean(axis=2) - ink) < _CONFIG.same_colour_levels).mean()) > _CONFIG.max_same_colour
        ):
            return True
    return False


def _reaches_side(tile: Image, read: _ReadLine) -> bool:
    """Whether letters touch the tile's left side: half a Latin letter is one of another script, whose network is sure
    of the rest then too.
    """
    if read.line.x > _CONFIG.cut_within * read.line.height:
        return False
    rows = tile[max(0, round(read.line.y)) : round(read.line.bottom), 0]
    return bool((np.abs(rows.mean(axis=1) - read.ink) < _CONFIG.same_colour_levels).any())


def measure_ink(patch: Image) -> float:
    """The brightness of a line's letters. The patch's first and last rows show, column by column, the background."""
    grey = patch.mean(axis=2)
    edges = np.stack((grey[0], grey[-1]))
    lighter, darker = grey.max(axis=0) - edges.max(axis=0), edges.min(axis=0) - grey.min(axis=0)
    if lighter.sum() >= darker.sum():
        return float(np.median(grey.max(axis=0)[lighter >= _CONFIG.core * lighter.max()]))
    return float(np.median(grey.min(axis=0)[darker >= _CONFIG.core * darker.max()]))


def _find_word_gap(patch: Image) -> int:
    """The column, in the middle half of a line, around which there is the least ink."""
    contrast = patch.mean(axis=2).std(axis=0)
    width = max(3, round(_CONFIG.word_gap * patch.shape[0]))
    around = np.convolve(contrast, np.ones(width), mode="same")
    first = patch.shape[1] // 4
    return first + int(np.argmin(around[first : patch.shape[1] - first]))


def _is_initials(name: str) -> bool:
    return len(name) <= _CONFIG.max_initials and name.isupper()

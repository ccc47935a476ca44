"""Draws the lines of made-up labels as a call window shows them, for the training of the Bengali network."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from fontTools.ttLib import TTFont
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image
from fer_desktop.vision.names.bengali_network import show_levels
from fer_desktop.vision.names.bengali_signs import FOREIGN, split_into_signs
from fer_desktop.vision.names.reader import measure_ink
from tools.bengali.texts import Text, Texts

_SIZES: Final = (9, 26)
"""Smallest and largest height of letters as shown, in px: small ones are as frequent as large ones."""
_EMPTY_SHARE: Final = 0.02
_DARK_SHARE: Final = 0.15
"""Of the labels: dark letters on a bright ground."""
_UNJOINED_SHARE: Final = 0.08
"""Some fonts do not join some letters."""
_VIRAMA: Final = re.compile("(?<![র\u200d])\u09cd")
_NON_JOINER: Final = "\u200c"
_DRAWN_AS_NOTHING: Final = {0x200C, 0x200D}


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line as `show_levels` shows it, and the signs to read in it: of an empty one, one word in another script."""

    picture: Image
    signs: Sequence[str]


class Lines:
    """Draws one line after the other. `fonts`: files of Bengali fonts. `others`: a folder of Noto's other fonts."""

    def __init__(self, texts: Texts, fonts: Sequence[Path], others: Path, seed: int) -> None:
        self._texts = texts
        families: dict[str, list[Path]] = {}
        for font in fonts:
            families.setdefault(font.stem.split("-")[0], []).append(font)
        self._families = list(families.values())
        self._others = others
        self._rng = np.random.default_rng(seed)

    def __iter__(self) -> Iterator[Line]:
        while True:
            yield self._draw()

    def _draw(self) -> Line:
        rng = self._rng
        text = self._texts.compose() if rng.random() > _EMPTY_SHARE else Text("")
        if text.font is None and rng.random() < _UNJOINED_SHARE:
            text = Text(
                _VIRAMA.sub(lambda found: found[0] + _NON_JOINER if rng.random() < 0.7 else found[0], text.text)
            )
        size, scale = float(np.exp(rng.uniform(*np.log(_SIZES)))), _choose_scale(rng)
        font = self._find_font(text, max(6, round(size / scale)))
        letters, ground = choose_colours(rng)
        drawn = _draw_text(text.text, font, letters, ground, rng)
        shown = _compress(_rescale(drawn, scale, rng), rng)
        is_bengali = text.font is None and text.text
        signs = split_into_signs(text.text) if is_bengali else [*" ".join(FOREIGN for _ in text.text.split() or "?")]
        return Line(show_levels(shown, measure_ink(shown)), signs)

    def _find_font(self, text: Text, size: int) -> ImageFont.FreeTypeFont:
        """A font that has all letters of the text; each family as often as any other."""
        if text.font is not None:
            end = "Bold" if self._rng.random() < 0.3 else "Regular"
            return _load_font(self._others / f"{text.font.rstrip('-')}-{end}.ttf", size)
        needed = {ord(letter) for letter in text.text} - _DRAWN_AS_NOTHING
        fitting = [[path for path in family if needed <= _find_letters(path)] for family in self._families]
        families = [family for family in fitting if family]
        if not families:
            raise ValueError(f"no font has all letters of {text.text!r}: give one more")
        family = families[self._rng.integers(len(families))]
        return _load_font(family[self._rng.integers(len(family))], size)


@lru_cache(maxsize=2000)
def _load_font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


@cache
def _find_letters(path: Path) -> frozenset[int]:
    with TTFont(path) as font:
        return frozenset(font.getBestCmap())


def _choose_scale(rng: Generator) -> float:
    """By how much the drawn window is scaled after it was drawn: half of them are not."""
    return 1.0 if rng.random() < 0.5 else float(np.exp(rng.uniform(np.log(0.55), np.log(1.6))))


_Colour = tuple[int, int, int]


def choose_colours(rng: Generator) -> tuple[_Colour, _Colour]:
    """Colours of letters and ground: mostly nearly white on dark, else the negative of that."""
    bright, dark = rng.integers(195, 256), rng.integers(0, 110)
    letters = _to_colour(np.clip(bright + rng.integers(-6, 7, 3), 0, 255))
    ground = _to_colour(np.clip(dark + rng.integers(-25, 26, 3), 0, 130))
    return (_negate(letters), _negate(ground)) if rng.random() < _DARK_SHARE else (letters, ground)


def _to_colour(levels: NDArray[np.int64]) -> _Colour:
    return int(levels[0]), int(levels[1]), int(levels[2])


def _negate(colour: _Colour) -> _Colour:
    return 255 - colour[0], 255 - colour[1], 255 - colour[2]


def _draw_text(text: str, font: ImageFont.FreeTypeFont, letters: _Colour, ground: _Colour, rng: Generator) -> Image:
    """The line with a margin about it, on a ground that is not even; blue, green, red."""
    stroke = 1 if font.size > 24 and rng.random() < 0.25 else 0
    left, top, right, bottom = (int(value) for value in font.getbbox(text, stroke_width=stroke))
    high = max(4, bottom - top)
    above, below = (rng.uniform(-0.06, 0.5, 2) * high).astype(int)
    before, behind = (rng.uniform(0.0, 0.9, 2) * high).astype(int)
    width, height = max(8, right - left) + before + behind, high + above + below
    mask = Picture.new("L", (width, height))
    place = before - left + rng.random(), above - top + rng.random()
    ImageDraw.Draw(mask).text(place, text, font=font, fill=255, stroke_width=stroke)
    weight = float(np.exp(rng.normal(0, 0.25)))
    cover = (np.asarray(mask, np.float32)[..., None] / 255) ** weight
    behind_letters = _draw_bar(_draw_ground(width, height, ground, rng), max(0, above), behind, rng)
    drawn = behind_letters * (1 - cover) + np.array(letters) * cover
    return np.asarray(drawn[..., ::-1], np.uint8)


def _draw_ground(width: int, height: int, ground: _Colour, rng: Generator) -> Image:
    """A soft picture behind a label that lets some of it through."""
    spread = rng.uniform(0, 40) if rng.random() < 0.8 else 0.0
    coarse = np.clip(np.array(ground) + rng.normal(0, spread + 0.01, (3, 5, 3)), 0, 255).astype(np.uint8)
    soft = np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)
    if rng.random() < 0.3:
        soft = np.clip(soft + rng.normal(0, rng.uniform(1, 10), soft.shape), 0, 255).astype(np.uint8)
    return soft


def _draw_bar(ground: Image, above: int, behind: int, rng: Generator) -> Image:
    """At times a label's bar ends above the letters or behind them; the picture about it is brighter."""
    if rng.random() < 0.3:
        rows = int(rng.integers(above + 1))
        ground[:rows] = _brighten(ground[:rows], rng)
    if rng.random() < 0.3:
        columns = int(rng.integers(behind + 1))
        ground[:, ground.shape[1] - columns :] = _brighten(ground[:, ground.shape[1] - columns :], rng)
    return ground


def _brighten(part: Image, rng: Generator) -> Image:
    return np.clip(part + rng.uniform(5, 110), 0, 255).astype(np.uint8)


def _rescale(picture: Image, scale: float, rng: Generator) -> Image:
    """Scaled, and at times stretched or slanted: so other fonts come near."""
    if rng.random() < 0.15:
        picture = _slant(picture, rng.uniform(-0.2, 0.2))
    stretched = scale * float(np.exp(rng.normal(0, 0.1))) if rng.random() < 0.5 else scale
    if scale == stretched == 1.0:
        return picture
    ways = (cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_AREA) if scale < 1 else (cv2.INTER_LINEAR, cv2.INTER_CUBIC)
    size = max(4, round(picture.shape[1] * stretched)), max(4, round(picture.shape[0] * scale))
    return np.asarray(cv2.resize(picture, size, interpolation=ways[rng.integers(len(ways))]), np.uint8)


def _slant(picture: Image, slant: float) -> Image:
    height, width = picture.shape[:2]
    to = np.array([[1, -slant, slant * height / 2], [0, 1, 0]], np.float32)
    return np.asarray(cv2.warpAffine(picture, to, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _compress(picture: Image, rng: Generator) -> Image:
    """Blurred a little at times, and in most cases compressed with loss, once or twice."""
    if rng.random() < 0.2:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 0.7)), np.uint8)
    for _ in range(rng.choice(3, p=(0.35, 0.5, 0.15))):
        quality = int(rng.uniform(40, 96))
        _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
        picture = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return picture

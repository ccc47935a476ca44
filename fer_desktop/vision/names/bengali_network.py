"""Reads a line of Bengali text with a network that was trained for it; `shipped/MODEL_CARD.md` says how."""

from itertools import pairwise
from typing import Final, Protocol

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image
from fer_desktop.vision.names.bengali_signs import FOREIGN, SIGNS, join_signs
from fer_desktop.vision.names.cleaning import find_notes
from fer_desktop.vision.names.line_views import View
from fer_desktop.vision.names.reading import Reading

LINE_SIZE: Final = (384, 32)
"""Width and height of the picture of one line."""
GROUND: Final = 64
_INK: Final = 192
"""The levels that the ground and the letters get, whatever their brightness was."""
_IS_INK: Final = 60.0
"""Levels of brightness from the letters' own up to which a pixel is ink."""
_MARGIN_PX: Final = 2
_MIN_CONTRAST: Final = 20.0


def show_levels(line: Image, ink: float, height_px: int = LINE_SIZE[1]) -> Image:
    """The line's picture, bright letters on dark ground, cropped to their rows; no wider than `LINE_SIZE`.

    `line`: blue, green, red. `ink`: the brightness of its letters. A longer line is squeezed.
    """
    grey = np.asarray(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), np.float32)
    rows = np.flatnonzero((np.abs(grey - ink) < _IS_INK).any(axis=1))
    if rows.size:
        grey = grey[max(0, rows[0] - _MARGIN_PX) : rows[-1] + 1 + _MARGIN_PX]
    ground = float(np.median(grey))
    contrast = ink - ground
    if abs(contrast) < _MIN_CONTRAST:
        contrast = _MIN_CONTRAST if contrast >= 0 else -_MIN_CONTRAST
    levels = np.clip(GROUND + (grey - ground) * ((_INK - GROUND) / contrast), 0, 255).astype(np.uint8)
    height, width = levels.shape
    size = min(LINE_SIZE[0], max(1, round(width * height_px / height))), height_px
    shrinks = height > height_px or size[0] < width
    scaled = cv2.resize(levels, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
    above = (LINE_SIZE[1] - height_px) // 2
    below = LINE_SIZE[1] - height_px - above
    return np.asarray(cv2.copyMakeBorder(scaled, above, below, 0, 0, cv2.BORDER_CONSTANT, value=(GROUND,)), np.uint8)


class LevelsNetwork(Protocol):
    """Probabilities of the blank and of `SIGNS`, (steps, signs), of a picture of levels; see `Network`."""

    def run(self, picture: Image) -> Floats: ...


class BengaliNetwork:
    """Reads lines in Bengali and Assamese letters."""

    def __init__(self, network: LevelsNetwork) -> None:
        self._network = network

    def read(self, line: Image, ink: float, view: View) -> Reading:
        """The line's text; empty where most of its words are in another script.

        `line`: blue, green, red. `ink`: the brightness of its letters. Of the view, height and shift count.
        """
        levels = show_levels(line, ink, view.height_px)
        whole = np.full((LINE_SIZE[1], LINE_SIZE[0], 1), GROUND, np.uint8)
        end = min(LINE_SIZE[0], view.shift_px + levels.shape[1])
        whole[:, view.shift_px : end, 0] = levels[:, : end - view.shift_px]
        return spell(self._network.run(whole))


def spell(probabilities: Floats) -> Reading:
    """The likeliest text of (steps, signs) probabilities; its confidence is that of the name's sign that is least sure.

    Empty where a word of the name is in another script: not all of it can be read.
    """
    choices = [0, *probabilities.argmax(axis=1).tolist()]
    signs: list[str] = []
    certain: list[float] = []
    for step, (before, choice) in enumerate(pairwise(choices)):
        if choice and choice != before:
            signs.append(SIGNS[choice - 1])
            certain.append(0.0)
        if choice:
            certain[-1] = max(certain[-1], float(probabilities[step, choice]))
    name = [place for place, is_note in enumerate(find_notes(signs)) if not is_note]
    if not name or any(signs[place] == FOREIGN for place in name):
        return Reading("", 0.0)
    return Reading(join_signs(signs), min(certain[place] for place in name))

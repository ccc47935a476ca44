"""Shows a line of text to a script's network in several ways: small marks are lost in one and found in another."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image


@dataclass(frozen=True, slots=True)
class View:
    """One way to show a line.

    `height_px`: to which it is scaled. `cut_out`: its letters, cut out of what stands behind them, instead of the line
    as it is. `bare`: the network gets these as they are; otherwise Tesseract searches the picture for the line first,
    and finds none in some Arabic names. `shift_px`: so far it is shown further to the right, which only the Bengali
    network heeds.
    """

    height_px: int
    cut_out: bool = False
    bare: bool = False
    shift_px: int = 0


@dataclass(frozen=True, slots=True)
class _Config:
    """Measured on drawn names of each script, 10 to 17 px high."""

    border_px: int = 10
    bare_border: float = 0.2
    """Of the height: so much stood around the lines with which the networks were trained."""
    is_ink: float = 60.0
    """Levels of brightness from the letters' own up to which a pixel is ink."""


_CONFIG: Final = _Config()
_WHITE: Final = 255


def show_line(line: Image, ink: float, view: View) -> Image:
    """The line's grey picture, with dark letters on light ground. `ink`: the brightness of its letters."""
    grey = np.asarray(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), np.uint8)
    if view.bare:
        letters = _crop_columns(_cut_out_letters(grey, ink))
        return _scale(letters, view.height_px, round(_CONFIG.bare_border * view.height_px), cv2.BORDER_CONSTANT)
    if view.cut_out:
        return _scale(_cut_out_letters(grey, ink), view.height_px, _CONFIG.border_px, cv2.BORDER_CONSTANT)
    dark_on_light = np.asarray(_WHITE - grey if ink > float(grey.mean()) else grey, np.uint8)
    return _scale(dark_on_light, view.height_px, _CONFIG.border_px, cv2.BORDER_REPLICATE)


def _cut_out_letters(grey: Image, ink: float) -> Image:
    """Dark letters on white, whatever stands behind them, cropped to their rows."""
    distance = np.abs(grey.astype(np.float32) - ink)
    rows = np.flatnonzero((distance < _CONFIG.is_ink).any(axis=1))
    if rows.size:
        distance = distance[rows[0] : rows[-1] + 1]
    ground = max(float(np.median(distance)), _CONFIG.is_ink)
    return np.asarray(np.minimum(distance * (_WHITE / ground), _WHITE), np.uint8)


def _crop_columns(letters: Image) -> Image:
    columns = np.flatnonzero((letters <= _WHITE // 2).any(axis=0))
    return letters[:, columns[0] : columns[-1] + 1] if columns.size else letters


def _scale(picture: Image, height_px: int, border: int, border_kind: int) -> Image:
    """Scaled to the height, with a border: white, or of the edge's own pixels."""
    scale = height_px / picture.shape[0]
    width = max(1, round(picture.shape[1] * scale))
    scaled = cv2.resize(picture, (width, height_px), interpolation=cv2.INTER_CUBIC)
    white = (_WHITE,)
    return np.asarray(cv2.copyMakeBorder(scaled, border, border, border, border, border_kind, value=white), np.uint8)

"""Draws text by Pillow: OpenCV's own font has no accented letters."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from fer_desktop.types import Image

FONT_FILE: Final = Path(__file__).with_name("fonts") / "DejaVuSans.ttf"
"""DejaVu Sans 2.37, with its licence beside it. Pillow's own font lacks most accented letters."""


@lru_cache(maxsize=512)
def draw_text(text: str, size_px: int) -> Image:
    """The text's cover, (h, w) uint8: as wide as the text, as high as the font's lines."""
    font = _load_font(size_px)
    ascent, descent = font.getmetrics()
    width = max(1, int(np.ceil(font.getlength(text))))
    canvas = PillowImage.new("L", (width, ascent + descent), 0)
    ImageDraw.Draw(canvas).text((0, 0), text, fill=255, font=font)
    return np.asarray(canvas)


@lru_cache(maxsize=16)
def _load_font(size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILE), size_px)

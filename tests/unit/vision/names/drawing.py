"""Tiles with labels, drawn for the tests."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
INK: Colour = (32, 32, 36)


@dataclass(frozen=True, slots=True)
class Look:
    """How a call app draws labels. `pill`: what stands behind the letters, with its opacity; `place`: of the label."""

    font: str = "DejaVuSans"
    size_px: int = 15
    letters: Colour = WHITE
    pill: tuple[int, int, int, int] | None = (0, 0, 0, 150)
    place: str = "bottom left"


def draw_room(width: int, height: int, seed: int = 0) -> Image:
    """A soft, coloured background, as a camera's picture has one: never as bright as white letters."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(20, 150, (4, 6, 3), dtype=np.uint8)
    return np.array(Picture.fromarray(coarse).resize((width, height), Picture.Resampling.BICUBIC))[..., ::-1].copy()


def draw_label(image: Image, box: Box, name: str, look: Look = Look()) -> None:
    """Writes the label into the tile of the image."""
    left, top, width, height = box.rounded()
    canvas = Picture.fromarray(image[top : top + height, left : left + width, ::-1].copy())
    draw = ImageDraw.Draw(canvas, "RGBA")
    font = load_font(look.font, look.size_px)
    length, bar = round(draw.textlength(name, font=font)), max(look.size_px + 12, sum(font.getmetrics()) + 8)
    x = {"left": 0, "centre": (width - length - 14) // 2, "right": width - length - 14}[look.place.split()[1]]
    y = {"top": 0, "bottom": height - bar, "middle": height // 2 - look.size_px}[look.place.split()[0]]
    if look.pill is not None:
        draw.rectangle((x, y, x + length + 14, y + bar), fill=look.pill)
    draw.text((x + 7, y + 4), name, font=font, fill=(*look.letters, 255))
    image[top : top + height, left : left + width] = np.asarray(canvas)[..., ::-1]


def draw_muted_microphone(image: Image, left: int, top: int, height: int) -> None:
    """Draws a red microphone, crossed out, as call apps have it before the name of who is muted."""
    red, third = (72, 76, 235), height // 3
    cv2.ellipse(image, (left + third, top + third), (max(1, height // 5), third), 0, 0, 360, red, -1)
    cv2.line(image, (left, top + height), (left + 2 * third, top), (40, 40, 40), max(1, height // 6))
    cv2.line(image, (left - 1, top + height - 1), (left + 2 * third - 1, top), red, max(1, height // 8))
    cv2.line(image, (left + 1, top + height), (left + height // 2, top + height), red, 1)


def compress(image: Image, *, quality: int) -> Image:
    """The picture after JPEG compression."""
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)


def load_font(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    path = Path(name) if name.startswith("/") else Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"
    return ImageFont.truetype(str(path), size_px)

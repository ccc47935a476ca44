"""Opens picture files within a budget, checked by the header before anything is decoded."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image as PillowImage

MAX_PIXELS: Final = 40_000_000
"""More than an 8K screen, of 33 million. Decoding takes up to 17 bytes a pixel (WebP, the worst): 0.7 GB."""
MAX_FILE_BYTES: Final = 200_000_000
_FORMATS: Final = ("BMP", "GIF", "JPEG", "PNG", "PPM", "TIFF", "WEBP")
"""Pillow knows more, of which some start other programs or decode as they are opened."""
_WEBP_HEADER_BYTES: Final = 30


class PictureTooLargeError(Exception):
    """`str()` of it: the size that exceeds the budget, such as "40000 x 20000 pixels"."""


def open_picture(path: Path) -> PillowImage.Image:
    """Reads the header of a picture, for decoding later; close it.

    Raises `PictureTooLargeError`, and `OSError`, `ValueError` or `SyntaxError` for what is no picture.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise PictureTooLargeError(f"{size / 1e6:.0f} MB")
    _check_pixels(*_read_webp_size(path))
    with allow_pixels(None):
        picture = PillowImage.open(path, formats=_FORMATS)
    try:
        _check_pixels(*picture.size)
    except PictureTooLargeError:
        picture.close()
        raise
    return picture


@contextmanager
def allow_pixels(pixels: int | None) -> Iterator[None]:
    """Replaces Pillow's limit, which warns on stderr from 89 million pixels on and raises from twice as many on."""
    before = PillowImage.MAX_IMAGE_PIXELS
    PillowImage.MAX_IMAGE_PIXELS = pixels
    try:
        yield
    finally:
        PillowImage.MAX_IMAGE_PIXELS = before


def _check_pixels(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise PictureTooLargeError(f"{width} x {height} pixels")


def _read_webp_size(path: Path) -> tuple[int, int]:
    """Width and height of a WebP file, (0, 0) for any other: Pillow allocates its canvas when it is opened.

    Source: RFC 9649, the chunks VP8X, VP8L and VP8 that may come first.
    """
    with path.open("rb") as file:
        header = file.read(_WEBP_HEADER_BYTES)
    if len(header) < _WEBP_HEADER_BYTES or header[:4] != b"RIFF" or header[8:12] != b"WEBP":
        return 0, 0
    match header[12:16]:
        case b"VP8X":
            return int.from_bytes(header[24:27], "little") + 1, int.from_bytes(header[27:30], "little") + 1
        case b"VP8L":
            bits = int.from_bytes(header[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            width, height = struct.unpack("<HH", header[26:30])
            return width & 0x3FFF, height & 0x3FFF
    return 0, 0

"""The pixels of a PipeWire buffer, without a copy."""

import ctypes
from typing import Any, Final

import numpy as np

from fer_desktop.portal.libpipewire import (
    CHUNK_CORRUPTED,
    META_HEADER,
    META_HEADER_CORRUPTED,
    META_VIDEO_CROP,
    SpaBuffer,
    SpaMetaHeader,
    SpaRegion,
)
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image

TO_BGR: Final[dict[int, tuple[int, int | None]]] = {
    8: (4, cv2.COLOR_BGRA2BGR),  # BGRx
    12: (4, cv2.COLOR_BGRA2BGR),  # BGRA
    7: (4, cv2.COLOR_RGBA2BGR),  # RGBx
    11: (4, cv2.COLOR_RGBA2BGR),  # RGBA
    16: (3, None),  # BGR
    15: (3, cv2.COLOR_RGB2BGR),  # RGB
}
"""Bytes of a pixel and OpenCV's conversion, by `enum spa_video_format` (`spa/param/video/raw.h`), the best first."""


def is_picture(buffer: SpaBuffer) -> bool:
    """Whether it has pixels: desktops also send buffers that say no more than where the mouse is."""
    if not buffer.n_datas or not buffer.datas[0].data:
        return False
    chunk = buffer.datas[0].chunk.contents
    if not chunk.size or chunk.flags & CHUNK_CORRUPTED:
        return False
    header = _find_meta(buffer, META_HEADER, SpaMetaHeader)
    return header is None or not header.flags & META_HEADER_CORRUPTED


def copy_picture(buffer: SpaBuffer, video_format: int, size: tuple[int, int]) -> Image | None:
    """The part that is the window or monitor as (height, width, 3) uint8, blue-green-red; None if memory is too small.

    `size`: width and height of the stream.
    """
    width, height = size
    channels, conversion = TO_BGR[video_format]
    data = buffer.datas[0]
    chunk = data.chunk.contents
    stride = chunk.stride or width * channels
    offset = chunk.offset % max(1, data.maxsize)
    if stride < width * channels or offset + stride * (height - 1) + width * channels > data.maxsize:
        return None
    memory = (ctypes.c_uint8 * data.maxsize).from_address(data.data)
    pixels: Image = np.ndarray((height, width, channels), np.uint8, memory, offset, (stride, channels, 1))
    crop = _find_meta(buffer, META_VIDEO_CROP, SpaRegion)
    if crop is not None and crop.width and crop.height:
        left, top = max(0, crop.x), max(0, crop.y)
        pixels = pixels[top : crop.y + crop.height, left : crop.x + crop.width]
    if not pixels.size:
        return None
    return pixels.copy() if conversion is None else np.asarray(cv2.cvtColor(pixels, conversion), np.uint8)


def _find_meta(buffer: SpaBuffer, kind: int, structure: Any) -> Any:
    for number in range(buffer.n_metas):
        meta = buffer.metas[number]
        if meta.type == kind and meta.data and meta.size >= ctypes.sizeof(structure):
            return structure.from_address(meta.data)
    return None

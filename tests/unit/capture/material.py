"""Writes small videos and pictures."""

import struct
from pathlib import Path

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image


def counting_picture(number: int, *, width: int = 96, height: int = 64) -> Image:
    """A picture whose brightness encodes its number."""
    picture = np.full((height, width, 3), 10 + 8 * (number % 30), np.uint8)
    picture[: height // 2, : width // 2] = 255 - picture[: height // 2, : width // 2]
    return picture


def write_video(path: Path, *, frames: int = 30, fps: float = 10.0, codec: str = "mp4v") -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), fps, (96, 64))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(counting_picture(number))
    writer.release()
    return path


def write_picture(path: Path, number: int = 0) -> Path:
    assert cv2.imwrite(str(path), counting_picture(number))
    return path


def turn_video(path: Path) -> Path:
    """Writes into an MP4 file that players turn it by 90 degrees clockwise, as telephones do (ISO 14496-12, tkhd)."""
    content = bytearray(path.read_bytes())
    start = content.index(b"tkhd") + 44
    content[start : start + 36] = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(content)
    return path


def stretch_pixels(path: Path, wide: int, high: int) -> Path:
    """Writes into an MP4 file, whose index stands at its end, that pixels are `wide` by `high` (ISO 14496-12, pasp)."""
    content = bytearray(path.read_bytes())
    entry = content.index(b"mp4v", content.index(b"stsd"))
    end = entry - 4 + struct.unpack(">I", content[entry - 4 : entry])[0]
    starts = [
        entry,
        *(content.rindex(kind, 0, entry) for kind in (b"stsd", b"stbl", b"minf", b"mdia", b"trak", b"moov")),
    ]
    content[end:end] = struct.pack(">I4sII", 16, b"pasp", wide, high)
    for start in starts:
        size = struct.unpack(">I", content[start - 4 : start])[0]
        content[start - 4 : start] = struct.pack(">I", size + 16)
    path.write_bytes(content)
    return path

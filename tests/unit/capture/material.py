"""Writes small videos and pictures."""

import struct
from collections.abc import Sequence
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
    _grow(content, starts, 16)
    path.write_bytes(content)
    return path


def vary_times(path: Path, durations: Sequence[int]) -> Path:
    """Writes into an MP4 file, whose index stands at its end, how long each frame is shown (ISO 14496-12, stts).

    `durations`: in units of that of a frame before.
    """
    content = bytearray(path.read_bytes())
    box = content.index(b"stts")
    size, unit = struct.unpack(">I", content[box - 4 : box])[0], struct.unpack(">I", content[box + 16 : box + 20])[0]
    entries = b"".join(struct.pack(">II", 1, duration * unit) for duration in durations)
    new = b"stts" + struct.pack(">II", 0, len(durations)) + entries
    content[box : box - 4 + size] = new
    starts = [box, *(content.rindex(kind, 0, box) for kind in (b"stbl", b"minf", b"mdia", b"trak", b"moov"))]
    _grow(content, starts, len(new) + 4 - size)
    edits = content.index(b"edts")
    content[edits : edits + 4] = b"free"  # the edit list would end the video where it ended before
    path.write_bytes(content)
    return path


def _grow(content: bytearray, boxes: Sequence[int], by: int) -> None:
    """Corrects the sizes of boxes of an MP4 file. `boxes`: where their kinds stand."""
    for start in boxes:
        size = struct.unpack(">I", content[start - 4 : start])[0]
        content[start - 4 : start] = struct.pack(">I", size + by)

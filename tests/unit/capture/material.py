"""Writes small videos and pictures."""

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

"""Drawn stand-ins for face pictures: no photograph is part of the tests."""

from pathlib import Path

import numpy as np

from data.fer2013 import FaceSet
from fer_desktop.system.opencv import cv2
from fer_desktop.types import FACE_CROP_SIZE_PX, Image

_GREY_MIDDLE = 128


def draw_face_like(seed: int) -> Image:
    """A (48, 48) uint8 picture with a face's parts: a gradient, a head, eyes and a mouth, all from the seed."""
    rng = np.random.default_rng(seed)
    across, down = np.meshgrid(np.arange(FACE_CROP_SIZE_PX), np.arange(FACE_CROP_SIZE_PX))
    background = _GREY_MIDDLE + rng.uniform(-2, 2) * (across - 24) + rng.uniform(-2, 2) * (down - 24)
    image = np.clip(background, 0, 255).astype(np.uint8)
    skin, dark = (float(rng.integers(90, 220)),), (float(rng.integers(0, 80)),)
    cv2.ellipse(image, (24, 26), (18, 22), 0, 0, 360, skin, -1)
    for eye_x in (15, 33):
        cv2.ellipse(image, (eye_x, 19), (4, int(rng.integers(1, 4))), 0, 0, 360, dark, -1)
    cv2.ellipse(image, (24, 37), (8, int(rng.integers(1, 6))), 0, 0, int(rng.integers(180, 361)), dark, 2)
    return image


def make_face_set(labels: list[int], usage: str = "Training", first_seed: int = 0) -> FaceSet:
    """One drawn picture for each label, all different."""
    count = len(labels)
    return FaceSet(
        images=np.stack([draw_face_like(first_seed + i) for i in range(count)]),
        labels=np.array(labels, np.uint8),
        usages=np.array([usage] * count),
        rows=np.arange(count),
    )


def write_csv(path: Path, *parts: FaceSet) -> Path:
    """The face sets as one FER2013 csv."""
    lines = ["emotion,pixels,Usage"]
    for part in parts:
        for image, label, usage in zip(part.images, part.labels, part.usages, strict=True):
            lines.append(f"{label},{' '.join(map(str, image.ravel()))},{usage}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path

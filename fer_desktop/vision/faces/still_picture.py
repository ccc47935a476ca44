"""Whether a face belongs to a small picture on a flat card: a profile picture, a portrait on a slide."""

from typing import Final

import numpy as np

from fer_desktop.types import Box, Image

_RADII: Final = (1.3, 1.7, 2.2, 2.8)
"""Radii of rings around the face, in halves of its longer side. A live person's neck and shoulders cross all of them.
"""
_POINTS: Final = 72
_FLAT_LEVELS: Final = 3
_FLAT_SHARE: Final = 0.82
_MIN_RING_INSIDE: Final = 0.9
"""Share of a ring that must lie in the picture, or the ring is not judged."""


def is_still_picture(image: Image, face: Box) -> bool:
    """True where one of the rings around the face has one flat colour: below a live head there is always a body."""
    height, width = image.shape[:2]
    angles = np.linspace(0, 2 * np.pi, _POINTS, endpoint=False)
    for radius in _RADII:
        reach = radius * max(face.width, face.height) / 2
        columns = np.round(face.centre[0] + reach * np.cos(angles)).astype(int)
        rows = np.round(face.centre[1] + reach * np.sin(angles)).astype(int)
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        if inside.mean() < _MIN_RING_INSIDE:
            continue
        ring = image[rows[inside], columns[inside]].astype(np.int16)
        flat = np.abs(ring - np.median(ring, axis=0)).max(axis=1) <= _FLAT_LEVELS
        if flat.mean() >= _FLAT_SHARE:
            return True
    return False

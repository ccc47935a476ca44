"""Whether a tile shows a camera's picture, or the plain card of a camera that is off."""

from typing import Final

import numpy as np

from fer_desktop.types import Box, Image

_PLAIN_SHARE: Final = 0.72
"""A card is one flat colour but for a name, initials in a circle (a tenth of the tile) or a small profile picture."""
_FLAT_LEVELS: Final = 3


def is_camera_on(image: Image, box: Box) -> bool:
    """True unless most of the tile is one flat colour. A camera's picture has noise and shading everywhere."""
    left, top, width, height = box.rounded()
    step = max(1, height // 24)
    margin_x, margin_y = width // 12, height // 12  # rounded corners and the frame around the one who speaks
    patch = image[top + margin_y : top + height - margin_y : step, left + margin_x : left + width - margin_x : step]
    if not patch.size:
        return False
    flat = patch.reshape(-1, 3).astype(np.int16)
    colour = np.median(flat, axis=0)
    plain = np.abs(flat - colour).max(axis=1) <= _FLAT_LEVELS
    return float(plain.mean()) < _PLAIN_SHARE

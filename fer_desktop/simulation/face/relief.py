"""The face's relief: how far each place stands out towards the viewer, which decides how the light falls on it."""

from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.nose import raise_nose
from fer_desktop.simulation.face.proportions import CHIN_Y, CROWN_Y, EYE_X, MOUTH_Y, SIDES
from fer_desktop.simulation.looks import Looks
from fer_desktop.simulation.muscles import Muscles
from fer_desktop.types import Floats

_MIDDLE_Y: Final = 0.14
_RIM: Final = 0.32
"""The outermost part of the face, in units, which curves back to the head."""


def raise_relief(canvas: SoftCanvas, looks: Looks, muscles: Muscles, depth: Floats) -> None:
    """Sets the canvas's relief. `depth`: the face's outline, see `face_outline`."""
    half_height = (CHIN_Y - CROWN_Y) / 2 + 0.1 * muscles.jaw_drop
    from_side = (canvas.x / (1.0 * looks.face_width)) ** 2 * 0.92
    from_middle = ((canvas.y - _MIDDLE_Y) / (half_height * 1.1)) ** 2 * 0.8
    canvas.relief[:] = 0.95 * np.sqrt(np.clip(1 - from_side - from_middle, 0.02, 1))
    rim = np.clip(depth / _RIM, 0, 1)
    canvas.relief += 0.15 * np.sqrt(rim * (2 - rim) + 0.0004)
    raise_nose(canvas, looks, muscles)
    for side in SIDES:
        _raise_side(canvas, muscles, side)
    _raise_mouth_and_chin(canvas, muscles)


def _raise_side(canvas: SoftCanvas, muscles: Muscles, side: float) -> None:
    """One half's eye socket, eyeball, brow ridge, cheekbone, smile fold, corner of the mouth and frown."""
    smile, wide = muscles.corner_pull, muscles.lip_stretch
    canvas.bump(side * EYE_X, 0.0, 0.22, 0.13, -0.13)
    canvas.bump(side * EYE_X, 0.0, 0.13, 0.09, 0.07)
    canvas.bump(side * 0.42, -0.25 + 0.05 * muscles.brow_lower, 0.26, 0.07, 0.05 + 0.04 * muscles.brow_lower)
    canvas.bump(side * 0.60, 0.36 - 0.06 * muscles.cheek_raise, 0.22, 0.16, 0.06 + 0.07 * muscles.cheek_raise)
    canvas.bump(side * 0.46, 0.50, 0.13, 0.10, 0.08 * smile + 0.06 * muscles.nose_wrinkle)
    canvas.bump(side * (0.46 + 0.06 * wide), 0.80, 0.07, 0.09, -0.04 - 0.03 * smile)
    canvas.bump(side * 0.07, -0.22, 0.045, 0.10, 0.045 * muscles.brow_lower)


def _raise_mouth_and_chin(canvas: SoftCanvas, muscles: Muscles) -> None:
    drop, chin = muscles.jaw_drop, muscles.chin_raise
    canvas.bump(0, MOUTH_Y, 0.30, 0.16, 0.07)
    canvas.bump(0, 1.05 + 0.17 * drop, 0.22, 0.05, -0.055 - 0.03 * chin)
    canvas.bump(0, 1.21 + 0.18 * drop - 0.03 * chin, 0.19, 0.11, 0.08 + 0.03 * chin)

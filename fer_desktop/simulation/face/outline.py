"""The face's outline from crown to chin."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.proportions import CHIN_Y, CROWN_Y
from fer_desktop.simulation.looks import Looks
from fer_desktop.simulation.muscles import Muscles
from fer_desktop.types import Floats

_LEVELS: Final = np.array([0.0, 0.03, 0.1, 0.2, 0.32, 0.45, 0.58, 0.70, 0.80, 0.88, 0.94, 0.98, 1.0])
_HALF_WIDTHS: Final = np.array([0.0, 0.34, 0.61, 0.80, 0.90, 0.93, 0.91, 0.84, 0.74, 0.61, 0.46, 0.27, 0.0])
"""Half the face's width at each level from the crown (0) to the chin (1): temples, cheekbones, jaw."""
_STEEPNESS: Final = 20
"""How fast the squared half-width falls below zero above the crown and below the chin."""


def face_outline(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> Floats:
    """Distance inwards from the face's outline, in units; negative outside. (h, w) float32."""
    chin = CHIN_Y + 0.20 * muscles.jaw_drop + 0.02 * muscles.lips_part
    level = (canvas.y[:, 0] - CROWN_Y) / (chin - CROWN_Y)
    jaw = 1 + (looks.jaw_width - 1) * np.clip((_LEVELS - 0.5) * 3, 0, 1)
    # Interpolating the squares makes crown and chin end round.
    squares = _interpolate(level, _LEVELS, (_HALF_WIDTHS * jaw * looks.face_width) ** 2)
    half = np.sign(squares) * np.sqrt(np.abs(squares))
    outline: Floats = (half[:, None] - np.abs(canvas.x)).astype(np.float32)
    return outline


def _interpolate(at: Floats, levels: NDArray[np.float64], values: NDArray[np.float64]) -> Floats:
    """Cubic Hermite interpolation of the values at the levels 0 to 1; falls steeply below 0 outside them."""
    slopes = np.gradient(values, levels)
    index = np.clip(np.searchsorted(levels, at) - 1, 0, len(levels) - 2)
    step = levels[index + 1] - levels[index]
    t = np.clip((at - levels[index]) / step, 0, 1)
    curve = (
        (1 + 2 * t) * (1 - t) ** 2 * values[index]
        + t * (1 - t) ** 2 * step * slopes[index]
        + t**2 * (3 - 2 * t) * values[index + 1]
        + t**2 * (t - 1) * step * slopes[index + 1]
    )
    outside = np.maximum(-at, at - 1).clip(0)
    smooth: Floats = (curve - _STEEPNESS * outside).astype(np.float32)
    return smooth

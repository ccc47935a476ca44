"""A pair of glasses over the eyes."""

from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.proportions import SIDES
from fer_desktop.simulation.face.strokes import draw_stroke
from fer_desktop.simulation.looks import Colour

_FRAME: Final[Colour] = (30, 28, 34)
_CENTRE_X, _CENTRE_Y = 0.42, 0.03
_HALF_WIDTH, _HALF_HEIGHT = 0.31, 0.21


def draw_glasses(canvas: SoftCanvas) -> None:
    """Two rims between rectangle and oval, their temples, and the bridge."""
    for side in SIDES:
        window = canvas.window(side * _CENTRE_X, _CENTRE_Y, 0.42, 0.34)
        across = np.abs(window.x - side * _CENTRE_X) / _HALF_WIDTH
        down = np.abs(window.y - _CENTRE_Y) / _HALF_HEIGHT
        rectangle, rounded = np.maximum(across, down), (across**4 + down**4) ** 0.25
        rim = np.exp(-0.5 * ((0.5 * (rectangle + rounded) - 1) / 0.075) ** 2)
        canvas.paint(window, rim * 0.8, _FRAME)
        temple = (side * 0.73, -0.04), (side * 0.82, -0.05), (side * 0.90, -0.03)
        draw_stroke(canvas, *temple, width=0.02, darkness=0.8)
    draw_stroke(canvas, (-0.11, 0.0), (0.0, -0.05), (0.11, 0.0), width=0.02, darkness=0.75)

"""The nose: its relief, and the shadows under and beside it."""

from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.proportions import SIDES
from fer_desktop.simulation.looks import Looks
from fer_desktop.simulation.muscles import Muscles

_WRINKLE_LIFT: Final = 0.04
"""How far wrinkling the nose lifts its tip, in units."""


def raise_nose(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    """Adds bridge, tip and wings to the canvas's relief."""
    tip = 0.46 - _WRINKLE_LIFT * muscles.nose_wrinkle
    window = canvas.window(0, 0.2, 0.5, 0.7)
    rise = np.clip((window.y + 0.22) / (tip + 0.22), 0, 1) ** 1.3
    fall = np.clip((tip + 0.11 - window.y) / 0.11, 0, 1)
    width = (0.075 + 0.055 * np.clip((window.y + 0.1) / 0.6, 0, 1)) * looks.nose_width
    canvas.relief[window.rows, window.columns] += 0.26 * rise * fall * np.exp(-0.5 * (window.x / width) ** 2)
    canvas.bump(0, tip - 0.02, 0.09 * looks.nose_width, 0.08, 0.09)
    for side in SIDES:
        canvas.bump(side * 0.15 * looks.nose_width, tip + 0.04, 0.055, 0.055, 0.085)


def draw_nose(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    """Darkens the underside, the nostrils, the wings' outer edges and the sides of the bridge."""
    lift = -_WRINKLE_LIFT * muscles.nose_wrinkle
    width = looks.nose_width * (1 + 0.12 * muscles.nose_wrinkle + 0.06 * muscles.corner_pull)
    canvas.darken(0, 0.575 + lift, 0.17 * width, 0.035, 0.32)
    for side in SIDES:
        canvas.darken(side * 0.085 * width, 0.535 + lift, 0.042, 0.022, 0.75, angle=side * -0.25)
        canvas.darken(side * 0.205 * width, 0.50 + lift, 0.02, 0.05, 0.38)
        canvas.darken(side * 0.12, 0.10, 0.035, 0.16, 0.16 if side == -looks.light_side else 0.1)

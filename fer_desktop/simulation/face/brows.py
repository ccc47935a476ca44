"""The eyebrows, bent by the muscles that raise and lower them."""

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.strokes import Point, bezier_y
from fer_desktop.simulation.looks import Looks
from fer_desktop.simulation.muscles import Muscles


def draw_brow(canvas: SoftCanvas, looks: Looks, muscles: Muscles, side: float) -> None:
    """One brow, thick at its inner end and thin at its outer one."""
    inner, middle_y, outer = _place_brow(muscles)
    window = canvas.window(side * 0.42, (inner[1] + outer[1]) / 2, 0.42, 0.36)
    along = (window.x * side - inner[0]) / (outer[0] - inner[0])
    curve = bezier_y(along, inner[1], 2 * middle_y - (inner[1] + outer[1]) / 2, outer[1])
    thick = 0.048 * looks.brow_thickness * np.clip(1.05 - 0.75 * np.clip(along, 0, 1) ** 1.6, 0.1, 1)
    soft = np.exp(-0.5 * (np.abs(window.y - curve) / thick) ** 3)
    ends = np.clip(along * 9 + 0.3, 0, 1) * np.clip((1 - along) * 6, 0, 1)
    canvas.paint(window, soft * ends * 0.86, looks.brow_colour)


def _place_brow(muscles: Muscles) -> tuple[Point, float, Point]:
    """The inner end, the height of the middle, and the outer end, of the brow on the picture's right."""
    raise_in, raise_out, lower = muscles.inner_brow_raise, muscles.outer_brow_raise, muscles.brow_lower
    down = 0.125 * lower * (1 - 0.8 * raise_in) + 0.03 * muscles.nose_wrinkle
    inner = (0.15 - 0.055 * lower, -0.195 - 0.15 * raise_in + 1.15 * down)
    middle_y = -0.258 - 0.05 * raise_in * (1 - lower) - 0.14 * raise_out + 0.85 * down
    outer = (0.70, -0.190 + 0.06 * raise_in * (1 - raise_out) - 0.10 * raise_out + 0.15 * down)
    return inner, middle_y, outer

"""The mouth: lips, teeth and tongue."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas, Window
from fer_desktop.simulation.face.proportions import MOUTH_Y, SIDES
from fer_desktop.simulation.looks import Colour, Looks, mix
from fer_desktop.simulation.muscles import Muscles
from fer_desktop.types import Floats

_HALF_WIDTH: Final = 0.32
_TOOTH_WIDTH: Final = 0.075
_LIGHT_SKIN: Final = 330
"""Skins whose blue, green and red add up to more have rose lips, the others brown ones."""


@dataclass(frozen=True, slots=True, eq=False)
class _Lips:
    """The four edges of the lips over the window's columns, in units, and `inside`: 0 at the corners to 1. (1, w)."""

    upper_top: Floats
    upper_bottom: Floats
    lower_top: Floats
    lower_bottom: Floats
    inside: Floats


def draw_mouth(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    """The lips, what shows between them, and the shadows around them."""
    window = canvas.window(0, MOUTH_Y + 0.1, 0.62, 0.58)
    lips = _shape_lips(looks, muscles, window.x)
    within = (lips.inside > 0).astype(np.float32)
    _paint_lips(canvas, looks, window, lips, within)
    if float((lips.lower_top - lips.upper_bottom).max()) >= 0.01:
        _paint_mouth_inside(canvas, muscles, window, lips, within)
    seam = np.exp(-0.5 * ((window.y - lips.upper_bottom) / 0.016) ** 2) * np.clip(lips.inside * 5, 0, 1)
    canvas.paint(window, seam * 0.70, (34, 26, 52))
    below = np.exp(-0.5 * ((window.y - lips.lower_bottom - 0.035) / 0.03) ** 2) * np.clip(lips.inside, 0, 1)
    canvas.shade(window, 1 - 0.25 * below)
    _paint_corners(canvas, muscles)


def _shape_lips(looks: Looks, muscles: Muscles, x: Floats) -> _Lips:
    smile, frown = muscles.corner_pull, muscles.corner_depress
    across = x / (_half_width(muscles) - 0.07 * muscles.jaw_drop * (1 - muscles.lip_stretch))
    inside = np.clip(1 - across**2, 0, 1)
    corner_y = _corner_y(muscles) + 0.07 * muscles.lip_stretch + 0.03 * muscles.jaw_drop
    middle_y = MOUTH_Y + 0.02 * smile - 0.05 * frown - 0.02 * muscles.chin_raise
    line = corner_y + (middle_y - corner_y) * inside
    lift = (0.075 * muscles.upper_lip_raise + 0.03 * muscles.jaw_drop + 0.02 * muscles.lips_part) * inside**0.7
    drop = (0.15 * muscles.lips_part + 0.38 * muscles.jaw_drop) * inside**0.5
    thin = 1 - 0.6 * muscles.lip_tighten - 0.35 * smile
    full_up, full_low = 0.075 * looks.lip_fullness * thin, 0.105 * looks.lip_fullness * thin
    bow = 1 - 0.22 * np.exp(-0.5 * (across / 0.10) ** 2)
    upper_bottom, lower_top = line - lift, line + drop
    return _Lips(
        upper_top=upper_bottom - full_up * inside**0.75 * bow,
        upper_bottom=upper_bottom,
        lower_top=lower_top,
        lower_bottom=lower_top + full_low * inside**0.6,
        inside=inside,
    )


def _half_width(muscles: Muscles) -> float:
    return _HALF_WIDTH + 0.12 * muscles.corner_pull + 0.08 * muscles.lip_stretch - 0.03 * muscles.lip_tighten


def _corner_y(muscles: Muscles) -> float:
    return MOUTH_Y - 0.12 * muscles.corner_pull + 0.10 * muscles.corner_depress


def _paint_lips(canvas: SoftCanvas, looks: Looks, window: Window, lips: _Lips, within: Floats) -> None:
    """Both lips in the light of the skin under them; the lower one shines. `within`: 1 between the corners, (1, w)."""
    rose = np.asarray(_lip_colour(looks), np.float32)
    upper = canvas.edge(np.minimum(window.y - lips.upper_top, lips.upper_bottom - window.y)) * within
    lower = canvas.edge(np.minimum(window.y - lips.lower_top, lips.lower_bottom - window.y)) * within
    light = canvas.colour[window.rows, window.columns].mean(axis=2, keepdims=True) / (sum(looks.skin) / 3)
    canvas.paint(window, upper * 0.85, rose * 0.80 * light)
    down = (window.y - lips.lower_top) / np.maximum(lips.lower_bottom - lips.lower_top, 0.02)
    shine = 0.95 + 0.22 * np.exp(-0.5 * ((down - 0.4) / 0.25) ** 2)
    canvas.paint(window, lower * 0.80, rose * light * shine[:, :, None])


def _lip_colour(looks: Looks) -> Colour:
    if sum(looks.skin) > _LIGHT_SKIN:
        return mix(looks.skin, (84, 70, 168), 0.55)
    return mix(looks.skin, (64, 50, 120), 0.5)


def _paint_mouth_inside(canvas: SoftCanvas, muscles: Muscles, window: Window, lips: _Lips, within: Floats) -> None:
    """The dark of the mouth, the tongue of a dropped jaw, and the teeth."""
    opening = canvas.edge(np.minimum(window.y - lips.upper_bottom, lips.lower_top - window.y)) * within
    canvas.paint(window, opening, (22, 16, 36))
    tongue = np.exp(-0.5 * ((window.x / 0.14) ** 2 + ((window.y - MOUTH_Y - 0.36) / 0.10) ** 2))
    canvas.paint(window, opening * tongue * 0.75 * muscles.jaw_drop, (70, 60, 140))
    tall = 0.055 + 0.085 * max(muscles.corner_pull, 0.6 * muscles.lip_stretch, 0.5 * muscles.upper_lip_raise)
    teeth = canvas.edge(lips.upper_bottom + tall * lips.inside**0.3 - window.y) * opening
    shown = max(muscles.corner_pull, muscles.lip_stretch, 0.8 * muscles.upper_lip_raise, 0.35 * muscles.jaw_drop)
    ivory = np.array([206, 220, 230], np.float32) * (0.78 + 0.22 * lips.inside[:, :, None])
    canvas.paint(window, teeth * min(1.0, shown), ivory)
    gaps = np.exp(-0.5 * (((window.x / _TOOTH_WIDTH + 0.5) % 1.0 - 0.5) / 0.09) ** 2)
    canvas.shade(window, 1 - 0.16 * gaps * teeth)
    if muscles.lip_stretch > 0:
        lower_teeth = canvas.edge(window.y - lips.lower_top + 0.05 * lips.inside) * opening
        canvas.paint(window, lower_teeth * 0.6 * muscles.lip_stretch, (180, 192, 204))


def _paint_corners(canvas: SoftCanvas, muscles: Muscles) -> None:
    smile, frown = muscles.corner_pull, muscles.corner_depress
    half, y = _half_width(muscles), _corner_y(muscles)
    for side in SIDES:
        canvas.darken(side * (half + 0.01), y, 0.03, 0.03, (0.45 + 0.25 * smile) * (1 - 0.7 * muscles.jaw_drop))
        canvas.darken(side * (half + 0.03), y + 0.07, 0.02, 0.05, 0.35 * frown, angle=side * -0.4)

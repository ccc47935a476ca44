"""The skin: its colour, beard shadow, and the light on its relief."""

from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.proportions import EYE_X, SIDES
from fer_desktop.simulation.looks import Looks, mix
from fer_desktop.simulation.muscles import Muscles

_SHADOW_TINT: Final = np.array([1.12, 1.04, 0.94], np.float32)
"""How fast blue, green and red fall in shadow: shaded skin turns redder."""
_AMBIENT, _RELIEF_DEPTH = 0.46, 0.95
_DARKEST, _BRIGHTEST = 0.2, 1.12
_SHINE_FROM, _SHINE = 1.02, 190


def colour_skin(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    """Reddens cheeks and nose, darkens the eye sockets, and lays the beard's shadow."""
    red = mix(looks.skin, (70, 70, 200), 0.35)
    for side in SIDES:
        canvas.tint(side * 0.55, 0.45 - 0.05 * muscles.cheek_raise, 0.22, 0.18, red, 0.35)
        canvas.tint(side * EYE_X, 0.02, 0.24, 0.15, mix(looks.skin, (50, 40, 70), 0.5), 0.42)
    canvas.tint(0, 0.46, 0.16, 0.12, red, 0.3)
    if looks.beard:
        shade = mix(looks.skin, looks.brow_colour, 0.75)
        canvas.tint(0, 1.22, 0.5, 0.22, shade, looks.beard)
        canvas.tint(0, 0.66, 0.25, 0.05, shade, looks.beard * 0.9)
        for side in SIDES:
            canvas.tint(side * 0.62, 0.95, 0.15, 0.28, shade, looks.beard * 0.8)


def apply_light(canvas: SoftCanvas, looks: Looks) -> None:
    """Lights the relief from the side of the looks; the brightest places shine."""
    light = canvas.light_relief(side=looks.light_side, ambient=_AMBIENT, relief_depth=_RELIEF_DEPTH)
    light = np.clip(light, _DARKEST, _BRIGHTEST)
    canvas.colour *= np.clip(1 + (light[:, :, None] - 1) * _SHADOW_TINT, 0, 1.2)
    shine = np.clip(light - _SHINE_FROM, 0, 1) * _SHINE
    canvas.colour += shine[:, :, None]

"""The eyes: lids as open as muscles and blinks set them, and the eyeball between them."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas, Window
from fer_desktop.simulation.face.proportions import EYE_X, FaceState
from fer_desktop.simulation.looks import Looks, mix
from fer_desktop.simulation.muscles import Muscles
from fer_desktop.types import Floats

_HALF_WIDTH: Final = 0.185
_UPPER_HEIGHT, _LOWER_HEIGHT = 0.065, 0.047
_IRIS_RADIUS: Final = 0.092


@dataclass(frozen=True, slots=True, eq=False)
class _Lids:
    """The edges of both lids over the window of one eye, in units.

    `across`: -1 at the left corner of the eye to 1 at the right one, (1, w). `upper`, `lower`: y of the edges, (1, w).
    """

    across: Floats
    upper: Floats
    lower: Floats


def draw_eye(canvas: SoftCanvas, looks: Looks, state: FaceState, side: float) -> None:
    """One eye with its lashes and lid folds."""
    window = canvas.window(side * EYE_X, 0, 0.32, 0.32)
    lids = _shape_lids(looks, state, window, side)
    between = np.minimum(window.y - lids.upper, lids.lower - window.y)
    opening = canvas.edge(between) * (np.abs(lids.across) < 1)
    _paint_eyeball(canvas, looks, window, opening, side, lids.upper)
    _paint_lids(canvas, looks, state.muscles, window, lids)


def _shape_lids(looks: Looks, state: FaceState, window: Window, side: float) -> _Lids:
    muscles, size = state.muscles, looks.eye_size
    across = (window.x - side * EYE_X) / (_HALF_WIDTH * size)
    inside = np.clip(1 - across**2, 0, 1)
    outwards = across * side
    opened = _lid_opening(state)
    slant = 0.012 - 0.022 * muscles.lid_droop
    corner = -slant * outwards
    upper = corner - _UPPER_HEIGHT * size * opened * inside**0.62 + 0.018 * (1 - state.eye_open)
    upper = upper + 0.035 * state.inner_lid_pressure * np.clip(0.4 - outwards, 0, 1) * inside
    raised = 0.75 * muscles.cheek_raise + 0.55 * muscles.lid_tighten
    lower = corner + (_LOWER_HEIGHT * size * (1 - 0.8 * raised) * min(1.0, 0.4 + opened)) * inside**0.8 + 0.01
    return _Lids(across, upper, np.maximum(lower, upper))


def _lid_opening(state: FaceState) -> float:
    """How far the upper lid is up: 1 at rest, 0 shut, up to 1.9 where it is raised."""
    muscles = state.muscles
    return state.eye_open * (
        1
        + 0.9 * muscles.upper_lid_raise
        - 0.42 * muscles.lid_tighten
        - 0.28 * muscles.cheek_raise
        - 0.6 * muscles.lid_droop
    )


def _paint_eyeball(
    canvas: SoftCanvas, looks: Looks, window: Window, opening: Floats, side: float, upper: Floats
) -> None:
    """White, iris, pupil and glint, in the shadow of the upper lid. `opening`: 1 between the lids, (h, w)."""
    white = np.array([206, 210, 218], np.float32) * np.clip(0.62 + (window.y - upper) * 4.2, 0.55, 0.98)[:, :, None]
    canvas.paint(window, opening, white)
    away = np.hypot(window.x - side * EYE_X, window.y + 0.008)
    radius = _IRIS_RADIUS * looks.eye_size
    canvas.paint(window, opening * canvas.edge(radius - away), mix(looks.iris, (10, 10, 12), 0.35))
    canvas.paint(window, opening * canvas.edge(0.7 * radius - away) * 0.6, looks.iris)
    canvas.paint(window, opening * canvas.edge(0.45 * radius - away), (12, 10, 10))
    glint = np.hypot(window.x - side * EYE_X - 0.03 * looks.light_side, window.y + 0.045)
    canvas.paint(window, opening * canvas.edge(0.022 - glint) * 0.95, (250, 250, 250))


def _paint_lids(canvas: SoftCanvas, looks: Looks, muscles: Muscles, window: Window, lids: _Lids) -> None:
    """Lashes, the lower rim, the fold of the upper lid and the bag under the eye."""
    within = np.clip((1.12 - np.abs(lids.across)) * 6, 0, 1)
    lash = _line_at(window, lids.upper, 0.017) * within
    canvas.paint(window, lash * 0.88, (22, 20, 24))
    rim = _line_at(window, lids.lower, 0.013) * within
    canvas.paint(window, rim * 0.42, mix(looks.skin, (30, 24, 50), 0.75))
    crease = _line_at(window, lids.upper - 0.055 + 0.02 * muscles.upper_lid_raise, 0.013) * within
    canvas.shade(window, 1 - 0.42 * crease)
    bag = np.exp(-0.5 * ((window.y - lids.lower - 0.06) / 0.022) ** 2) * within
    canvas.shade(window, 1 - (0.14 + 0.16 * muscles.lid_tighten + 0.14 * muscles.cheek_raise) * bag)


def _line_at(window: Window, y: Floats, width: float) -> Floats:
    """A soft horizontal line along the heights `y`, of that standard deviation. (h, w)."""
    line: Floats = np.exp(-0.5 * ((window.y - y) / width) ** 2)
    return line

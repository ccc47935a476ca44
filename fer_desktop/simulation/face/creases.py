"""Folds and wrinkles, as deep as the muscles pull them."""

from typing import Final

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.proportions import CHIN_Y, SIDES, FaceState
from fer_desktop.simulation.face.strokes import draw_stroke
from fer_desktop.simulation.muscles import Muscles

_FOREHEAD_LINES: Final = ((-0.50, 0.42), (-0.62, 0.36))
"""Height and half-width of each line of a raised forehead."""


def draw_creases(canvas: SoftCanvas, state: FaceState) -> None:
    """Darkens every crease of the face."""
    muscles = state.muscles
    for side in SIDES:
        _draw_smile_fold(canvas, muscles, side)
        _draw_nose_wrinkles(canvas, muscles, side)
        _draw_eye_creases(canvas, state, side)
    for line, width in _FOREHEAD_LINES:
        raised = 0.20 * max(muscles.outer_brow_raise, 0.6 * muscles.inner_brow_raise)
        canvas.darken(0, line, width, 0.014, raised)
    canvas.darken(0, -0.02, 0.10, 0.013, 0.45 * muscles.nose_wrinkle)
    canvas.darken(0, 1.045 + 0.17 * muscles.jaw_drop, 0.17, 0.035, 0.20 + 0.2 * muscles.chin_raise)
    canvas.darken(0, CHIN_Y + 0.19 * muscles.jaw_drop, 0.5, 0.07, 0.22)


def _draw_smile_fold(canvas: SoftCanvas, muscles: Muscles, side: float) -> None:
    """From the wing of the nose to the corner of the mouth (the nasolabial fold)."""
    smile, wrinkle = muscles.corner_pull, max(muscles.nose_wrinkle, 0.6 * muscles.upper_lip_raise)
    depth = 0.16 + 0.38 * smile + 0.42 * wrinkle + 0.12 * muscles.corner_depress
    draw_stroke(
        canvas,
        (side * 0.20, 0.50 - 0.03 * wrinkle),
        (side * (0.40 + 0.08 * smile), 0.58),
        (side * (0.43 + 0.07 * smile), 0.80 - 0.05 * smile),
        width=0.022,
        darkness=0.7 * depth,
    )


def _draw_nose_wrinkles(canvas: SoftCanvas, muscles: Muscles, side: float) -> None:
    """The frown line between the brows, and the wrinkle beside the bridge of the nose."""
    frown, wrinkle = 0.5 * muscles.brow_lower, 0.55 * muscles.nose_wrinkle
    draw_stroke(canvas, (side * 0.07, -0.36), (side * 0.055, -0.26), (side * 0.075, -0.15), width=0.016, darkness=frown)
    draw_stroke(canvas, (side * 0.06, 0.10), (side * 0.13, 0.13), (side * 0.17, 0.20), width=0.016, darkness=wrinkle)


def _draw_eye_creases(canvas: SoftCanvas, state: FaceState, side: float) -> None:
    """Shadow of a lowered brow, tear trough, and crow's feet."""
    raised = state.muscles.cheek_raise
    canvas.darken(side * 0.30, -0.06, 0.17, 0.06, 0.5 * state.inner_lid_pressure, angle=side * 0.3)
    canvas.darken(side * 0.28, 0.13, 0.13, 0.025, 0.22 + 0.2 * raised, angle=side * 0.35)
    crow = 0.28 * raised
    draw_stroke(canvas, (side * 0.64, 0.0), (side * 0.70, -0.01), (side * 0.76, -0.05), width=0.010, darkness=crow)
    draw_stroke(canvas, (side * 0.64, 0.04), (side * 0.70, 0.06), (side * 0.76, 0.07), width=0.010, darkness=crow)

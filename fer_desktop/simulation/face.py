"""Draws a student's face: skin with relief and light, then eyes, brows, nose and mouth as the muscles set them.

The unit is the face's own: the eyes lie at (-0.40, 0) and (0.40, 0), the mouth at (0, 0.82), which are the proportions
that MediaPipe measures on photographs of faces.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.simulation.canvas import SoftCanvas, Window
from fer_desktop.simulation.looks import Looks, mix
from fer_desktop.simulation.muscles import Muscles
from fer_desktop.types import Floats

EYE_X: Final = 0.40
MOUTH_Y: Final = 0.82
CHIN_Y: Final = 1.36
CROWN_Y: Final = -1.12
SIDES: Final = (-1.0, 1.0)
_SHADOW_BLUE: Final = np.array([1.12, 1.04, 0.94], np.float32)
"""Skin in shadow turns redder: its blue falls faster."""
_STROKE_PIECES: Final = 5
_OUTLINE_LEVELS: Final = np.array([0.0, 0.03, 0.1, 0.2, 0.32, 0.45, 0.58, 0.70, 0.80, 0.88, 0.94, 0.98, 1.0])
_OUTLINE_WIDTHS: Final = np.array([0.0, 0.34, 0.61, 0.80, 0.90, 0.93, 0.91, 0.84, 0.74, 0.61, 0.46, 0.27, 0.0])
"""Half the face's width from the crown (0) to the chin (1): temples, cheekbones, jaw."""


@dataclass(frozen=True, slots=True)
class FaceState:
    """What moves in a face. `eye_open`: 1 open, 0 closed."""

    muscles: Muscles
    eye_open: float


def face_outline(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> Floats:
    """How deep each place lies inside the face's outline, in units; negative outside. (h, w)."""
    chin = CHIN_Y + 0.20 * muscles.jaw_drop + 0.02 * muscles.lips_part
    down = (canvas.y[:, 0] - CROWN_Y) / (chin - CROWN_Y)
    jaw = 1 + (looks.jaw_width - 1) * np.clip((_OUTLINE_LEVELS - 0.5) * 3, 0, 1)
    # The squares are interpolated, so that crown and chin end round.
    squares = _smooth_curve(down, _OUTLINE_LEVELS, (_OUTLINE_WIDTHS * jaw * looks.face_width) ** 2)
    half = np.sign(squares) * np.sqrt(np.abs(squares))
    outline: Floats = (half[:, None] - np.abs(canvas.x)).astype(np.float32)
    return outline


def draw_face(canvas: SoftCanvas, looks: Looks, state: FaceState) -> None:
    """Paints the face and sets its cover; hair and ears are laid over and beside it by the caller."""
    muscles = state.muscles
    depth = face_outline(canvas, looks, muscles)
    canvas.colour[:] = looks.skin
    canvas.cover[:] = np.maximum(canvas.cover, canvas.edge(depth))
    _colour_skin(canvas, looks, muscles)
    _raise_relief(canvas, looks, muscles, depth)
    _apply_light(canvas, looks)
    _draw_creases(canvas, muscles)
    _draw_nose(canvas, looks, muscles)
    for side in SIDES:
        _draw_eye(canvas, looks, state, side)
        _draw_brow(canvas, looks, muscles, side)
    _draw_mouth(canvas, looks, muscles)
    if looks.glasses:
        _draw_glasses(canvas, looks)


def _colour_skin(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
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


def _raise_relief(canvas: SoftCanvas, looks: Looks, muscles: Muscles, depth: Floats) -> None:
    middle = 0.14
    half_height = (CHIN_Y - CROWN_Y) / 2 + 0.1 * muscles.jaw_drop
    bowl = (
        1 - (canvas.x / (1.0 * looks.face_width)) ** 2 * 0.92 - ((canvas.y - middle) / (half_height * 1.1)) ** 2 * 0.8
    )
    canvas.relief[:] = 0.95 * np.sqrt(np.clip(bowl, 0.02, 1))
    rim = np.clip(depth / 0.32, 0, 1)
    canvas.relief += 0.15 * np.sqrt(rim * (2 - rim) + 0.0004)
    _raise_nose(canvas, looks, muscles)
    smile, wide = muscles.corner_pull, muscles.lip_stretch
    for side in SIDES:
        canvas.bump(side * EYE_X, 0.0, 0.22, 0.13, -0.13)
        canvas.bump(side * EYE_X, 0.0, 0.13, 0.09, 0.07)
        canvas.bump(side * 0.42, -0.25 + 0.05 * muscles.brow_lower, 0.26, 0.07, 0.05 + 0.04 * muscles.brow_lower)
        canvas.bump(side * 0.60, 0.36 - 0.06 * muscles.cheek_raise, 0.22, 0.16, 0.06 + 0.07 * muscles.cheek_raise)
        canvas.bump(side * 0.46, 0.50, 0.13, 0.10, 0.08 * smile + 0.06 * muscles.nose_wrinkle)
        canvas.bump(side * (0.46 + 0.06 * wide), 0.80, 0.07, 0.09, -0.04 - 0.03 * smile)
        canvas.bump(side * 0.07, -0.22, 0.045, 0.10, 0.045 * muscles.brow_lower)
    canvas.bump(0, MOUTH_Y, 0.30, 0.16, 0.07)
    canvas.bump(0, 1.05 + 0.17 * muscles.jaw_drop, 0.22, 0.05, -0.055 - 0.03 * muscles.chin_raise)
    canvas.bump(
        0, 1.21 + 0.18 * muscles.jaw_drop - 0.03 * muscles.chin_raise, 0.19, 0.11, 0.08 + 0.03 * muscles.chin_raise
    )


def _raise_nose(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    tip = 0.46 - 0.04 * muscles.nose_wrinkle
    window = canvas.window(0, 0.2, 0.5, 0.7)
    rise = np.clip((window.y + 0.22) / (tip + 0.22), 0, 1) ** 1.3
    fall = np.clip((tip + 0.11 - window.y) / 0.11, 0, 1)
    width = (0.075 + 0.055 * np.clip((window.y + 0.1) / 0.6, 0, 1)) * looks.nose_width
    canvas.relief[window.rows, window.columns] += 0.26 * rise * fall * np.exp(-0.5 * (window.x / width) ** 2)
    canvas.bump(0, tip - 0.02, 0.09 * looks.nose_width, 0.08, 0.09)
    for side in SIDES:
        canvas.bump(side * 0.15 * looks.nose_width, tip + 0.04, 0.055, 0.055, 0.085)


def _apply_light(canvas: SoftCanvas, looks: Looks) -> None:
    light = canvas.light_relief(side=looks.light_side, ambient=0.46, relief_depth=0.95)
    light = np.clip(light, 0.2, 1.12)
    canvas.colour *= np.clip(1 + (light[:, :, None] - 1) * _SHADOW_BLUE, 0, 1.2)
    shine = np.clip(light - 1.02, 0, 1) * 190
    canvas.colour += shine[:, :, None]


def _draw_creases(canvas: SoftCanvas, muscles: Muscles) -> None:
    smile, wrinkle = muscles.corner_pull, max(muscles.nose_wrinkle, 0.6 * muscles.upper_lip_raise)
    for side in SIDES:
        fold = 0.16 + 0.38 * smile + 0.42 * wrinkle + 0.12 * muscles.corner_depress
        _stroke(
            canvas,
            (side * 0.20, 0.50 - 0.03 * wrinkle),
            (side * (0.40 + 0.08 * smile), 0.58),
            (side * (0.43 + 0.07 * smile), 0.80 - 0.05 * smile),
            0.022,
            0.7 * fold,
        )
        knit = 0.5 * muscles.brow_lower
        _stroke(canvas, (side * 0.07, -0.36), (side * 0.055, -0.26), (side * 0.075, -0.15), 0.016, knit)
        _stroke(
            canvas, (side * 0.06, 0.10), (side * 0.13, 0.13), (side * 0.17, 0.20), 0.016, 0.55 * muscles.nose_wrinkle
        )
        glare = muscles.brow_lower * (1 - muscles.inner_brow_raise)
        canvas.darken(side * 0.30, -0.06, 0.17, 0.06, 0.5 * glare, angle=side * 0.3)
        canvas.darken(side * 0.28, 0.13, 0.13, 0.025, 0.22 + 0.2 * muscles.cheek_raise, angle=side * 0.35)
        crow = 0.28 * muscles.cheek_raise
        _stroke(canvas, (side * 0.64, 0.0), (side * 0.70, -0.01), (side * 0.76, -0.05), 0.010, crow)
        _stroke(canvas, (side * 0.64, 0.04), (side * 0.70, 0.06), (side * 0.76, 0.07), 0.010, crow)
    for line, width in ((-0.50, 0.42), (-0.62, 0.36)):
        raised = 0.20 * max(muscles.outer_brow_raise, 0.6 * muscles.inner_brow_raise)
        canvas.darken(0, line, width, 0.014, raised)
    canvas.darken(0, -0.02, 0.10, 0.013, 0.45 * muscles.nose_wrinkle)
    canvas.darken(0, 1.045 + 0.17 * muscles.jaw_drop, 0.17, 0.035, 0.20 + 0.2 * muscles.chin_raise)
    canvas.darken(0, CHIN_Y + 0.19 * muscles.jaw_drop, 0.5, 0.07, 0.22)


def _draw_nose(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    lift = -0.04 * muscles.nose_wrinkle
    width = looks.nose_width * (1 + 0.12 * muscles.nose_wrinkle + 0.06 * muscles.corner_pull)
    canvas.darken(0, 0.575 + lift, 0.17 * width, 0.035, 0.32)
    for side in SIDES:
        canvas.darken(side * 0.085 * width, 0.535 + lift, 0.042, 0.022, 0.75, angle=side * -0.25)
        canvas.darken(side * 0.205 * width, 0.50 + lift, 0.02, 0.05, 0.38)
        canvas.darken(side * 0.12, 0.10, 0.035, 0.16, 0.16 if side == -looks.light_side else 0.1)


def _draw_eye(canvas: SoftCanvas, looks: Looks, state: FaceState, side: float) -> None:
    muscles, size = state.muscles, looks.eye_size
    half_width = 0.185 * size
    window = canvas.window(side * EYE_X, 0, 0.32, 0.32)
    across = (window.x - side * EYE_X) / half_width
    inside = np.clip(1 - across**2, 0, 1)
    outwards = across * side
    opened = state.eye_open * (
        1
        + 0.9 * muscles.upper_lid_raise
        - 0.42 * muscles.lid_tighten
        - 0.28 * muscles.cheek_raise
        - 0.6 * muscles.lid_droop
    )
    slant = 0.012 - 0.022 * muscles.lid_droop
    corner = -slant * outwards
    upper = corner - 0.065 * size * opened * inside**0.62 + 0.018 * (1 - state.eye_open)
    glare = muscles.brow_lower * (1 - muscles.inner_brow_raise)
    upper = upper + 0.035 * glare * np.clip(0.4 - outwards, 0, 1) * inside  # a lowered brow presses on the inner lid
    raised = 0.75 * muscles.cheek_raise + 0.55 * muscles.lid_tighten
    lower = corner + (0.047 * size * (1 - 0.8 * raised) * min(1.0, 0.4 + opened)) * inside**0.8 + 0.01
    lower = np.maximum(lower, upper)
    opening = canvas.edge(np.minimum(window.y - upper, lower - window.y)) * (np.abs(across) < 1)
    _paint_eyeball(canvas, looks, window, opening, side, upper)
    _paint_lids(canvas, looks, muscles, window, (across, upper, lower), side)


def _paint_eyeball(
    canvas: SoftCanvas, looks: Looks, window: Window, opening: Floats, side: float, upper: Floats
) -> None:
    white = np.array([206, 210, 218], np.float32) * np.clip(0.62 + (window.y - upper) * 4.2, 0.55, 0.98)[:, :, None]
    canvas.paint(window, opening, white)
    away = np.hypot(window.x - side * EYE_X, window.y + 0.008)
    radius = 0.092 * looks.eye_size
    canvas.paint(window, opening * canvas.edge(radius - away), mix(looks.iris, (10, 10, 12), 0.35))
    canvas.paint(window, opening * canvas.edge(0.7 * radius - away) * 0.6, looks.iris)
    canvas.paint(window, opening * canvas.edge(0.45 * radius - away), (12, 10, 10))
    glint = np.hypot(window.x - side * EYE_X - 0.03 * looks.light_side, window.y + 0.045)
    canvas.paint(window, opening * canvas.edge(0.022 - glint) * 0.95, (250, 250, 250))


def _paint_lids(
    canvas: SoftCanvas,
    looks: Looks,
    muscles: Muscles,
    window: Window,
    curves: tuple[Floats, Floats, Floats],
    side: float,
) -> None:
    across, upper, lower = curves
    within = np.clip((1.12 - np.abs(across)) * 6, 0, 1)
    lash = np.exp(-0.5 * ((window.y - upper) / 0.017) ** 2) * within
    canvas.paint(window, lash * 0.88, (22, 20, 24))
    rim = np.exp(-0.5 * ((window.y - lower) / 0.013) ** 2) * within
    canvas.paint(window, rim * 0.42, mix(looks.skin, (30, 24, 50), 0.75))
    fold = upper - 0.055 + 0.02 * muscles.upper_lid_raise
    crease = np.exp(-0.5 * ((window.y - fold) / 0.013) ** 2) * within
    canvas.shade(window, 1 - 0.42 * crease)
    bag = np.exp(-0.5 * ((window.y - lower - 0.06) / 0.022) ** 2) * within
    canvas.shade(window, 1 - (0.14 + 0.16 * muscles.lid_tighten + 0.14 * muscles.cheek_raise) * bag)


def _draw_brow(canvas: SoftCanvas, looks: Looks, muscles: Muscles, side: float) -> None:
    raise_in, raise_out, lower = muscles.inner_brow_raise, muscles.outer_brow_raise, muscles.brow_lower
    down = 0.125 * lower * (1 - 0.8 * raise_in) + 0.03 * muscles.nose_wrinkle
    inner = (0.15 - 0.055 * lower, -0.195 - 0.15 * raise_in + 1.15 * down)
    middle = (0.42, -0.258 - 0.05 * raise_in * (1 - lower) - 0.14 * raise_out + 0.85 * down)
    outer = (0.70, -0.190 + 0.06 * raise_in * (1 - raise_out) - 0.10 * raise_out + 0.15 * down)
    window = canvas.window(side * 0.42, (inner[1] + outer[1]) / 2, 0.42, 0.36)
    along = (window.x * side - inner[0]) / (outer[0] - inner[0])
    curve = _bezier_y(along, inner[1], 2 * middle[1] - (inner[1] + outer[1]) / 2, outer[1])
    thick = 0.048 * looks.brow_thickness * np.clip(1.05 - 0.75 * np.clip(along, 0, 1) ** 1.6, 0.1, 1)
    soft = np.exp(-0.5 * (np.abs(window.y - curve) / thick) ** 3)
    ends = np.clip(along * 9 + 0.3, 0, 1) * np.clip((1 - along) * 6, 0, 1)
    canvas.paint(window, soft * ends * 0.86, looks.brow_colour)


@dataclass(frozen=True, slots=True, eq=False)
class _Lips:
    """The four curves of a mouth over its window's columns, in units, and 0..1 inside its corners."""

    upper_top: Floats
    upper_bottom: Floats
    lower_top: Floats
    lower_bottom: Floats
    inside: Floats


def _shape_lips(looks: Looks, muscles: Muscles, x: Floats) -> _Lips:
    smile, frown = muscles.corner_pull, muscles.corner_depress
    half = (
        0.32
        + 0.12 * smile
        + 0.08 * muscles.lip_stretch
        - 0.03 * muscles.lip_tighten
        - 0.07 * muscles.jaw_drop * (1 - muscles.lip_stretch)
    )
    across = x / half
    inside = np.clip(1 - across**2, 0, 1)
    corner_y = MOUTH_Y - 0.12 * smile + 0.10 * frown + 0.07 * muscles.lip_stretch + 0.03 * muscles.jaw_drop
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


def _draw_mouth(canvas: SoftCanvas, looks: Looks, muscles: Muscles) -> None:
    window = canvas.window(0, MOUTH_Y + 0.1, 0.62, 0.58)
    lips = _shape_lips(looks, muscles, window.x)
    within = (lips.inside > 0).astype(np.float32)
    rose = mix(looks.skin, (84, 70, 168), 0.55) if sum(looks.skin) > 330 else mix(looks.skin, (64, 50, 120), 0.5)
    upper = canvas.edge(np.minimum(window.y - lips.upper_top, lips.upper_bottom - window.y)) * within
    lower = canvas.edge(np.minimum(window.y - lips.lower_top, lips.lower_bottom - window.y)) * within
    light = canvas.colour[window.rows, window.columns].mean(axis=2, keepdims=True) / (sum(looks.skin) / 3)
    canvas.paint(window, upper * 0.85, np.asarray(rose, np.float32) * 0.80 * light)
    ball = (window.y - lips.lower_top) / np.maximum(lips.lower_bottom - lips.lower_top, 0.02)
    shine = 0.95 + 0.22 * np.exp(-0.5 * ((ball - 0.4) / 0.25) ** 2)
    canvas.paint(window, lower * 0.80, np.asarray(rose, np.float32) * light * shine[:, :, None])
    _paint_mouth_inside(canvas, muscles, window, lips, within)
    seam = np.exp(-0.5 * ((window.y - lips.upper_bottom) / 0.016) ** 2) * np.clip(lips.inside * 5, 0, 1)
    canvas.paint(window, seam * 0.70, (34, 26, 52))
    below = np.exp(-0.5 * ((window.y - lips.lower_bottom - 0.035) / 0.03) ** 2) * np.clip(lips.inside, 0, 1)
    canvas.shade(window, 1 - 0.25 * below)
    _paint_corners(canvas, muscles)


def _paint_mouth_inside(canvas: SoftCanvas, muscles: Muscles, window: Window, lips: _Lips, within: Floats) -> None:
    gap = lips.lower_top - lips.upper_bottom
    if float(gap.max()) < 0.01:
        return
    opening = canvas.edge(np.minimum(window.y - lips.upper_bottom, lips.lower_top - window.y)) * within
    canvas.paint(window, opening, (22, 16, 36))
    tongue = np.exp(-0.5 * ((window.x / 0.14) ** 2 + ((window.y - MOUTH_Y - 0.36) / 0.10) ** 2))
    canvas.paint(window, opening * tongue * 0.75 * muscles.jaw_drop, (70, 60, 140))
    tall = 0.055 + 0.085 * max(muscles.corner_pull, 0.6 * muscles.lip_stretch, 0.5 * muscles.upper_lip_raise)
    teeth = canvas.edge(lips.upper_bottom + tall * lips.inside**0.3 - window.y) * opening
    shown = max(muscles.corner_pull, muscles.lip_stretch, 0.8 * muscles.upper_lip_raise, 0.35 * muscles.jaw_drop)
    ivory = np.array([206, 220, 230], np.float32) * (0.78 + 0.22 * lips.inside[:, :, None])
    canvas.paint(window, teeth * min(1.0, shown), ivory)
    lines = np.exp(-0.5 * (((window.x / 0.075 + 0.5) % 1.0 - 0.5) / 0.09) ** 2)
    canvas.shade(window, 1 - 0.16 * lines * teeth)
    if muscles.lip_stretch > 0:
        low = canvas.edge(window.y - lips.lower_top + 0.05 * lips.inside) * opening
        canvas.paint(window, low * 0.6 * muscles.lip_stretch, (180, 192, 204))


def _paint_corners(canvas: SoftCanvas, muscles: Muscles) -> None:
    smile, frown = muscles.corner_pull, muscles.corner_depress
    half = 0.32 + 0.12 * smile + 0.08 * muscles.lip_stretch - 0.03 * muscles.lip_tighten
    y = MOUTH_Y - 0.12 * smile + 0.10 * frown
    for side in SIDES:
        canvas.darken(side * (half + 0.01), y, 0.03, 0.03, (0.45 + 0.25 * smile) * (1 - 0.7 * muscles.jaw_drop))
        canvas.darken(side * (half + 0.03), y + 0.07, 0.02, 0.05, 0.35 * frown, angle=side * -0.4)


def _draw_glasses(canvas: SoftCanvas, looks: Looks) -> None:
    frame = (30, 28, 34)
    for side in SIDES:
        window = canvas.window(side * 0.42, 0.03, 0.42, 0.34)
        distance = np.maximum(np.abs(window.x - side * 0.42) / 0.31, np.abs(window.y - 0.03) / 0.21)
        rounded = ((np.abs(window.x - side * 0.42) / 0.31) ** 4 + (np.abs(window.y - 0.03) / 0.21) ** 4) ** 0.25
        ring = np.exp(-0.5 * ((0.5 * (distance + rounded) - 1) / 0.075) ** 2)
        canvas.paint(window, ring * 0.8, frame)
        _stroke(canvas, (side * 0.73, -0.04), (side * 0.82, -0.05), (side * 0.90, -0.03), 0.02, 0.8)
    _stroke(canvas, (-0.11, 0.0), (0.0, -0.05), (0.11, 0.0), 0.02, 0.75)


def _stroke(
    canvas: SoftCanvas,
    start: tuple[float, float],
    control: tuple[float, float],
    end: tuple[float, float],
    width: float,
    darkness: float,
) -> None:
    """A soft dark line along a quadratic curve, fading out at its ends."""
    if darkness <= 0.02:
        return
    xs, ys = (sorted((start[i], control[i], end[i])) for i in (0, 1))
    window = canvas.window(
        (xs[0] + xs[2]) / 2, (ys[0] + ys[2]) / 2, (xs[2] - xs[0]) / 2 + 3 * width, (ys[2] - ys[0]) / 2 + 3 * width
    )
    line = np.zeros((window.y.shape[0], window.x.shape[1]), np.float32)
    points = [_bezier_point(start, control, end, t) for t in np.linspace(0, 1, _STROKE_PIECES + 1)]
    for index, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
        fade = np.sin(np.pi * (0.15 + 0.7 * (index + 0.5) / _STROKE_PIECES))
        length = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-9)
        along = np.clip(((window.x - ax) * (bx - ax) + (window.y - ay) * (by - ay)) / length, 0, 1)
        away = (window.x - ax - along * (bx - ax)) ** 2 + (window.y - ay - along * (by - ay)) ** 2
        np.maximum(line, fade * np.exp(away * (-0.5 / width**2)), out=line)
    canvas.shade(window, 1 - darkness * line)


def _smooth_curve(places: Floats, levels: NDArray[np.float64], values: NDArray[np.float64]) -> Floats:
    """Values between the levels by cubic Hermite interpolation; falling steeply below 0 outside them."""
    slopes = np.gradient(values, levels)
    index = np.clip(np.searchsorted(levels, places) - 1, 0, len(levels) - 2)
    step = levels[index + 1] - levels[index]
    t = np.clip((places - levels[index]) / step, 0, 1)
    curve = (
        (1 + 2 * t) * (1 - t) ** 2 * values[index]
        + t * (1 - t) ** 2 * step * slopes[index]
        + t**2 * (3 - 2 * t) * values[index + 1]
        + t**2 * (t - 1) * step * slopes[index + 1]
    )
    outside = np.maximum(-places, places - 1).clip(0)
    smooth: Floats = (curve - 20 * outside).astype(np.float32)
    return smooth


def _bezier_point(
    start: tuple[float, float], control: tuple[float, float], end: tuple[float, float], t: float
) -> tuple[float, float]:
    x, y = ((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(start, control, end, strict=True))
    return float(x), float(y)


def _bezier_y(along: Floats, start: float, control: float, end: float) -> Floats:
    t = np.clip(along, 0, 1)
    curve: Floats = ((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end).astype(np.float32)
    return curve

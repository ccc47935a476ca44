"""Soft lines along quadratic Bézier curves."""

from itertools import pairwise
from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.types import Floats

_PIECES: Final = 5
_FAINTEST: Final = 0.02
"""Strokes that are no darker than this are not drawn."""

Point = tuple[float, float]
"""x, y in units."""


def draw_stroke(canvas: SoftCanvas, start: Point, control: Point, end: Point, *, width: float, darkness: float) -> None:
    """A dark line that fades out at its ends. `width`: its standard deviation in units; `darkness`: 0 to 1."""
    if darkness <= _FAINTEST:
        return
    xs, ys = (sorted((start[i], control[i], end[i])) for i in (0, 1))
    window = canvas.window(
        (xs[0] + xs[2]) / 2, (ys[0] + ys[2]) / 2, (xs[2] - xs[0]) / 2 + 3 * width, (ys[2] - ys[0]) / 2 + 3 * width
    )
    line = np.zeros((window.y.shape[0], window.x.shape[1]), np.float32)
    points = [_bezier_point(start, control, end, t) for t in np.linspace(0, 1, _PIECES + 1)]
    for index, ((ax, ay), (bx, by)) in enumerate(pairwise(points)):
        fade = np.sin(np.pi * (0.15 + 0.7 * (index + 0.5) / _PIECES))
        length = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-9)
        along = np.clip(((window.x - ax) * (bx - ax) + (window.y - ay) * (by - ay)) / length, 0, 1)
        away = (window.x - ax - along * (bx - ax)) ** 2 + (window.y - ay - along * (by - ay)) ** 2
        np.maximum(line, fade * np.exp(away * (-0.5 / width**2)), out=line)
    canvas.shade(window, 1 - darkness * line)


def _bezier_point(start: Point, control: Point, end: Point, t: float) -> Point:
    x, y = ((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(start, control, end, strict=True))
    return float(x), float(y)


def bezier_y(along: Floats, start: float, control: float, end: float) -> Floats:
    """The curve's height at each place from 0 to 1 along it; constant beyond its ends."""
    t = np.clip(along, 0, 1)
    curve: Floats = ((1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end).astype(np.float32)
    return curve

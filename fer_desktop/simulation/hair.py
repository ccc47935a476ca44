"""Hair and headscarves, drawn once for each student and size."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.looks import Hair, Looks
from fer_desktop.types import Floats


@dataclass(frozen=True, slots=True)
class _Cut:
    """A haircut. Lengths in the face's unit, y downwards.

    `volume`: how far it stands off the head. `hairline`: its y on the forehead, which falls by `bend` towards the
    sides, or by `parting` to one side. `sides_to`, `behind_to`: how far down it falls. `inner`: half the width of the
    face that it leaves free. `curls`: how uneven its contour is.
    """

    volume: float
    hairline: float
    sides_to: float
    behind_to: float = -1.0
    inner: float = 0.80
    curls: float = 0.0
    parting: float = 0.0
    bend: float = 0.75


_CUTS: Final = {
    Hair.SHORT: _Cut(0.11, -0.64, -0.02),
    Hair.CROPPED: _Cut(0.04, -0.70, -0.08, bend=0.9),
    Hair.SIDE_PARTED: _Cut(0.15, -0.58, 0.0, parting=0.32),
    Hair.FRINGE: _Cut(0.13, -0.42, 0.95, behind_to=1.2, inner=0.79, bend=0.1),
    Hair.BOB: _Cut(0.16, -0.76, 0.9, behind_to=1.15, inner=0.78, bend=1.3),
    Hair.LONG: _Cut(0.14, -0.78, 1.75, behind_to=1.85, inner=0.78, bend=1.4),
    Hair.CURLY: _Cut(0.26, -0.60, 0.35, behind_to=0.55, curls=0.035),
    Hair.BUN: _Cut(0.05, -0.70, 0.0, bend=1.0),
    Hair.BALD: _Cut(-0.02, -2.0, 0.05),
}
COVERED_EARS: Final = frozenset({Hair.FRINGE, Hair.BOB, Hair.LONG, Hair.CURLY, Hair.HEADSCARF})


@dataclass(frozen=True, slots=True, eq=False)
class HairLayer:
    """Hair over the face (`front`) and `behind` it: covers from 0 to 1, (h, w). `colour`: (h, w, 3)."""

    front: Floats
    behind: Floats
    colour: Floats


def draw_hair(canvas: SoftCanvas, looks: Looks) -> HairLayer:
    """The hair of a head that faces the camera."""
    if looks.hair is Hair.HEADSCARF:
        return _draw_headscarf(canvas, looks)
    cut = _CUTS[looks.hair]
    angle = np.arctan2(canvas.x, -(canvas.y + 0.1)).astype(np.float32)
    outer = canvas.edge(_outer_depth(canvas, looks, cut, angle))
    rng = np.random.default_rng(looks.seed)
    tips = 0.03 * _ripple(rng, canvas.x * 9, count=4)
    front = outer * np.maximum(_top(canvas, cut, tips), _sides(canvas, looks, cut, tips))
    behind = np.zeros_like(front)
    if cut.behind_to > -1:
        beside_neck = np.where(canvas.y > 1.0, canvas.edge(np.abs(canvas.x) - 0.42), np.float32(1))
        behind = outer * canvas.edge(cut.behind_to - canvas.y - 0.25 * canvas.x**2 + 2 * tips) * beside_neck
    if looks.hair is Hair.BUN:
        bun = np.float32(1) - np.hypot(canvas.x / 0.32, (canvas.y + 1.28) / 0.27).astype(np.float32)
        behind = np.maximum(behind, canvas.edge(bun * 0.3))
    strength = {Hair.BALD: 0.45, Hair.CROPPED: 0.88}.get(looks.hair, 1.0)
    return HairLayer(front * np.float32(strength), behind, _strand_colours(canvas, looks, angle, rng))


def _top(canvas: SoftCanvas, cut: _Cut, tips: Floats) -> Floats:
    across = np.abs(canvas.x - 0.5 * cut.parting)
    hairline = cut.hairline + cut.parting * canvas.x * 0.55 + cut.bend * np.clip(across - 0.12, 0, 2) ** 2 + tips
    return canvas.edge((hairline - canvas.y) * 0.6)


def _sides(canvas: SoftCanvas, looks: Looks, cut: _Cut, tips: Floats) -> Floats:
    inner = cut.inner * looks.face_width - 0.10 * np.clip(canvas.y - 0.4, 0, 1)
    ends = canvas.edge((cut.sides_to - canvas.y - 0.3 * (np.abs(canvas.x) - 0.8) + 2 * tips) * 0.7)
    sides: Floats = canvas.edge(np.abs(canvas.x) - inner) * ends * np.clip((canvas.y + 0.75) * 6, 0, 1)
    return sides


def _outer_depth(canvas: SoftCanvas, looks: Looks, cut: _Cut, angle: Floats) -> Floats:
    """Distance inwards from the outer contour: an ellipse around the skull; long hair hangs straight down from it."""
    radius_x, radius_y = 0.95 * looks.face_width + cut.volume, 1.02 + cut.volume
    hangs = cut.sides_to > 0.5
    y = np.where(canvas.y > 0.0, np.float32(0.15 if hangs else 1.0) * canvas.y, canvas.y) + np.float32(0.12)
    ellipse = 1 - np.hypot(canvas.x / radius_x, y / radius_y)
    depth = ellipse * radius_x
    if cut.curls:
        rng = np.random.default_rng(looks.seed + 1)
        depth = depth + cut.curls * (_ripple(rng, angle * 14, count=3) + 0.4 * np.sin(angle * 23))
    if hangs:
        depth = depth + 0.03 * np.sin(canvas.y * 4 + looks.seed % 6) * np.clip(canvas.y, 0, 1)
    contour: Floats = depth.astype(np.float32)
    return contour


def _strand_colours(canvas: SoftCanvas, looks: Looks, angle: Floats, rng: np.random.Generator) -> Floats:
    """Strands run outwards from the crown, hanging ones straight down; a band of them gleams. (h, w, 3)."""
    away = np.hypot(canvas.x, canvas.y + 0.3)
    fall = np.clip(canvas.y * 2, 0, 1)
    along = angle * 26 * (1 - fall) + canvas.x * 30 * fall + 0.6 * np.sin(away * 5)
    curl = _ripple(rng, (away * 20).astype(np.float32), count=3) if looks.hair is Hair.CURLY else 0.0
    strands = _ripple(rng, along.astype(np.float32), count=8) + curl
    gleam = np.exp(-0.5 * ((away - 0.84 + 0.03 * strands) / 0.11) ** 2) * np.clip(-canvas.y + 0.1, 0, 1)
    side = 1 + 0.15 * looks.light_side * canvas.x
    light = (0.86 + 0.09 * strands) * side + 0.30 * gleam * (0.75 + 0.25 * strands)
    light *= 1 - 0.22 * np.clip(canvas.y - 0.2, 0, 1)
    base = np.asarray(looks.hair_colour, np.float32) * np.float32(0.92) + 8
    colour: Floats = np.clip(base * light[:, :, None], 0, 255).astype(np.float32)
    return colour


def _draw_headscarf(canvas: SoftCanvas, looks: Looks) -> HairLayer:
    tall = np.where(canvas.y > 0.22, np.float32(1.2), np.float32(0.97))
    away: Floats = np.hypot(canvas.x / (0.80 * looks.face_width), (canvas.y - 0.22) / tall).astype(np.float32)
    opening: Floats = np.float32(1) - away
    hood: Floats = np.float32(1) - np.hypot(canvas.x / 1.07, (canvas.y + 0.05) / 1.27).astype(np.float32)
    # Below the chin the cloth falls over the shoulders in a round bib.
    spread = 0.92 + 0.30 * np.clip(canvas.y - 0.7, 0, 1) ** 0.8
    bib: Floats = np.minimum(spread - np.abs(canvas.x), (1.92 - 0.42 * canvas.x**2 - canvas.y) * 0.8).astype(np.float32)
    around = np.maximum(canvas.edge(hood), canvas.edge(bib) * (canvas.y > 0.1))
    front: Floats = (around * (1 - canvas.edge(opening * 0.8))).astype(np.float32)
    reach = np.hypot(canvas.x * 0.9, canvas.y - 0.1)
    folds = np.sin(reach * 11 + 1.5 * canvas.x) * np.clip(reach - 0.7, 0, 1) + 0.5 * np.sin(canvas.x * 7 + canvas.y * 4)
    light = 0.90 + 0.10 * folds + 0.14 * looks.light_side * canvas.x - 0.26 * np.exp(-0.5 * (opening / 0.07) ** 2)
    light -= 0.18 * np.exp(-0.5 * ((canvas.y - 1.45) / 0.10) ** 2) * np.exp(-0.5 * (canvas.x / 0.5) ** 2)
    colour = np.clip(np.asarray(looks.hair_colour, np.float32) * light[:, :, None], 0, 255).astype(np.float32)
    return HairLayer(front, np.zeros_like(front), colour)


def _ripple(rng: np.random.Generator, phase: Floats, *, count: int) -> Floats:
    """Smooth pseudo-random values around -1 to 1: the sum of `count` sines of `phase`."""
    total = np.zeros_like(phase)
    for frequency, shift in zip(rng.uniform(0.5, 3.6, count), rng.uniform(0, 6.28, count), strict=True):
        total += np.sin(phase * np.float32(frequency) + np.float32(shift))
    ripple: Floats = (total / np.sqrt(count) * 0.8).astype(np.float32)
    return ripple

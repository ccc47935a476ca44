"""A student's head as a picture with transparency: face, ears and hair, in one of three poses."""

from enum import StrEnum
from typing import Final

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face import FaceState, draw_face, face_outline
from fer_desktop.simulation.hair import COVERED_EARS, HairLayer, draw_hair
from fer_desktop.simulation.looks import Hair, Looks
from fer_desktop.simulation.muscles import Muscles
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image

LEFT, TOP, RIGHT, BOTTOM = -1.32, -1.62, 1.32, 1.95
"""The head picture's extent, in the face's units."""
_SMOOTH_UNIT_PX: Final = 46.0
"""Heads are drawn at this many pixels a unit or more (the eyes are 0.8 units apart) and then scaled down."""


class Pose(StrEnum):
    """Which side of the head shows: the face, the crown (looking down), or the back (turned round); or nobody."""

    FRONT = "front"
    DOWN = "down"
    AROUND = "around"
    GONE = "gone"


def draw_head(looks: Looks, pose: Pose, state: FaceState, unit_px: float, hair: HairLayer) -> Image:
    """(h, w, 4) uint8, colours premultiplied by the cover; the extent is LEFT..RIGHT, TOP..BOTTOM at `unit_px`.

    `hair`: from `draw_head_hair` for the same looks and unit; it is the same in all states.
    """
    canvas = _make_canvas(unit_px)
    if pose is Pose.FRONT:
        _draw_front(canvas, looks, state, hair)
    elif pose is Pose.DOWN:
        _draw_down(canvas, looks, hair)
    else:
        _draw_around(canvas, looks, hair)
    return canvas.picture((round((RIGHT - LEFT) * unit_px), round((BOTTOM - TOP) * unit_px)))


def lay_over_back(turned: Image, back: Image) -> Image:
    """A head in profile: the front that was turned to a side, over the head from behind. Both as `draw_head` makes."""
    uncovered = cv2.merge([cv2.bitwise_not(turned[:, :, 3])] * 4)
    return np.asarray(cv2.add(turned, cv2.multiply(back, uncovered, scale=1 / 255)), np.uint8)


def draw_head_hair(looks: Looks, unit_px: float) -> HairLayer:
    """The hair, on the canvas that `draw_head` uses for the same unit."""
    return draw_hair(_make_canvas(unit_px), looks)


def _make_canvas(unit_px: float) -> SoftCanvas:
    scale = max(1.0, min(3.0, _SMOOTH_UNIT_PX / unit_px))
    return SoftCanvas(left=LEFT, top=TOP, right=RIGHT, bottom=BOTTOM, pixels_per_unit=unit_px * scale)


def _draw_front(canvas: SoftCanvas, looks: Looks, state: FaceState, hair: HairLayer) -> None:
    draw_face(canvas, looks, state)
    face = canvas.cover.copy()
    _lay_behind(canvas, hair.behind, hair.colour * 0.72, face)
    if looks.hair not in COVERED_EARS:
        _draw_ears(canvas, looks, np.maximum(face, hair.behind))
    # First the hair's shadow on the forehead, then the hair.
    shadow = np.roll(hair.front, round(0.05 * canvas.pixels_per_unit), axis=0)
    canvas.shade(canvas.whole, np.float32(1) - np.float32(0.28) * shadow * (np.float32(1) - hair.front))
    canvas.paint(canvas.whole, hair.front, hair.colour)
    np.maximum(canvas.cover, hair.front, out=canvas.cover)


def _lay_behind(canvas: SoftCanvas, layer: Floats, colour: Floats, face: Floats) -> None:
    canvas.paint(canvas.whole, layer * (1 - face), colour)
    np.maximum(canvas.cover, layer, out=canvas.cover)


def _draw_ears(canvas: SoftCanvas, looks: Looks, front: Floats) -> None:
    skin = np.asarray(looks.skin, np.float32)
    for side in (-1.0, 1.0):
        x = side * 0.93 * looks.face_width
        window = canvas.window(x, 0.16, 0.2, 0.35)
        depth = 1 - np.hypot((window.x - x) / 0.12, (window.y - 0.16) / 0.24)
        ear = canvas.edge(depth * 0.12) * (1 - front[window.rows, window.columns])
        light = 0.74 + 0.12 * looks.light_side * side
        hollow = 1 - 0.35 * np.exp(-0.5 * (((window.x - x) / 0.05) ** 2 + ((window.y - 0.16) / 0.11) ** 2))
        canvas.paint(window, ear, skin * light * hollow[:, :, None])
        cover = canvas.cover[window.rows, window.columns]
        np.maximum(cover, ear, out=cover)


def _draw_around(canvas: SoftCanvas, looks: Looks, hair: HairLayer) -> None:
    """Turned round: the back of the head, one ear, a strip of cheek."""
    side = looks.far_side
    skin = np.asarray(looks.skin, np.float32)
    skull = canvas.edge(face_outline(canvas, looks, Muscles()))
    canvas.colour[:] = skin * (0.78 + 0.12 * side * looks.light_side)
    np.maximum(canvas.cover, skull, out=canvas.cover)
    if looks.hair is not Hair.BALD:
        over = np.maximum(np.maximum(hair.front, hair.behind), _back_of_head(canvas, side) * skull)
        canvas.paint(canvas.whole, over, hair.colour)
        np.maximum(canvas.cover, over, out=canvas.cover)
    if looks.hair not in COVERED_EARS:
        depth = 1 - np.hypot((canvas.x - side * 0.50) / 0.13, (canvas.y - 0.16) / 0.24)
        canvas.paint(canvas.whole, canvas.edge(depth * 0.13), skin * 0.8)
    rounding = 0.25 * np.clip(np.abs(canvas.x + 0.3 * looks.light_side) - 0.3, 0, 1) ** 2
    canvas.shade(canvas.whole, np.float32(1) - rounding + np.zeros_like(canvas.y))


def _back_of_head(canvas: SoftCanvas, side: float) -> Floats:
    """Hair down to the nape, but for a strip of cheek and jaw on the side that the head has turned to."""
    crown = 1 - np.hypot((canvas.x + 0.34 * side) / 0.98, (canvas.y + 0.1) / 1.12)
    covered: Floats = canvas.edge((crown * 0.9).astype(np.float32))
    return covered


def _draw_down(canvas: SoftCanvas, looks: Looks, hair: HairLayer) -> None:
    """Looking down at the desk: the top of the head and a strip of forehead hide the face."""
    skin = np.asarray(looks.skin, np.float32)
    oval = 1 - np.hypot(canvas.x / (0.95 * looks.face_width), (canvas.y - 0.24) / 1.16)
    head = canvas.edge(oval * 0.95)
    light = np.clip(0.96 - 0.42 * np.clip(canvas.y, 0, 2) + 0.1 * looks.light_side * canvas.x, 0.3, 1)
    canvas.colour[:] = skin * light[:, :, None]
    np.maximum(canvas.cover, head, out=canvas.cover)
    if looks.hair is not Hair.BALD:
        line = 0.98 + 0.12 * canvas.x**2
        down_px = round(0.24 * canvas.pixels_per_unit)
        lowered = np.zeros_like(hair.behind)
        lowered[down_px:] = hair.behind[:-down_px]
        over = np.maximum(canvas.edge(line - canvas.y) * head, lowered)
        if looks.hair is Hair.HEADSCARF:
            over = np.maximum(over, hair.front)
        canvas.paint(canvas.whole, over, hair.colour * (1.05 - 0.18 * np.clip(canvas.y, 0, 1))[:, :, None])
        np.maximum(canvas.cover, over, out=canvas.cover)

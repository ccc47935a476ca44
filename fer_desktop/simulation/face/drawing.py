"""Draws a whole face: each layer over those before it."""

import numpy as np

from fer_desktop.simulation.canvas import SoftCanvas
from fer_desktop.simulation.face.brows import draw_brow
from fer_desktop.simulation.face.creases import draw_creases
from fer_desktop.simulation.face.eyes import draw_eye
from fer_desktop.simulation.face.glasses import draw_glasses
from fer_desktop.simulation.face.mask import draw_mask
from fer_desktop.simulation.face.mouth import draw_mouth
from fer_desktop.simulation.face.nose import draw_nose
from fer_desktop.simulation.face.outline import face_outline
from fer_desktop.simulation.face.proportions import SIDES, FaceState
from fer_desktop.simulation.face.relief import raise_relief
from fer_desktop.simulation.face.skin import apply_light, colour_skin
from fer_desktop.simulation.looks import Looks


def draw_face(canvas: SoftCanvas, looks: Looks, state: FaceState) -> None:
    """Paints the face and sets the canvas's cover to it. The caller adds hair and ears."""
    muscles = state.muscles
    depth = face_outline(canvas, looks, muscles)
    canvas.colour[:] = looks.skin
    canvas.cover[:] = np.maximum(canvas.cover, canvas.edge(depth))
    colour_skin(canvas, looks, muscles)
    raise_relief(canvas, looks, muscles, depth)
    apply_light(canvas, looks)
    draw_creases(canvas, state)
    draw_nose(canvas, looks, muscles)
    for side in SIDES:
        draw_eye(canvas, looks, state, side)
        draw_brow(canvas, looks, muscles, side)
    draw_mouth(canvas, looks, muscles)
    if state.masked:
        draw_mask(canvas, looks)
    if looks.glasses:
        draw_glasses(canvas)

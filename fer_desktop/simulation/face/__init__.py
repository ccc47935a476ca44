"""A face seen from the front, drawn layer by layer: outline, skin, creases, nose, eyes, brows, mouth, glasses.

Lengths are in the face's own unit: the eyes lie at (-0.40, 0) and (0.40, 0), the mouth at (0, 0.82), which are the
proportions that MediaPipe measures on photographs of faces. x grows to the picture's right, y downwards.
"""

from fer_desktop.simulation.face.drawing import draw_face
from fer_desktop.simulation.face.outline import face_outline
from fer_desktop.simulation.face.proportions import CHIN_Y, FaceState

__all__ = ["CHIN_Y", "FaceState", "draw_face", "face_outline"]

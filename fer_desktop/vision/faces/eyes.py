"""How far an eye is open, by MediaPipe's iris model.

The face mesh shows closed eyes as open: on 44 photographs with the lids drawn over the eyes its openings fell to .79 of
the originals, those of the iris model to .51.
"""

from typing import Final

import numpy as np

from fer_desktop.system.model_files import IRIS_LANDMARK
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image
from fer_desktop.vision.faces.mediapipe_models import load_interpreter

_INPUT_PX: Final = 64
_GROWTH: Final = 2.3
"""Side of the model's picture over the eye's width, as in MediaPipe's own graph."""
_EYES: Final = ((33, 133), (362, 263))
"""Corners of the eye at the left of the picture and of that at its right: points of the face mesh, left to right."""
_CORNERS: Final = (0, 8)
_LOWER: Final = (2, 3, 4, 5, 6)
_UPPER: Final = (10, 11, 12, 13, 14)
"""Points of the model's outline of the eye, in facing pairs."""


class EyeCheck:
    """One interpreter; not for several threads at once."""

    def __init__(self) -> None:
        self._interpreter = load_interpreter(IRIS_LANDMARK)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = sorted(self._interpreter.get_output_details(), key=lambda output: int(output["shape"][-1]))
        self._outline = outputs[-1]["index"]

    def measure(self, image: Image, mesh_px: Floats) -> float:
        """The aspect ratio of the eye nearer to the camera, as both eyes open and close together.

        `mesh_px`: (468, 2 or more), the face's mesh in pixels of `image`. Height over width as in Soukupova & Cech,
        "Real-Time Eye Blink Detection using Facial Landmarks" (2016): the mean over the outline's facing points.
        """
        corners = [mesh_px[list(eye), :2] for eye in _EYES]
        widths = [float(np.linalg.norm(right - left)) for left, right in corners]
        nearer = int(np.argmax(widths))
        if widths[nearer] < 1:
            return 0.0
        outline = self._outline_of(_cut_eye(image, corners[nearer]), mirrored=nearer == 0)
        heights = np.linalg.norm(outline[list(_UPPER)] - outline[list(_LOWER)], axis=1)
        width = float(np.linalg.norm(outline[_CORNERS[0]] - outline[_CORNERS[1]]))
        return float(heights.mean()) / max(width, 1.0)

    def _outline_of(self, eye: Image, *, mirrored: bool) -> Floats:
        """(71, 2) in pixels of the model's input. The model was trained on the right eye; the left one is mirrored."""
        picture = eye[:, ::-1, ::-1] if mirrored else eye[:, :, ::-1]
        self._interpreter.set_tensor(self._input, picture[None].astype(np.float32) / 255)
        self._interpreter.invoke()
        outline: Floats = self._interpreter.get_tensor(self._outline).reshape(-1, 3)[:, :2]
        return outline


def _cut_eye(image: Image, corners: Floats) -> Image:
    """The eye with its surroundings, turned so that the corners are level."""
    (x, y), (dx, dy) = corners.mean(axis=0).tolist(), (corners[1] - corners[0]).tolist()
    scale = _INPUT_PX / (_GROWTH * float(np.hypot(dx, dy)))
    turn = cv2.getRotationMatrix2D((x, y), float(np.degrees(np.arctan2(dy, dx))), scale)
    move = np.array([[0, 0, _INPUT_PX / 2 - x], [0, 0, _INPUT_PX / 2 - y]])
    return np.asarray(cv2.warpAffine(image, turn + move, (_INPUT_PX, _INPUT_PX), flags=cv2.INTER_LINEAR), np.uint8)

"""Face presence and face mesh of a detection, by MediaPipe's face landmark model.

The detector alone also finds letters, hands, lamps and curtains; a presence above .5 on the box enlarged 1.5 times
keeps nearly every face and drops nearly all of those.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.system.model_files import FACE_LANDMARK
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.mediapipe_models import load_interpreter

_INPUT_PX: Final = 192
_GROWTH: Final = 1.5
_COARSE_FACE_PX: Final = 42
MIN_PRESENCE: Final = 0.5
"""A detection with this presence or more is a face."""


@dataclass(frozen=True, slots=True, eq=False)
class FaceMesh:
    """`presence`: probability, 0 to 1, of a face. `points`: (468, 3) of the upright face, in pixels of the network's
    input. `to_image`: (2, 3) affine matrix from their x and y to pixels of the image.
    """

    presence: float
    points: Floats
    to_image: Floats

    @property
    def points_px(self) -> Floats:
        """(468, 2) in pixels of the image."""
        points: Floats = self.points[:, :2] @ self.to_image[:, :2].T + self.to_image[:, 2]
        return points


class PresenceCheck:
    """One interpreter; not for several threads at once."""

    def __init__(self) -> None:
        self._interpreter = load_interpreter(FACE_LANDMARK)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = sorted(self._interpreter.get_output_details(), key=lambda output: int(output["shape"][-1]))
        self._presence, self._mesh = (output["index"] for output in outputs)

    def measure(self, image: Image, face: RawFace) -> FaceMesh:
        """Of a face in pixels of `image`, turned upright by the line between the eyes."""
        side = max(2.0, _GROWTH * max(face.box.width, face.box.height))
        right, left = face.keypoints_px[1], face.keypoints_px[0]
        angle_deg = float(np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0])))
        matrix = cv2.getRotationMatrix2D(face.box.centre, angle_deg, _INPUT_PX / side)
        matrix = matrix + np.hstack([np.zeros((2, 2)), (_INPUT_PX / 2 - np.array(face.box.centre))[:, None]])
        crop = cv2.warpAffine(image, matrix, (_INPUT_PX, _INPUT_PX), flags=cv2.INTER_LINEAR)
        shares = np.divide(cv2.cvtColor(crop, cv2.COLOR_BGR2RGB), np.float32(255), dtype=np.float32)
        self._interpreter.set_tensor(self._input, shares[None])
        self._interpreter.invoke()
        logit = float(self._interpreter.get_tensor(self._presence).ravel()[0])
        points = self._interpreter.get_tensor(self._mesh).reshape(-1, 3)
        to_image = cv2.invertAffineTransform(matrix).astype(np.float32)
        return FaceMesh(float(1 / (1 + np.exp(-np.clip(logit, -100, 100)))), points, to_image)


def is_coarse(box: Box) -> bool:
    """Whether a face of that box is too small for the landmark model, once a call has compressed it hard."""
    return max(box.width, box.height) < _COARSE_FACE_PX

"""Whether a detection is a face at all, by MediaPipe's face landmark model.

The detector alone also finds letters, hands, lamps and curtains; the landmark model's presence above .5 on the box
grown 1.5 times keeps nearly every face and drops nearly all of those.
"""

from typing import Final

import numpy as np

from fer_desktop.faces.blazeface import RawFace
from fer_desktop.faces.mediapipe_models import FACE_LANDMARK, load_interpreter
from fer_desktop.opencv import cv2
from fer_desktop.types import Image

_INPUT_PX: Final = 192
_GROWTH: Final = 1.5
MIN_PRESENCE: Final = 0.5


class PresenceCheck:
    """One interpreter; not for several threads at once."""

    def __init__(self) -> None:
        self._interpreter = load_interpreter(FACE_LANDMARK)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = sorted(self._interpreter.get_output_details(), key=lambda output: int(output["shape"][-1]))
        self._presence = outputs[0]["index"]

    def measure(self, image: Image, face: RawFace) -> float:
        """0 to 1 for a face in the pixels of `image`, turned upright by the line between the eyes."""
        side = _GROWTH * max(face.box.width, face.box.height)
        if side < 2:
            return 0.0
        right, left = face.keypoints_px[1], face.keypoints_px[0]
        angle_deg = float(np.degrees(np.arctan2(right[1] - left[1], right[0] - left[0])))
        matrix = cv2.getRotationMatrix2D(face.box.centre, angle_deg, _INPUT_PX / side)
        matrix = matrix + np.hstack([np.zeros((2, 2)), (_INPUT_PX / 2 - np.array(face.box.centre))[:, None]])
        crop = cv2.warpAffine(image, matrix, (_INPUT_PX, _INPUT_PX), flags=cv2.INTER_LINEAR)
        self._interpreter.set_tensor(self._input, crop[None, ..., ::-1].astype(np.float32) / 255)
        self._interpreter.invoke()
        logit = float(self._interpreter.get_tensor(self._presence).ravel()[0])
        return float(1 / (1 + np.exp(-np.clip(logit, -100, 100))))

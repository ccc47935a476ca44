"""MediaPipe's pose detector as a second opinion: whether a picture shows a person, also from behind.

The input is 224 x 224 in -1..1 with black bars, as in MediaPipe's own graph (`pose_detection_cpu.pbtxt`). On drawn
students turned round, of whom the segmentation misses half, its best score was .21 to .85; in empty rooms, drawn and
real, .20 at most.
"""

from typing import Final

import numpy as np

from fer_desktop.system.model_files import POSE_DETECTION
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image
from fer_desktop.vision.faces.mediapipe_models import load_interpreter

_INPUT_PX: Final = 224
_UNCLEAR: Final = (0.15, 0.6)


class PoseCheck:
    """One interpreter; not for several threads at once."""

    def __init__(self) -> None:
        self._interpreter = load_interpreter(POSE_DETECTION)
        self._input = self._interpreter.get_input_details()[0]["index"]
        outputs = sorted(self._interpreter.get_output_details(), key=lambda output: int(output["shape"][-1]))
        self._scores = outputs[0]["index"]

    def score(self, picture: Image) -> float:
        """The best score, 0 to 1, of a person in a BGR picture; where it is unclear, the mean with its mirror image.

        On real pictures that separates bright windows (.29) from people who are half covered (.46).
        """
        score = self._score(picture)
        if not _UNCLEAR[0] <= score <= _UNCLEAR[1]:
            return score
        return (score + self._score(picture[:, ::-1])) / 2

    def _score(self, picture: Image) -> float:
        height, width = picture.shape[:2]
        scale = _INPUT_PX / max(height, width)
        inner_w, inner_h = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (_INPUT_PX - inner_w) // 2, (_INPUT_PX - inner_h) // 2
        canvas = np.zeros((_INPUT_PX, _INPUT_PX, 3), np.float32)
        shrinks = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        canvas[top : top + inner_h, left : left + inner_w] = cv2.resize(
            picture, (inner_w, inner_h), interpolation=shrinks
        )
        self._interpreter.set_tensor(self._input, canvas[None, ..., ::-1] / 127.5 - 1)
        self._interpreter.invoke()
        logit = float(self._interpreter.get_tensor(self._scores).max())
        return float(1 / (1 + np.exp(-np.clip(logit, -100, 100))))

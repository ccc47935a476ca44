"""MediaPipe's selfie segmentation (landscape): which pixels of a camera picture show a person.

The input is 256 x 144 in 0..1, stretched as in MediaPipe's own graph (`selfie_segmentation_cpu.pbtxt`), which measured
better on tall pictures than bars beside them do.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.system.model_files import PERSON_SEGMENTATION
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image
from fer_desktop.vision.faces.mediapipe_models import load_interpreter

MASK_SIZE: Final = (256, 144)
"""Width and height of a mask."""
_LIKELY: Final = 0.5

Mask = NDArray[np.bool_]


class PersonSegmenter:
    """One interpreter; not for several threads at once."""

    def __init__(self) -> None:
        self._interpreter = load_interpreter(PERSON_SEGMENTATION)
        self._input = self._interpreter.get_input_details()[0]["index"]
        self._output = self._interpreter.get_output_details()[0]["index"]

    def segment(self, picture: Image) -> Mask:
        """(144, 256): whether each part of a BGR picture of any size shows a person."""
        shrinks = picture.shape[0] > MASK_SIZE[1]
        small = cv2.resize(picture, MASK_SIZE, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
        self._interpreter.set_tensor(self._input, small[None, ..., ::-1].astype(np.float32) / 255)
        self._interpreter.invoke()
        person: Mask = self._interpreter.get_tensor(self._output)[0, ..., 0] > _LIKELY
        return person

"""The shipped network's small form behind the `ExpressionClassifier` port: for processors, without TensorFlow."""

from pathlib import Path

import numpy as np

from fer_desktop.types import FACE_CROP_SIZE_PX, Floats, Image


class LiteRtEmotionClassifier:
    """Made, warmed and used by one thread."""

    def __init__(self, path: Path, *, warm_up_faces: int = 25) -> None:
        """Loads the model file. Raises `ModelError`."""
        from models.quantised import QuantisedModel

        self._network = QuantisedModel(path)
        self.classify(np.zeros((warm_up_faces, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX), np.uint8))

    def classify(self, crops: Image) -> Floats:
        """(n, 48, 48) uint8 grey crops to (n, 7) probabilities, in one call."""
        return self._network.predict(crops)

"""The `ExpressionClassifier` port implemented with a quantised model, for processors; without TensorFlow."""

from pathlib import Path
from typing import Final

import numpy as np

from fer_desktop.types import FACE_CROP_SIZE_PX, Floats, Image

_WARM_UP_FACES: Final = 4
"""One for each thread: the first run of an interpreter takes longer."""


class LiteRtExpressionClassifier:
    """Runs a quantised model. To be made and used by one thread."""

    def __init__(self, path: Path, *, threads: int | None = None) -> None:
        """Loads the model file and warms it up. `threads`: as in `QuantisedModel`.

        Raises `ModelError`.
        """
        from models.quantised import QuantisedModel

        self._model = QuantisedModel(path, threads=threads)
        self.classify(np.zeros((_WARM_UP_FACES, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX), np.uint8))

    def classify(self, crops: Image) -> Floats:
        """Grey crops (n, 48, 48) uint8 to probabilities (n, 7)."""
        return self._model.predict(crops)

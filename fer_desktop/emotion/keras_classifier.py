"""The shipped Keras network behind the `EmotionClassifier` port. The only way from the engine into `models`."""

from pathlib import Path

import numpy as np

from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX, Floats, Image


class KerasEmotionClassifier:
    """Runs on the GPU where TensorFlow sees one, else on the CPU. Made, warmed and used by one thread."""

    def __init__(self, folder: Path | None = None, *, warm_up_faces: int = 25) -> None:
        """Loads the model of `folder` (the shipped one by default). Raises `ModelError`."""
        from models.loading import load_shipped_model

        model, self.card = load_shipped_model(folder)
        import tensorflow as tf  # after the loader, which quietens it

        signature = tf.TensorSpec((None, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1), tf.float32)
        self._predict = tf.function(lambda crops: model(crops, training=False), input_signature=[signature])
        self.classify(np.zeros((warm_up_faces, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX), np.uint8))

    def classify(self, crops: Image) -> Floats:
        """(n, 48, 48) uint8 grey crops to (n, 7) probabilities, in one call."""
        if not len(crops):
            return np.zeros((0, len(EXPRESSIONS)), np.float32)
        batch = crops[..., None].astype(np.float32)
        return np.asarray(self._predict(batch), np.float32)

"""What a network's heads work on."""

from typing import Any

from fer_desktop.types import Floats, Image
from models.backend import keras
from models.evaluation.predictors import predict
from models.heads import LOGITS, Head


def compute_features(model: Any, images: Image) -> Floats:
    """The features (n, f) of `images` (n, 48, 48) uint8 on which all heads of `model` work."""
    return predict(keras.Model(model.input, model.get_layer(LOGITS[Head.LABELS]).input), images)

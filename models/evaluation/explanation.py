"""Grad-CAM (Selvaraju et al. 2017): which parts of a face led to a network's prediction."""

from typing import Any

import numpy as np

from fer_desktop.errors import ModelError
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Floats, Image
from models.backend import keras
from models.heads import LOGITS, PROBABILITIES, choose_head


def explain(model: Any, image: Image) -> tuple[Floats, Floats]:
    """The heat map (48, 48), 0..1, of the likeliest expression of `image` (48, 48) uint8, and all probabilities (7,).

    Both are those of the head that the program shows. The heat map has the resolution of the last feature maps. Raises
    ModelError on backends other than TensorFlow.
    """
    if keras.backend.backend() != "tensorflow":
        raise ModelError("a prediction is explained with TensorFlow only: leave KERAS_BACKEND unset")
    from models.backend import tf

    maps_layer = [layer for layer in model.layers if len(layer.output.shape) == 4][-1]
    outputs = [model.get_layer(names[choose_head(model)]).output for names in (LOGITS, PROBABILITIES)]
    observed = keras.Model(model.input, [maps_layer.output, *outputs])
    pixels = tf.constant(image[np.newaxis, ..., np.newaxis].astype(np.float32))
    with tf.GradientTape() as tape:
        tape.watch(pixels)  # otherwise gradients are not recorded before the first layer with weights
        maps, logits, probabilities = observed(pixels, training=False)
        score = tf.reduce_max(logits)
    weights = tf.reduce_mean(tape.gradient(score, maps), axis=(1, 2), keepdims=True)
    heat = np.maximum(np.asarray(tf.reduce_sum(weights * maps, axis=-1)[0], np.float32), 0)
    heat = cv2.resize(heat, image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(heat / max(float(heat.max()), 1e-9), np.float32), np.asarray(probabilities[0], np.float32)

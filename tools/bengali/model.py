"""The network that reads lines of Bengali text, as it is trained, and as LiteRT runs it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fer_desktop.vision.names.bengali_network import GROUND, LINE_SIZE
from fer_desktop.vision.names.bengali_signs import SIGNS

CONTRAST = 64
"""Levels by which the network's input is divided, after the ground's were taken away."""


def make_network() -> Any:
    """Convolutions that look at `LINE_SIZE` in steps of four columns: (steps, blank and signs) before the softmax."""
    import keras
    from keras import layers

    def convolve(values: Any, filters: int, size: tuple[int, int], padding: str = "same", strides: Any = 1) -> Any:
        values = layers.Conv2D(filters, size, strides, padding=padding, use_bias=False)(values)
        return layers.Activation("relu")(layers.BatchNormalization(momentum=0.98)(values))

    picture = keras.Input((LINE_SIZE[1], None, 1))
    values = convolve(picture, 16, (3, 3), strides=(2, 2))
    values = convolve(values, 40, (3, 3))
    values = layers.MaxPooling2D((2, 1))(values)
    values = convolve(values, 56, (3, 3))
    values = layers.MaxPooling2D((2, 2))(values)
    values = convolve(values, 88, (3, 3))
    values = layers.ZeroPadding2D((0, 1))(values)
    values = convolve(values, 160, (4, 3), padding="valid")
    for _ in range(3):
        wide = convolve(values, 160, (1, 5))
        values = layers.Add()([values, wide])
    values = layers.Dropout(0.1)(values)
    values = layers.Conv2D(len(SIGNS) + 1, (1, 1), dtype="float32")(values)
    return keras.Model(picture, layers.Reshape((-1, len(SIGNS) + 1), dtype="float32")(values))


def export(weights: Sequence[Any], path: Path) -> None:
    """Writes the network for LiteRT: levels as -1 to 1 to probabilities, weights of 8 bits, values of 32."""
    import keras
    import tensorflow as tf

    keras.mixed_precision.set_global_policy("float32")
    network = make_network()
    network.set_weights(weights)
    width, height = LINE_SIZE
    picture = keras.Input((height, width, 1), batch_size=1)
    levels = keras.layers.Rescaling(127.5 / CONTRAST, (127.5 - GROUND) / CONTRAST)(picture)
    whole = keras.Model(picture, keras.layers.Softmax()(network(levels, training=False)))
    converter = tf.lite.TFLiteConverter.from_keras_model(whole)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    path.write_bytes(converter.convert())

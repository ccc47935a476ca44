"""The paper's custom network: blocks of convolution, batch normalisation, pooling and dropout, then dense layers."""

from typing import Any, Final

from models.architectures.graph import begin, convolve, finish, normalise
from models.backend import keras

_WIDTHS: Final = (32, 64, 128, 256)
_BLOCK_DROPOUT: Final = 0.1
_HEAD_DROPOUT: Final = 0.4


def build_cnn(widths: tuple[int, ...] = _WIDTHS, *, units: int = 512) -> Any:
    """Two convolutions a block, at 48, 24, 12 and 6 px: 2.4 M parameters, 120 M multiply-adds a face.

    The paper gives the kinds of layers but neither widths nor dropout; these let two cores train it in hours.
    """
    pixels, x = begin()
    for width in widths:
        x = convolve(convolve(x, width), width)
        x = keras.layers.MaxPooling2D()(x)
        x = keras.layers.Dropout(_BLOCK_DROPOUT)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, use_bias=False, kernel_initializer="he_normal")(x)
    x = keras.layers.ReLU()(normalise(x))
    x = keras.layers.Dropout(_HEAD_DROPOUT, dtype="float32")(x)
    return finish(pixels, x, "cnn")

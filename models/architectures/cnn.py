"""The paper's CNN: blocks of convolution, batch normalisation, pooling and dropout, then dense layers."""

from typing import Any, Final

from models.architectures.graph import add_batch_norm, add_convolution, make_input, make_model
from models.backend import keras

_WIDTHS: Final = (32, 64, 128, 256)
_BLOCK_DROPOUT: Final = 0.1
_HEAD_DROPOUT: Final = 0.4


def build_cnn(widths: tuple[int, ...] = _WIDTHS, *, units: int = 512) -> Any:
    """Two convolutions per block, at 48, 24, 12 and 6 px: 2.4 M parameters, 119 M multiply-adds per face.

    The paper states the kinds of layers but neither widths nor dropout rates; these train in an hour on two cores.
    """
    pixels, x = make_input()
    for width in widths:
        x = add_convolution(add_convolution(x, width), width)
        x = keras.layers.MaxPooling2D()(x)
        x = keras.layers.Dropout(_BLOCK_DROPOUT)(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.Dense(units, use_bias=False, kernel_initializer="he_normal")(x)
    x = keras.layers.ReLU()(add_batch_norm(x))
    x = keras.layers.Dropout(_HEAD_DROPOUT, dtype="float32")(x)
    return make_model(pixels, x, "cnn")

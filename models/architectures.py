"""The networks, by name. Each takes raw grey pixels: its preprocessing is part of the graph and ships with it."""

from collections.abc import Callable
from typing import Any

from fer_desktop.errors import ModelError
from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX
from models.backend import keras

INPUT_SHAPE = (FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)
STANDARDISED = "standardised"
LOGITS = "logits"
PROBABILITIES = "probabilities"

# Added to a picture's variance (grey levels squared) before the division. Against a face's variance, about 2,000 to
# 5,000, it is nothing; a nearly blank crop is not blown up into noise.
_VARIANCE_FLOOR = 25.0


def build_network(name: str) -> Any:
    """A fresh Keras model: (n, 48, 48, 1) grey 0..255 to probabilities (n, 7). ModelError for an unknown name."""
    if name not in ARCHITECTURES:
        raise ModelError(f"there is no network {name!r}; known are: {', '.join(ARCHITECTURES)}")
    return ARCHITECTURES[name]()


def build_fernet() -> Any:
    """A plain residual network for 48 px faces: 0.9 M parameters, 66 M multiply-adds a face.

    Widths are multiples of 32, where the processor's convolutions run at full speed. It only uses stock layers, so
    that loading needs no code of ours.
    """
    pixels = keras.Input(INPUT_SHAPE, name="pixels")
    x = _standardise(pixels)
    x = _convolve(x, 32)
    x = _add_stage(x, 32, blocks=1)
    x = _add_stage(x, 64, blocks=2)
    x = _add_stage(x, 128, blocks=2)
    x = _convolve(x, 256, kernel=1)
    x = keras.layers.GlobalAveragePooling2D(dtype="float32")(x)
    x = keras.layers.Dense(len(EXPRESSIONS), dtype="float32", name=LOGITS)(x)
    return keras.Model(pixels, keras.layers.Softmax(dtype="float32", name=PROBABILITIES)(x), name="fernet")


def _standardise(pixels: Any) -> Any:
    """Each picture to mean 0 and deviation 1: lighting and exposure drop out."""
    layer = keras.layers.LayerNormalization(
        axis=(1, 2, 3), epsilon=_VARIANCE_FLOOR, center=False, scale=False, dtype="float32", name=STANDARDISED
    )
    return layer(pixels)


def _add_stage(x: Any, width: int, *, blocks: int) -> Any:
    x = _convolve(x, width, stride=2)
    for _ in range(blocks):
        y = _convolve(x, width)
        y = _convolve(y, width, activated=False)
        x = keras.layers.ReLU()(keras.layers.Add()([x, y]))
    return x


def _convolve(x: Any, width: int, *, kernel: int = 3, stride: int = 1, activated: bool = True) -> Any:
    x = keras.layers.Conv2D(width, kernel, stride, padding="same", use_bias=False, kernel_initializer="he_normal")(x)
    x = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(x)
    return keras.layers.ReLU()(x) if activated else x


ARCHITECTURES: dict[str, Callable[[], Any]] = {"fernet": build_fernet}

"""The project's own network, small enough to read a whole class on a laptop's processor."""

from typing import Any, Final

from models.architectures.graph import add_convolution, make_input, make_model
from models.backend import keras

_STAGES: Final = ((32, 1), (64, 2), (128, 2))


def build_fernet(stages: tuple[tuple[int, int], ...] = _STAGES) -> Any:
    """A residual network (He et al. 2015) for 48 px faces: 0.9 M parameters, 66 M multiply-adds per face.

    `stages` are (width, blocks). Widths are multiples of 32, for which processors' convolutions run at full speed. All
    layers are stock layers, so that loading the model needs no custom code.
    """
    pixels, x = make_input()
    x = add_convolution(x, stages[0][0])
    for width, blocks in stages:
        x = _add_stage(x, width, blocks=blocks)
    x = add_convolution(x, 2 * stages[-1][0], kernel=1)
    x = keras.layers.GlobalAveragePooling2D(dtype="float32")(x)
    return make_model(pixels, x, "fernet")


def _add_stage(x: Any, width: int, *, blocks: int) -> Any:
    x = add_convolution(x, width, stride=2)
    for _ in range(blocks):
        y = add_convolution(x, width)
        y = add_convolution(y, width, activated=False)
        x = keras.layers.ReLU()(keras.layers.Add()([x, y]))
    return x

"""Xception (Chollet 2016) for 48 px grey faces, with the paper's head."""

from typing import Any, Final

from models.architectures.graph import add_wide_head, begin, convolve, finish, normalise
from models.backend import keras

_ENTRY: Final = (128, 256, 728)
_EXIT: Final = (1024, 1536, 2048)
_MIDDLE_BLOCKS: Final = 8


def build_xception(
    entry: tuple[int, ...] = _ENTRY,
    middle_blocks: int = _MIDDLE_BLOCKS,
    leave: tuple[int, int, int] = _EXIT,
    *,
    units: int = 1000,
) -> Any:
    """22.9 M parameters, 0.8 G multiply-adds a face.

    It reads the 48 px as they are: its first convolution keeps them all, where the original halves 299 px, so that
    its middle works on 6 px and its end on 3 px. The published network would leave 2 px for the middle.
    """
    pixels, x = begin()
    x = convolve(convolve(x, entry[0] // 4), entry[0] // 2)
    for index, width in enumerate(entry):
        x = _add_halving_block(x, (width, width), activated=index > 0)
    for _ in range(middle_blocks):
        x = _add_middle_block(x)
    x = _add_halving_block(x, (entry[-1], leave[0]), activated=True)
    for width in leave[1:]:
        x = keras.layers.ReLU()(_separate(x, width))
    return finish(pixels, add_wide_head(x, units), "xception")


def _add_halving_block(x: Any, widths: tuple[int, int], *, activated: bool) -> Any:
    around = convolve(x, widths[1], kernel=1, stride=2, activated=False)
    y = keras.layers.ReLU()(x) if activated else x
    y = _separate(y, widths[0])
    y = _separate(keras.layers.ReLU()(y), widths[1])
    y = keras.layers.MaxPooling2D(3, 2, padding="same")(y)
    return keras.layers.Add()([around, y])


def _add_middle_block(x: Any) -> Any:
    y = x
    for _ in range(3):
        y = _separate(keras.layers.ReLU()(y), x.shape[-1])
    return keras.layers.Add()([x, y])


def _separate(x: Any, width: int) -> Any:
    """A 3x3 convolution in each channel, then a 1x1 convolution across them, and batch normalisation."""
    x = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False, depthwise_initializer="he_normal")(x)
    x = keras.layers.Conv2D(width, 1, use_bias=False, kernel_initializer="he_normal")(x)
    return normalise(x)

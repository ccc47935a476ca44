"""Xception (Chollet 2016) for 48 px grey faces, with the paper's head."""

from typing import Any, Final

from models.architectures.graph import add_batch_norm, add_convolution, add_wide_head, make_input, make_model
from models.backend import keras

_ENTRY: Final = (128, 256, 728)
_EXIT: Final = (1024, 1536, 2048)
_MIDDLE_BLOCKS: Final = 8


def build_xception(
    entry_widths: tuple[int, ...] = _ENTRY,
    middle_blocks: int = _MIDDLE_BLOCKS,
    exit_widths: tuple[int, int, int] = _EXIT,
    *,
    units: int = 1000,
) -> Any:
    """22.9 M parameters, 0.8 G multiply-adds per face.

    The first convolution keeps the resolution, which the original halves from 299 px, so that the middle flow works on
    6 px and the exit flow on 3 px; the original would leave 2 px for the middle flow.
    """
    pixels, x = make_input()
    x = add_convolution(add_convolution(x, entry_widths[0] // 4), entry_widths[0] // 2)
    for index, width in enumerate(entry_widths):
        x = _add_downsampling_block(x, (width, width), activated=index > 0)
    for _ in range(middle_blocks):
        x = _add_middle_block(x)
    x = _add_downsampling_block(x, (entry_widths[-1], exit_widths[0]), activated=True)
    for width in exit_widths[1:]:
        x = keras.layers.ReLU()(_add_separable_convolution(x, width))
    return make_model(pixels, add_wide_head(x, units), "xception")


def _add_downsampling_block(x: Any, widths: tuple[int, int], *, activated: bool) -> Any:
    shortcut = add_convolution(x, widths[1], kernel=1, stride=2, activated=False)
    y = keras.layers.ReLU()(x) if activated else x
    y = _add_separable_convolution(y, widths[0])
    y = _add_separable_convolution(keras.layers.ReLU()(y), widths[1])
    y = keras.layers.MaxPooling2D(3, 2, padding="same")(y)
    return keras.layers.Add()([shortcut, y])


def _add_middle_block(x: Any) -> Any:
    y = x
    for _ in range(3):
        y = _add_separable_convolution(keras.layers.ReLU()(y), x.shape[-1])
    return keras.layers.Add()([x, y])


def _add_separable_convolution(x: Any, width: int) -> Any:
    """A 3x3 convolution in each channel, then a 1x1 convolution across them, and batch normalisation."""
    x = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False, depthwise_initializer="he_normal")(x)
    x = keras.layers.Conv2D(width, 1, use_bias=False, kernel_initializer="he_normal")(x)
    return add_batch_norm(x)

"""Xception (Chollet 2016) for 48 px grey faces, with the paper's head, and a shallow one to start it from."""

from typing import Any, Final

from models.architectures.graph import add_convolution, add_wide_head, make_input, make_model
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
    name: str = "xception",
) -> Any:
    """22.9 M parameters, 0.8 G multiply-adds per face.

    The first convolution keeps the resolution, which the original halves from 299 px, so that the middle flow works on
    6 px and the exit flow on 3 px; the original would leave 2 px for the middle flow. Layers are named by their flow
    and block, as `deepen` needs it.
    """
    pixels, x = make_input()
    x = add_convolution(x, entry_widths[0] // 4, name="entry_first")
    x = add_convolution(x, entry_widths[0] // 2, name="entry_second")
    for block, width in enumerate(entry_widths, start=1):
        x = _add_downsampling_block(x, (width, width), activated=block > 1, name=f"entry_block{block}")
    for block in range(1, middle_blocks + 1):
        x = _add_middle_block(x, name=f"middle_block{block}")
    x = _add_downsampling_block(x, (entry_widths[-1], exit_widths[0]), activated=True, name="exit_block")
    for index, width in enumerate(exit_widths[1:], start=1):
        x = keras.layers.ReLU()(_add_separable_convolution(x, width, name=f"exit_{index}"))
    return make_model(pixels, add_wide_head(x, units), name)


def build_short_xception(
    entry_widths: tuple[int, ...] = _ENTRY, exit_widths: tuple[int, int, int] = _EXIT, *, units: int = 1000
) -> Any:
    """Xception without its middle flow: 10.0 M parameters, 0.38 G multiply-adds per face."""
    return build_xception(entry_widths, 0, exit_widths, units=units, name="xception-short")


def _add_downsampling_block(x: Any, widths: tuple[int, int], *, activated: bool, name: str) -> Any:
    shortcut = add_convolution(x, widths[1], kernel=1, stride=2, activated=False, name=f"{name}_shortcut")
    y = keras.layers.ReLU()(x) if activated else x
    y = _add_separable_convolution(y, widths[0], name=f"{name}_first")
    y = _add_separable_convolution(keras.layers.ReLU()(y), widths[1], name=f"{name}_second")
    y = keras.layers.MaxPooling2D(3, 2, padding="same")(y)
    return keras.layers.Add()([shortcut, y])


def _add_middle_block(x: Any, *, name: str) -> Any:
    """Three separable convolutions and a shortcut; initially only the shortcut passes, as in ResNet50."""
    y = x
    for index in range(1, 4):
        scale = "zeros" if index == 3 else "ones"
        y = _add_separable_convolution(keras.layers.ReLU()(y), x.shape[-1], name=f"{name}_{index}", initial_scale=scale)
    return keras.layers.Add()([x, y])


def _add_separable_convolution(x: Any, width: int, *, name: str, initial_scale: str = "ones") -> Any:
    """A 3x3 convolution in each channel, then a 1x1 convolution across them, and batch normalisation."""
    x = keras.layers.DepthwiseConv2D(
        3, padding="same", use_bias=False, depthwise_initializer="he_normal", name=f"{name}_depthwise"
    )(x)
    return add_convolution(x, width, kernel=1, activated=False, initial_scale=initial_scale, name=name)

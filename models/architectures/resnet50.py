"""ResNet50 (He et al. 2015) for 48 px grey faces, with the paper's head, and a shallow one to start it from."""

from typing import Any, Final

from models.architectures.graph import add_convolution, add_wide_head, make_input, make_model
from models.backend import keras

_WIDTHS: Final = (64, 128, 256, 512)
_BLOCKS: Final = (3, 4, 6, 3)
_EXPANSION: Final = 4


def build_resnet50(
    widths: tuple[int, ...] = _WIDTHS, blocks: tuple[int, ...] = _BLOCKS, *, units: int = 1000, name: str = "resnet50"
) -> Any:
    """25.6 M parameters, 0.7 G multiply-adds per face; `widths` and `blocks` are those of each stage.

    Two changes suit it to 48 px. Without the pooling after the first convolution the feature maps are 24, 12, 6 and
    3 px, as for a picture enlarged to 96 px, at the same cost. The first kernel is 3 px wide: the original's 7 px would
    span a seventh of the face. Layers are named by their stage and block, as `deepen` needs it.
    """
    pixels, x = make_input()
    x = add_convolution(x, widths[0], stride=2, name="entry")
    for stage, (width, count) in enumerate(zip(widths, blocks, strict=True), start=1):
        for block in range(1, count + 1):
            x = _add_bottleneck(
                x, width, stride=2 if stage > 1 and block == 1 else 1, name=f"stage{stage}_block{block}"
            )
    return make_model(pixels, add_wide_head(x, units), name)


def build_resnet14(widths: tuple[int, ...] = _WIDTHS, *, units: int = 1000) -> Any:
    """ResNet50 with the first block of each stage only: 10.1 M parameters, 0.25 G multiply-adds per face."""
    return build_resnet50(widths, (1,) * len(widths), units=units, name="resnet14")


def _add_bottleneck(x: Any, width: int, *, stride: int, name: str) -> Any:
    """1x1, 3x3 and 1x1 convolutions and a shortcut; initially only the shortcut passes (Goyal et al. 2017)."""
    out_width = width * _EXPANSION
    y = add_convolution(x, width, kernel=1, name=f"{name}_first")
    y = add_convolution(y, width, stride=stride, name=f"{name}_second")
    y = add_convolution(y, out_width, kernel=1, activated=False, initial_scale="zeros", name=f"{name}_third")
    shortcut = x
    if stride > 1 or x.shape[-1] != out_width:
        shortcut = add_convolution(x, out_width, kernel=1, stride=stride, activated=False, name=f"{name}_shortcut")
    return keras.layers.ReLU()(keras.layers.Add()([shortcut, y]))

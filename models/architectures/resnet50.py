"""ResNet50 (He et al. 2015) for 48 px grey faces, with the paper's head."""

from typing import Any, Final

from models.architectures.graph import add_batch_norm, add_convolution, add_wide_head, make_input, make_model
from models.backend import keras

_STAGES: Final = ((64, 3), (128, 4), (256, 6), (512, 3))
_EXPANSION: Final = 4


def build_resnet50(stages: tuple[tuple[int, int], ...] = _STAGES, *, units: int = 1000) -> Any:
    """25.6 M parameters, 0.7 G multiply-adds per face; `stages` are (width, blocks).

    Two changes suit it to 48 px. Without the pooling after the first convolution the feature maps are 24, 12, 6 and
    3 px, as for a picture enlarged to 96 px, at the same cost. The first kernel is 3 px wide: the original's 7 px would
    span a seventh of the face.
    """
    pixels, x = make_input()
    x = add_convolution(x, stages[0][0], stride=2)
    for index, (width, blocks) in enumerate(stages):
        for block in range(blocks):
            x = _add_bottleneck(x, width, stride=2 if index and not block else 1)
    return make_model(pixels, add_wide_head(x, units), "resnet50")


def _add_bottleneck(x: Any, width: int, *, stride: int) -> Any:
    """1x1, 3x3 and 1x1 convolutions and a shortcut; initially only the shortcut passes (Goyal et al. 2017)."""
    out_width = width * _EXPANSION
    y = add_convolution(x, width, kernel=1)
    y = add_convolution(y, width, stride=stride)
    y = keras.layers.Conv2D(out_width, 1, use_bias=False, kernel_initializer="he_normal")(y)
    y = add_batch_norm(y, initial_scale="zeros")
    shortcut = (
        x if x.shape[-1] == out_width else add_convolution(x, out_width, kernel=1, stride=stride, activated=False)
    )
    return keras.layers.ReLU()(keras.layers.Add()([shortcut, y]))

"""ResNet50 (He et al. 2015) for 48 px grey faces, with the paper's head."""

from typing import Any, Final

from models.architectures.graph import add_wide_head, begin, convolve, finish, normalise
from models.backend import keras

_STAGES: Final = ((64, 3), (128, 4), (256, 6), (512, 3))
_EXPANSION: Final = 4


def build_resnet50(stages: tuple[tuple[int, int], ...] = _STAGES, *, units: int = 1000) -> Any:
    """25.6 M parameters, 0.7 G multiply-adds a face; `stages` are (width, blocks).

    It reads the 48 px as they are: without the pooling after its first convolution it works on maps of 24, 12, 6 and
    3 px, just those of a picture blown up to 96 px, at the same cost and without pixels that nobody took. The first
    kernel is 3 px, as 7 px would span a seventh of the face.
    """
    pixels, x = begin()
    x = convolve(x, stages[0][0], stride=2)
    for index, (width, blocks) in enumerate(stages):
        for block in range(blocks):
            x = _add_bottleneck(x, width, stride=2 if index and not block else 1)
    return finish(pixels, add_wide_head(x, units), "resnet50")


def _add_bottleneck(x: Any, width: int, *, stride: int) -> Any:
    """1x1, 3x3, 1x1 and the way around them. Each block begins as the way around alone (Goyal et al. 2017)."""
    wide = width * _EXPANSION
    y = convolve(x, width, kernel=1)
    y = convolve(y, width, stride=stride)
    y = keras.layers.Conv2D(wide, 1, use_bias=False, kernel_initializer="he_normal")(y)
    y = normalise(y, first_scale="zeros")
    around = x if x.shape[-1] == wide else convolve(x, wide, kernel=1, stride=stride, activated=False)
    return keras.layers.ReLU()(keras.layers.Add()([around, y]))

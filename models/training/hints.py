"""Hints: a student's feature maps are trained to hold its teacher's (FitNets: Romero et al. 2014, arXiv:1412.6550)."""

from typing import Any, Final

from models.architectures.graph import STANDARDISED
from models.backend import keras

_LEAST_VARIANCE: Final = 1e-4


class HintLoss(keras.layers.Layer):  # type: ignore[misc]  # keras is untyped
    """Passes its first input on, and adds the distances of the others, pairs of maps (n, h, w, c), to the loss.

    The first map of a pair is the student's. The second, its teacher's, has each channel brought to mean 0 and
    deviation 1 over the batch, so that a student that knows nothing has a distance of 1.
    """

    def __init__(self, weight: float, **options: Any) -> None:
        super().__init__(dtype="float32", **options)
        self._weight = weight

    def call(self, inputs: list[Any]) -> Any:
        logits, *maps = inputs
        for student, teacher in zip(maps[::2], maps[1::2], strict=True):
            mean, variance = keras.ops.moments(teacher, axes=(0, 1, 2), keepdims=True)
            target = (teacher - mean) / keras.ops.sqrt(variance + _LEAST_VARIANCE)
            self.add_loss(self._weight * keras.ops.mean(keras.ops.square(student - target)))
        return logits


def add_hints(student: Any, teacher: Any, *, weight: float, precision: str) -> Any:
    """A model of the same output, with `weight` times the distance of each map that both have a side of in its loss.

    It shares the layers of `student`, has a 1x1 convolution from each of these to its teacher's, and the teacher's
    layers, which are not trained.
    """
    of_student, of_teacher = _find_maps(student), _find_maps(teacher)
    sides = [side for side in of_student if side in of_teacher]
    frozen = _freeze(keras.Model(teacher.input, [of_teacher[side] for side in sides]), precision)
    pairs: list[Any] = []
    for side, target in zip(sides, frozen(student.input), strict=True):
        projected = keras.layers.Conv2D(target.shape[-1], 1, dtype=precision)(of_student[side])
        pairs += [projected, target]
    return keras.Model(student.input, HintLoss(weight)([student.output, *pairs]))


def _find_maps(network: Any) -> dict[int, Any]:
    """The last of the widest feature maps of each side in px."""
    maps: dict[int, Any] = {}
    for layer in network.layers:
        shape = layer.output.shape
        if len(shape) == 4 and shape[1] > 1 and shape[-1] >= _width(maps.get(shape[1])):
            maps[shape[1]] = layer.output
    return maps


def _width(feature_map: Any) -> int:
    return 2 if feature_map is None else int(feature_map.shape[-1])  # no picture, which has one channel


def _freeze(network: Any, precision: str) -> Any:
    """A copy that is not trained, in `precision` but for the standardising of the pictures."""

    def copy_layer(layer: Any) -> Any:
        config = layer.get_config()
        if layer.name != STANDARDISED:
            config["dtype"] = precision
        if isinstance(layer, keras.layers.Dropout):
            config["rate"] = 0.0  # within a model that is trained it would be active
        return type(layer).from_config(config)

    frozen = keras.models.clone_model(network, clone_function=copy_layer)
    frozen.set_weights(network.get_weights())
    frozen.trainable = False
    return frozen

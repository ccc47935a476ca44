"""What can be measured on a test set: networks, alone or averaged, and other libraries."""

import math
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from fer_desktop.types import Floats, Image
from models.evaluation.baselines import predict_with_baseline
from models.heads import Head, list_heads

_BATCH_SIZE: Final = 256


class Predictor(Protocol):
    """Reads expressions in pictures; `macs` are its multiply-adds for one face."""

    @property
    def parameters(self) -> int: ...

    @property
    def macs(self) -> int: ...

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads that it has; the program shows the last."""
        ...

    def predict(self, images: Image, head: Head = Head.LABELS, /) -> Floats:
        """Probabilities (n, 7) of `head` for `images` (n, 48, 48) uint8."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """The mean probabilities of one or more networks; with `flips` each also reads the mirrored faces."""

    models: tuple[Any, ...]
    flips: bool = False

    def predict(self, images: Image, head: Head = Head.LABELS, /) -> Floats:
        """Probabilities (n, 7) for `images` (n, 48, 48) uint8. A network with a single head uses that one."""
        return self.predict_heads(images)[head]

    def predict_heads(self, images: Image) -> dict[Head, Floats]:
        """As `predict`, for each head, in the time of one."""
        views = [images, images[:, :, ::-1]] if self.flips else [images]
        predicted = [predict_heads(model, view) for model in self.models for view in views]
        return {head: np.asarray(np.mean([one[head] for one in predicted], axis=0), np.float32) for head in Head}

    @property
    def heads(self) -> tuple[Head, ...]:
        """The heads of which at least one network has its own."""
        present = {head for model in self.models for head in list_heads(model)}
        return tuple(head for head in Head if head in present)

    @property
    def parameters(self) -> int:
        """The parameters of all networks."""
        return sum(model.count_params() for model in self.models)

    @property
    def macs(self) -> int:
        """Multiply-adds for one face, including those for the mirrored face."""
        return sum(count_macs(model) for model in self.models) * (2 if self.flips else 1)


@dataclass(frozen=True, slots=True)
class Library:
    """Another library, one of `BASELINES`. The size of its networks is unknown: 0."""

    name: str
    parameters: int = 0
    macs: int = 0
    heads: tuple[Head, ...] = (Head.LABELS,)

    def predict(self, images: Image, _head: Head = Head.LABELS, /) -> Floats:
        """As `Ensemble.predict`, from its only head. Raises ModelError where the library or its weights are missing."""
        return predict_with_baseline(self.name, images)


def predict(model: Any, images: Image, head: Head = Head.LABELS) -> Floats:
    """A network's probabilities (n, 7) for `images` (n, 48, 48) uint8, computed in batches.

    A network with a single head uses that one, whatever `head` is.
    """
    return predict_heads(model, images)[head]


def predict_heads(model: Any, images: Image) -> dict[Head, Floats]:
    """As `predict`, for each head, in the time of one."""
    batches = [images[start : start + _BATCH_SIZE] for start in range(0, len(images), _BATCH_SIZE)]
    outputs = [model.predict_on_batch(batch[..., np.newaxis].astype(np.float32)) for batch in batches]
    if not isinstance(outputs[0], list):
        return dict.fromkeys(Head, np.concatenate(outputs))
    return {head: np.concatenate([output[index] for output in outputs]) for index, head in enumerate(Head)}


def count_macs(model: Any) -> int:
    """Multiply-adds for one face in the convolutions and dense layers, from the shapes in the graph."""
    return sum(_count_layer_macs(layer) for layer in model.layers)


def _count_layer_macs(layer: Any) -> int:
    kernel = getattr(layer, "kernel", None)
    if kernel is None:
        return 0
    positions = math.prod(layer.output.shape[1:-1])  # 1 for a dense layer
    return int(positions * math.prod(kernel.shape))

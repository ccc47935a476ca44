"""Reads a test set with a network and measures it, by FER2013's labels and FER+'s votes; counts what it costs."""

import math
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from data.cleaning import find_copies
from data.fer2013 import FaceSet
from data.ferplus import find_majority, share_votes
from fer_desktop.errors import DataError
from fer_desktop.types import Floats, Image
from models.evaluation.baselines import read_with_baseline
from models.evaluation.metrics import Metrics, compute_calibration_error, measure
from models.heads import Head

Mask = npt.NDArray[np.bool_]

_BATCH: Final = 256
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """`without_copies` leaves out pictures that are pixel-exact copies of training pictures; None without these.

    `probabilities` (n, 7) are the readings themselves, `macs` multiply-adds for one face, `seconds` the time to read
    the whole set.
    """

    metrics: Metrics
    without_copies: Metrics | None
    probabilities: Floats
    parameters: int
    macs: int
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The figures as the command line prints them, shares rounded to four decimals."""
        clean = self.without_copies
        return {
            **_round_metrics(self.metrics),
            "per_class": {
                name: {
                    "precision": round(one.precision, _DECIMALS),
                    "recall": round(one.recall, _DECIMALS),
                    "f1": round(one.f1, _DECIMALS),
                    "support": one.support,
                }
                for name, one in self.metrics.per_class.items()
            },
            "weighted": {name: round(value, _DECIMALS) for name, value in asdict(self.metrics.weighted).items()},
            "confusion": self.metrics.confusion.tolist(),
            "without_copies": None if clean is None else _round_metrics(clean),
            "parameters": self.parameters,
            "macs": self.macs,
            "seconds": round(self.seconds, 2),
        }


@dataclass(frozen=True, slots=True, eq=False)
class Ensemble:
    """One network or several whose probabilities are averaged; with `flips` each reads the mirrored face too."""

    models: tuple[Any, ...]
    flips: bool = False

    def predict(self, images: Image, head: Head = Head.LABELS) -> Floats:
        """Probabilities (n, 7) for `images` (n, 48, 48) uint8. One that has a single head tells that."""
        views = [images, images[:, :, ::-1]] if self.flips else [images]
        readings = [predict(model, view, head) for model in self.models for view in views]
        return np.asarray(np.mean(readings, axis=0), dtype=np.float32)

    @property
    def parameters(self) -> int:
        return sum(model.count_params() for model in self.models)

    @property
    def macs(self) -> int:
        """Multiply-adds for one face, the mirrored reading included."""
        return sum(count_macs(model) for model in self.models) * (2 if self.flips else 1)


@dataclass(frozen=True, slots=True)
class Library:
    """Another library, by name (`BASELINES`), as a reader; what its networks cost is not known here: 0."""

    name: str
    parameters: int = 0
    macs: int = 0

    def predict(self, images: Image, _head: Head = Head.LABELS) -> Floats:
        """As `Ensemble.predict`, by its one head. Raises ModelError where the library or its weights are missing."""
        return read_with_baseline(self.name, images)


def evaluate(reader: Ensemble | Library, faces: FaceSet, training_images: Image | None) -> Evaluation:
    """Measures `reader` on `faces`; with `training_images` (n, 48, 48) also without the copies of these."""

    def measure_part(probabilities: Floats, part: Mask) -> Metrics:
        return measure(probabilities[part], faces.labels[part])

    return _evaluate(reader, Head.LABELS, faces, training_images, np.ones(len(faces), np.bool_), measure_part)


def evaluate_votes(
    reader: Ensemble | Library, faces: FaceSet, votes: Floats, training_images: Image | None
) -> Evaluation:
    """As `evaluate`, against what most of FER+'s ten taggers saw, where more than half of them agreed.

    The calibration error is that of all pictures, agreed on or not: how far the readings are from the shares of the
    `votes` (rows, 7). DataError where no picture has a majority.
    """
    majority, clear = find_majority(faces, votes)
    if not clear.any():
        raise DataError("the FER+ votes hold no majority for these pictures; give the votes of the same FER2013")
    shares = share_votes(faces, votes)

    def measure_part(probabilities: Floats, part: Mask) -> Metrics:
        error = compute_calibration_error(probabilities[part], shares[part])
        return replace(measure(probabilities[part & clear], majority[part & clear]), ece=error)

    return _evaluate(reader, Head.VOTES, faces, training_images, clear, measure_part)


def _evaluate(
    reader: Ensemble | Library,
    head: Head,
    faces: FaceSet,
    training_images: Image | None,
    counted: Mask,
    measure_part: Callable[[Floats, Mask], Metrics],
) -> Evaluation:
    started_s = time.monotonic()
    probabilities = reader.predict(faces.images, head)
    seconds = time.monotonic() - started_s
    without_copies = None
    if training_images is not None:
        fresh = ~find_copies(faces.images, training_images)
        without_copies = measure_part(probabilities, fresh) if (fresh & counted).any() else None
    return Evaluation(
        metrics=measure_part(probabilities, np.ones(len(faces), np.bool_)),
        without_copies=without_copies,
        probabilities=probabilities,
        parameters=reader.parameters,
        macs=reader.macs,
        seconds=seconds,
    )


def predict(model: Any, images: Image, head: Head = Head.LABELS) -> Floats:
    """Probabilities (n, 7) of a network for `images` (n, 48, 48) uint8, in batches that fit any memory.

    One that has a single head tells that.
    """
    parts = [images[start : start + _BATCH] for start in range(0, len(images), _BATCH)]
    read = [model.predict_on_batch(part[..., np.newaxis].astype(np.float32)) for part in parts]
    return np.concatenate([each[tuple(Head).index(head)] if isinstance(each, list) else each for each in read])


def count_macs(model: Any) -> int:
    """Multiply-adds of one face in the convolutions and dense layers, from the shapes in the graph."""
    return sum(_count_layer_macs(layer) for layer in model.layers)


def _count_layer_macs(layer: Any) -> int:
    kernel = getattr(layer, "kernel", None)
    if kernel is None:
        return 0
    places = math.prod(layer.output.shape[1:-1])  # a dense layer has one place
    return int(places * math.prod(kernel.shape))


def _round_metrics(metrics: Metrics) -> dict[str, Any]:
    return {
        "n": metrics.n,
        "accuracy": round(metrics.accuracy, _DECIMALS),
        "accuracy_ci95": [round(end, _DECIMALS) for end in metrics.accuracy_ci95],
        "balanced_accuracy": round(metrics.balanced_accuracy, _DECIMALS),
        "macro_f1": round(metrics.macro_f1, _DECIMALS),
        "ece": round(metrics.ece, _DECIMALS),
    }

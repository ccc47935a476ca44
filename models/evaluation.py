"""Reads a test set with a network and measures it; counts what the network costs."""

import math
import time
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from data.cleaning import find_copies
from data.fer2013 import FaceSet
from data.ferplus import find_majority
from fer_desktop.errors import DataError
from fer_desktop.statistics import compute_wilson_interval
from fer_desktop.types import Floats, Image
from models.baselines import read_with_baseline
from models.metrics import Metrics, measure

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

    def predict(self, images: Image) -> Floats:
        """Probabilities (n, 7) for `images` (n, 48, 48) uint8."""
        views = [images, images[:, :, ::-1]] if self.flips else [images]
        readings = [predict(model, view) for model in self.models for view in views]
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

    def predict(self, images: Image) -> Floats:
        """As `Ensemble.predict`. Raises ModelError where the library or its weights are missing."""
        return read_with_baseline(self.name, images)


def evaluate(reader: Ensemble | Library, faces: FaceSet, training_images: Image | None) -> Evaluation:
    """Measures `reader` on `faces`; with `training_images` (n, 48, 48) also without the copies of these."""
    started_s = time.monotonic()
    probabilities = reader.predict(faces.images)
    seconds = time.monotonic() - started_s
    without_copies = None
    if training_images is not None:
        fresh = ~find_copies(faces.images, training_images)
        without_copies = measure(probabilities[fresh], faces.labels[fresh]) if fresh.any() else None
    return Evaluation(
        metrics=measure(probabilities, faces.labels),
        without_copies=without_copies,
        probabilities=probabilities,
        parameters=reader.parameters,
        macs=reader.macs,
        seconds=seconds,
    )


@dataclass(frozen=True, slots=True)
class Majority:
    """How many of the `n` pictures on which most FER+ taggers agree were read as they say."""

    n: int
    accuracy: float
    accuracy_ci95: tuple[float, float]


def measure_majority(probabilities: Floats, faces: FaceSet, votes: Floats) -> Majority:
    """Compares readings (n, 7) with FER+'s `votes` (rows, 7). DataError where no picture has a majority."""
    labels, clear = find_majority(faces, votes)
    n, right = int(clear.sum()), int((probabilities.argmax(axis=1) == labels)[clear].sum())
    if not n:
        raise DataError("the FER+ votes hold no majority for these pictures; give the votes of the same FER2013")
    low, high = compute_wilson_interval(right, n)
    return Majority(n, round(right / n, _DECIMALS), (round(low, _DECIMALS), round(high, _DECIMALS)))


def predict(model: Any, images: Image) -> Floats:
    """Outputs (n, 7) of a network for `images` (n, 48, 48) uint8, in batches that fit any memory."""
    parts = [images[start : start + _BATCH] for start in range(0, len(images), _BATCH)]
    return np.concatenate([model.predict_on_batch(part[..., np.newaxis].astype(np.float32)) for part in parts])


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

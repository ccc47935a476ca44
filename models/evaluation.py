"""Reads a test set with a network and measures it; counts what the network costs."""

import math
import time
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from data.cleaning import find_copies
from data.fer2013 import FaceSet
from fer_desktop.types import Floats, Image
from models.metrics import Metrics, measure

_BATCH: Final = 256
_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """`without_copies` leaves out pictures that are pixel-exact copies of training pictures; None without these.

    `macs` are multiply-adds for one face, `seconds` the time to read the whole set.
    """

    metrics: Metrics
    without_copies: Metrics | None
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
            "confusion": self.metrics.confusion.tolist(),
            "without_copies": None if clean is None else _round_metrics(clean),
            "parameters": self.parameters,
            "macs": self.macs,
            "seconds": round(self.seconds, 2),
        }


def evaluate(model: Any, faces: FaceSet, training_images: Image | None) -> Evaluation:
    """Measures `model` on `faces`; with `training_images` (n, 48, 48) also without the copies of these."""
    started_s = time.monotonic()
    probabilities = predict(model, faces.images)
    seconds = time.monotonic() - started_s
    without_copies = None
    if training_images is not None:
        fresh = ~find_copies(faces.images, training_images)
        without_copies = measure(probabilities[fresh], faces.labels[fresh]) if fresh.any() else None
    return Evaluation(
        metrics=measure(probabilities, faces.labels),
        without_copies=without_copies,
        parameters=model.count_params(),
        macs=count_macs(model),
        seconds=seconds,
    )


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

"""What a set of predictions is worth: plain formulas over probabilities and labels, no Keras."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from data.fer2013 import Labels, one_hot
from fer_desktop.errors import DataError
from fer_desktop.system.statistics import compute_wilson_interval
from fer_desktop.types import EXPRESSIONS, Floats

Counts = npt.NDArray[np.int64]

_CALIBRATION_BINS: Final = 15


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """One expression: shares 0 to 1 (0 where there is nothing to divide by), and its number of pictures."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class WeightedMetrics:
    """The classes' figures averaged, each as often as it has pictures. Its recall is the accuracy."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """One reading of a test set. `confusion` (7, 7): true classes down, predicted classes across.

    `balanced_accuracy` is the mean recall of the classes with pictures; `macro_f1` the mean F1 of the classes with
    pictures or predictions; `ece` the expected calibration error in 15 equal bins of confidence (Guo et al. 2017).
    """

    n: int
    accuracy: float
    accuracy_ci95: tuple[float, float]
    balanced_accuracy: float
    macro_f1: float
    ece: float
    per_class: dict[str, ClassMetrics]
    weighted: WeightedMetrics
    confusion: Counts


def measure(probabilities: Floats, labels: Labels) -> Metrics:
    """All figures for `probabilities` (n, 7) against `labels` (n,). Raises DataError for n = 0 or other shapes."""
    if not len(labels) or probabilities.shape != (len(labels), len(EXPRESSIONS)):
        raise DataError(f"cannot measure {probabilities.shape} probabilities against {len(labels)} labels")
    predicted = probabilities.argmax(axis=1)
    confusion = count_confusion(predicted, labels)
    right, n = int(np.trace(confusion)), len(labels)
    classes = [_measure_class(confusion, index) for index in range(len(EXPRESSIONS))]
    appears = confusion.sum(axis=0) + confusion.sum(axis=1) > 0
    return Metrics(
        n=n,
        accuracy=right / n,
        accuracy_ci95=compute_wilson_interval(right, n),
        balanced_accuracy=_mean([c.recall for c in classes if c.support]),
        macro_f1=_mean([c.f1 for c, seen in zip(classes, appears, strict=True) if seen]),
        ece=compute_calibration_error(probabilities, one_hot(labels)),
        per_class=dict(zip((e.value for e in EXPRESSIONS), classes, strict=True)),
        weighted=_weigh(classes),
        confusion=confusion,
    )


def count_confusion(predicted: npt.NDArray[np.int64], labels: Labels) -> Counts:
    """(7, 7) counts: true classes down, predicted classes across."""
    classes = len(EXPRESSIONS)
    cells = labels.astype(np.int64) * classes + predicted
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def compute_calibration_error(probabilities: Floats, targets: Floats) -> float:
    """Mean distance between confidence and accuracy over 15 bins of confidence, weighted by their pictures."""
    bins = bin_confidence(probabilities, targets)
    return float(np.abs(bins.confidence - bins.right).sum() / len(targets))


@dataclass(frozen=True, slots=True, eq=False)
class ConfidenceBins:
    """Equal bins of confidence, each (15,): how many pictures, the sums of their confidence and of what was right."""

    pictures: Counts
    confidence: npt.NDArray[np.float64]
    right: npt.NDArray[np.float64]


def bin_confidence(probabilities: Floats, targets: Floats) -> ConfidenceBins:
    """Sorts `probabilities` (n, 7) into bins by the highest of each row.

    `targets` (n, 7) are the labels as ones and zeros, or shares of votes: then a reading is right by a share.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = np.take_along_axis(targets, probabilities.argmax(axis=1)[:, np.newaxis], axis=1)[:, 0].astype(np.float64)
    bins = np.minimum((confidence * _CALIBRATION_BINS).astype(np.int64), _CALIBRATION_BINS - 1)
    return ConfidenceBins(
        pictures=np.bincount(bins, minlength=_CALIBRATION_BINS),
        confidence=_sum_by_bin(bins, confidence),
        right=_sum_by_bin(bins, right),
    )


def _sum_by_bin(bins: Counts, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.bincount(bins, weights=values, minlength=_CALIBRATION_BINS), dtype=np.float64)


def _measure_class(confusion: Counts, index: int) -> ClassMetrics:
    hits, support, predicted = int(confusion[index, index]), int(confusion[index].sum()), int(confusion[:, index].sum())
    return ClassMetrics(
        precision=hits / predicted if predicted else 0.0,
        recall=hits / support if support else 0.0,
        f1=2 * hits / (support + predicted) if support + predicted else 0.0,
        support=support,
    )


def _weigh(classes: list[ClassMetrics]) -> WeightedMetrics:
    total = sum(one.support for one in classes)

    def average(name: str) -> float:
        return math.fsum(getattr(one, name) * one.support for one in classes) / total

    return WeightedMetrics(average("precision"), average("recall"), average("f1"))


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)

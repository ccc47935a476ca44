"""Metrics of predictions: plain formulas over probabilities and labels, without Keras."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from data.fer2013 import Labels, one_hot
from fer_desktop.errors import DataError
from fer_desktop.system.statistics import compute_wilson_interval
from fer_desktop.types import EXPRESSIONS, NEGATIVE_EXPRESSIONS, Expression, Floats

Counts = npt.NDArray[np.int64]

_CALIBRATION_BINS: Final = 15
_NEGATIVE: Final = tuple(EXPRESSIONS.index(name) for name in NEGATIVE_EXPRESSIONS)
_NEUTRAL: Final = (EXPRESSIONS.index(Expression.NEUTRAL),)
_POSITIVE: Final = (EXPRESSIONS.index(Expression.HAPPY),)


@dataclass(frozen=True, slots=True)
class ClassMetrics:
    """One expression: shares 0 to 1 (0 where the denominator is 0), and its number of pictures."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class WeightedMetrics:
    """The means of the classes' figures, weighted by their numbers of pictures; the recall equals the accuracy."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True, eq=False)
class Metrics:
    """The metrics of a test set. `confusion` (7, 7): true classes in rows, predicted classes in columns.

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
    """The metrics of `probabilities` (n, 7) against `labels` (n,). Raises DataError for n = 0 or other shapes."""
    if not len(labels) or probabilities.shape != (len(labels), len(EXPRESSIONS)):
        raise DataError(f"cannot measure {probabilities.shape} probabilities against {len(labels)} labels")
    predicted = probabilities.argmax(axis=1)
    confusion = count_confusion(predicted, labels)
    correct, n = int(np.trace(confusion)), len(labels)
    classes = [_measure_class(confusion, index) for index in range(len(EXPRESSIONS))]
    present = confusion.sum(axis=0) + confusion.sum(axis=1) > 0
    return Metrics(
        n=n,
        accuracy=correct / n,
        accuracy_ci95=compute_wilson_interval(correct, n),
        balanced_accuracy=_mean([c.recall for c in classes if c.support]),
        macro_f1=_mean([c.f1 for c, seen in zip(classes, present, strict=True) if seen]),
        ece=compute_calibration_error(probabilities, one_hot(labels)),
        per_class=dict(zip((e.value for e in EXPRESSIONS), classes, strict=True)),
        weighted=_average_weighted(classes),
        confusion=confusion,
    )


def count_confusion(predicted: npt.NDArray[np.int64], labels: Labels) -> Counts:
    """The confusion matrix (7, 7): true classes in rows, predicted classes in columns."""
    classes = len(EXPRESSIONS)
    cells = labels.astype(np.int64) * classes + predicted
    return np.bincount(cells, minlength=classes**2).reshape(classes, classes)


def compute_calibration_error(probabilities: Floats, targets: Floats) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over 15 bins, weighted by their pictures."""
    bins = bin_confidence(probabilities, targets)
    return float(np.abs(bins.confidence - bins.correct).sum() / len(targets))


def compute_brier_score(probabilities: Floats, targets: Floats) -> float:
    """Mean squared distance of `probabilities` from `targets`, both (n, 7), summed over the classes (Brier 1950)."""
    distances = probabilities.astype(np.float64) - targets
    return float((distances**2).sum(axis=1).mean())


@dataclass(frozen=True, slots=True)
class Valence:
    """The shares of negative, neutral and positive faces predicted as such; None where the set has no such face.

    Negative are angry, disgusted, afraid and sad faces together, positive are happy ones. Surprise is none of the
    three: surprised faces are not counted, and a face predicted as surprised is not found.
    """

    negative: float | None
    neutral: float | None
    positive: float | None

    @property
    def mean(self) -> float | None:
        """The mean of those that the set has."""
        shares = [share for share in (self.negative, self.neutral, self.positive) if share is not None]
        return _mean(shares) if shares else None


def measure_valence(confusion: Counts) -> Valence:
    """The valence of a confusion matrix (7, 7)."""

    def measure_group(group: tuple[int, ...]) -> float | None:
        pictures = int(confusion[group, :].sum())
        return int(confusion[np.ix_(group, group)].sum()) / pictures if pictures else None

    return Valence(measure_group(_NEGATIVE), measure_group(_NEUTRAL), measure_group(_POSITIVE))


def measure_neutral_called_negative(confusion: Counts) -> float | None:
    """The share of neutral faces predicted as any negative expression; None without neutral faces."""
    neutral = int(confusion[_NEUTRAL, :].sum())
    return int(confusion[np.ix_(_NEUTRAL, _NEGATIVE)].sum()) / neutral if neutral else None


@dataclass(frozen=True, slots=True, eq=False)
class ConfidenceBins:
    """Per bin of confidence, each (15,): the number of pictures, their summed confidence, and how many are correct."""

    pictures: Counts
    confidence: npt.NDArray[np.float64]
    correct: npt.NDArray[np.float64]


def bin_confidence(probabilities: Floats, targets: Floats) -> ConfidenceBins:
    """Sorts predictions into equal bins of confidence, the highest of a row of `probabilities` (n, 7).

    `targets` (n, 7) are one-hot labels, or shares of votes: a prediction then counts as correct by its share.
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    correct = np.take_along_axis(targets, probabilities.argmax(axis=1)[:, np.newaxis], axis=1)[:, 0].astype(np.float64)
    bins = np.minimum((confidence * _CALIBRATION_BINS).astype(np.int64), _CALIBRATION_BINS - 1)
    return ConfidenceBins(
        pictures=np.bincount(bins, minlength=_CALIBRATION_BINS),
        confidence=_sum_by_bin(bins, confidence),
        correct=_sum_by_bin(bins, correct),
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


def _average_weighted(classes: list[ClassMetrics]) -> WeightedMetrics:
    total = sum(one.support for one in classes)

    def average(name: str) -> float:
        return math.fsum(getattr(one, name) * one.support for one in classes) / total

    return WeightedMetrics(average("precision"), average("recall"), average("f1"))


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)

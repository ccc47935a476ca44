"""Measures a predictor on a test set, against FER2013's labels and against FER+'s votes."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from data.cleaning import find_copies
from data.fer2013 import FaceSet
from data.ferplus import compute_vote_shares, find_majority
from fer_desktop.errors import DataError
from fer_desktop.types import Floats, Image
from models.card import ClassCard, EvaluationCard, SummaryCard, WeightedCard
from models.evaluation.metrics import ClassMetrics, Metrics, WeightedMetrics, compute_calibration_error, measure
from models.evaluation.predictors import Predictor
from models.heads import Head

Mask = npt.NDArray[np.bool_]

_DECIMALS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The figures of a test set; `without_copies` leaves out pixel-exact copies of training pictures.

    `without_copies` is None where no training pictures are given or nothing remains. `probabilities` (n, 7) are the
    predictions, `macs` the multiply-adds for one face, `seconds` the time that the whole set took.
    """

    metrics: Metrics
    without_copies: Metrics | None
    probabilities: Floats
    parameters: int
    macs: int
    seconds: float

    def to_card(self) -> EvaluationCard:
        """The figures for the model card and the command line, shares rounded to four decimals."""
        metrics, clean = self.metrics, self.without_copies
        return EvaluationCard(
            **_round_summary(metrics),
            per_class={name: ClassCard(**_round_fields(figures)) for name, figures in metrics.per_class.items()},
            weighted=WeightedCard(**_round_fields(metrics.weighted)),
            confusion=tuple(tuple(row) for row in metrics.confusion.tolist()),
            without_copies=None if clean is None else SummaryCard(**_round_summary(clean)),
            parameters=self.parameters,
            macs=self.macs,
            seconds=round(self.seconds, 2),
        )


def evaluate(predictor: Predictor, faces: FaceSet, training_images: Image | None) -> Evaluation:
    """Measures `predictor` on `faces` against their labels.

    With `training_images` (n, 48, 48) it also measures without the copies of these.
    """

    def measure_part(probabilities: Floats, part: Mask) -> Metrics:
        return measure(probabilities[part], faces.labels[part])

    return _evaluate(predictor, Head.LABELS, faces, training_images, np.ones(len(faces), np.bool_), measure_part)


def evaluate_votes(predictor: Predictor, faces: FaceSet, votes: Floats, training_images: Image | None) -> Evaluation:
    """As `evaluate`, against the majority of FER+'s ten taggers, on the pictures that have one.

    The calibration error covers all pictures: the distance of the probabilities from the shares of the `votes`
    (rows, 7). Raises DataError where no picture has a majority.
    """
    majority, clear = find_majority(faces, votes)
    if not clear.any():
        raise DataError("the FER+ votes hold no majority for these pictures; give the votes of the same FER2013")
    shares = compute_vote_shares(faces, votes)

    def measure_part(probabilities: Floats, part: Mask) -> Metrics:
        error = compute_calibration_error(probabilities[part], shares[part])
        return replace(measure(probabilities[part & clear], majority[part & clear]), ece=error)

    return _evaluate(predictor, Head.VOTES, faces, training_images, clear, measure_part)


def _evaluate(
    predictor: Predictor,
    head: Head,
    faces: FaceSet,
    training_images: Image | None,
    counted: Mask,
    measure_part: Callable[[Floats, Mask], Metrics],
) -> Evaluation:
    """`counted` (n,) marks the pictures that have a true class."""
    started_s = time.monotonic()
    probabilities = predictor.predict(faces.images, head)
    seconds = time.monotonic() - started_s
    without_copies = None
    if training_images is not None:
        fresh = ~find_copies(faces.images, training_images)
        without_copies = measure_part(probabilities, fresh) if (fresh & counted).any() else None
    return Evaluation(
        metrics=measure_part(probabilities, np.ones(len(faces), np.bool_)),
        without_copies=without_copies,
        probabilities=probabilities,
        parameters=predictor.parameters,
        macs=predictor.macs,
        seconds=seconds,
    )


def _round_summary(metrics: Metrics) -> dict[str, Any]:
    low, high = metrics.accuracy_ci95
    return {
        "n": metrics.n,
        "accuracy": round(metrics.accuracy, _DECIMALS),
        "accuracy_ci95": (round(low, _DECIMALS), round(high, _DECIMALS)),
        "balanced_accuracy": round(metrics.balanced_accuracy, _DECIMALS),
        "macro_f1": round(metrics.macro_f1, _DECIMALS),
        "ece": round(metrics.ece, _DECIMALS),
    }


def _round_fields(figures: ClassMetrics | WeightedMetrics) -> dict[str, Any]:
    return {name: round(value, _DECIMALS) for name, value in asdict(figures).items()}

"""Measures each head of a predictor on labelled faces that are not FER2013's, of which classes may be missing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from data.fer2013 import FaceSet, one_hot
from fer_desktop.types import Floats
from models.evaluation.metrics import ClassMetrics, Metrics, Valence, compute_brier_score, measure, measure_valence
from models.evaluation.predictors import Predictor
from models.heads import Head


@dataclass(frozen=True, slots=True, eq=False)
class HeadFigures:
    """One head's figures; `valence` is what it finds of negative, neutral and positive faces."""

    metrics: Metrics
    valence: Valence
    brier: float

    @property
    def per_class(self) -> dict[str, ClassMetrics]:
        """The figures of the classes that the set has."""
        return {name: figures for name, figures in self.metrics.per_class.items() if figures.support}


@dataclass(frozen=True, slots=True, eq=False)
class HeadsEvaluation:
    """The figures of every head; the program shows the head `shown`. `seconds` is the time that all took together."""

    heads: Mapping[Head, HeadFigures]
    shown: Head
    parameters: int
    macs: int
    seconds: float


def evaluate_heads(predictor: Predictor, faces: FaceSet) -> HeadsEvaluation:
    """Measures each head of `predictor` on `faces` against their labels. All seven classes may be predicted."""
    started_s = time.monotonic()
    probabilities = {head: predictor.predict(faces.images, head) for head in predictor.heads}
    seconds = time.monotonic() - started_s
    return HeadsEvaluation(
        heads={head: _measure_head(predicted, faces) for head, predicted in probabilities.items()},
        shown=predictor.heads[-1],
        parameters=predictor.parameters,
        macs=predictor.macs,
        seconds=seconds,
    )


def _measure_head(probabilities: Floats, faces: FaceSet) -> HeadFigures:
    metrics = measure(probabilities, faces.labels)
    return HeadFigures(
        metrics, measure_valence(metrics.confusion), compute_brier_score(probabilities, one_hot(faces.labels))
    )

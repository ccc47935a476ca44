"""Measures each head of a predictor on labelled faces that are not FER2013's, of which classes may be missing."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from data.fer2013 import FaceSet, one_hot
from fer_desktop.types import Floats
from models.card import ClassCard, HeadCard, ModelCard, OutsideCard, ValenceCard
from models.evaluation.metrics import ClassMetrics, Metrics, Valence, compute_brier_score, measure, measure_valence
from models.evaluation.predictors import Predictor
from models.heads import Head

_DECIMALS: Final = 4


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

    def to_card(self) -> HeadCard:
        """The figures as they stand on a model card."""
        low, high = self.metrics.accuracy_ci95
        return HeadCard(
            accuracy=round(self.metrics.accuracy, _DECIMALS),
            accuracy_ci95=(round(low, _DECIMALS), round(high, _DECIMALS)),
            balanced_accuracy=round(self.metrics.balanced_accuracy, _DECIMALS),
            valence=_make_valence_card(self.valence),
            ece=round(self.metrics.ece, _DECIMALS),
            brier=round(self.brier, _DECIMALS),
            per_class={
                name: ClassCard(**{key: round(value, _DECIMALS) for key, value in asdict(one).items()})
                for name, one in self.per_class.items()
            },
            confusion=tuple(tuple(row) for row in self.metrics.confusion.tolist()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class HeadsEvaluation:
    """The figures of every head; the program shows the head `shown`. `seconds` is the time that all took together."""

    heads: Mapping[Head, HeadFigures]
    shown: Head
    parameters: int
    macs: int
    seconds: float

    def to_card(self, pictures: str) -> OutsideCard:
        """The figures as they stand on a model card; `pictures` says what the test set is."""
        heads = {head: figures.to_card() for head, figures in self.heads.items()}
        return OutsideCard(pictures=pictures, n=self.heads[self.shown].metrics.n, shown=self.shown, heads=heads)


def evaluate_heads(predictor: Predictor, faces: FaceSet) -> HeadsEvaluation:
    """Measures each head of `predictor` on `faces` against their labels. All seven classes may be predicted."""
    started_s = time.monotonic()
    probabilities = {head: predictor.predict(faces.images, head) for head in predictor.heads}
    seconds = time.monotonic() - started_s
    return HeadsEvaluation(
        heads={head: measure_head(predicted, faces) for head, predicted in probabilities.items()},
        shown=predictor.heads[-1],
        parameters=predictor.parameters,
        macs=predictor.macs,
        seconds=seconds,
    )


def measure_head(probabilities: Floats, faces: FaceSet) -> HeadFigures:
    """The figures of one head's `probabilities` (n, 7) for `faces`, against their labels."""
    metrics = measure(probabilities, faces.labels)
    return HeadFigures(
        metrics, measure_valence(metrics.confusion), compute_brier_score(probabilities, one_hot(faces.labels))
    )


def add_to_card(card: ModelCard, measured: OutsideCard) -> ModelCard:
    """`card` with the figures on one more test set, in place of earlier ones on the same pictures."""
    others = tuple(each for each in card.outside if each.pictures != measured.pictures)
    return card.model_copy(update={"outside": (*others, measured)})


def _make_valence_card(valence: Valence) -> ValenceCard:
    def round_share(share: float | None) -> float | None:
        return None if share is None else round(share, _DECIMALS)

    return ValenceCard(
        negative=round_share(valence.negative),
        neutral=round_share(valence.neutral),
        positive=round_share(valence.positive),
        mean=round_share(valence.mean),
    )

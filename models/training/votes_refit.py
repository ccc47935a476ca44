"""Refits the votes head of a trained network on its features, with photographs from elsewhere (docs/adr/0033, 0036).

The features stay as they are. The new head is the multinomial regression that predicts FER+'s shares for FER2013's
training pictures and the labels of the photographs. It is fitted by a few steps of L-BFGS (Liu and Nocedal 1989) from
the present head, which it may not leave far, and interpolated with it (Wortsman et al. 2022, arXiv:2109.01903), and
with the labels head, which finds more posed expressions.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import softmax

from data.fer2013 import Labels, one_hot
from fer_desktop.errors import SettingsError
from fer_desktop.types import EXPRESSIONS, Expression, Floats
from models.evaluation.calibration import Calibration, fit_calibration
from models.heads import LOGITS, Head

_Doubles = npt.NDArray[np.float64]
_CLASSES: Final = len(EXPRESSIONS)
_NEUTRAL: Final = EXPRESSIONS.index(Expression.NEUTRAL)
_DEVIATION_FLOOR: Final = 1e-6
"""Added to each feature's deviation, for one that is always the same."""


@dataclass(frozen=True, slots=True)
class RefitSettings:
    """The numbers of a refit, chosen on FER2013's PublicTest and the photographs together (docs/adr/0033 and 0036).

    photograph_share: of the photographs in the loss; the rest is FER2013's.
    class_power: each expression's photographs have the weight 1 / number ** class_power.
    pull: of the squared distance from the present weights, with features at deviation 1.
    steps: of L-BFGS.
    fitted_share: of the fitted weights in the new ones; the rest are the present ones.
    labels_share: of the labels head's weights in the result, before its calibration.
    labels_adjustment: of the labels head's logits by the shares of the classes (`adjust_to_shares`).
    neutral_offset: added to the calibrated logit of neutral, which the calibration favours for the sake of FER2013's
        many faces on which people disagree.
    """

    photograph_share: float = 0.2
    class_power: float = 1.0
    pull: float = 3e-5
    steps: int = 60
    fitted_share: float = 0.9
    labels_share: float = 0.15
    labels_adjustment: float = 0.2
    neutral_offset: float = -0.19

    def __post_init__(self) -> None:
        if not (0 < self.photograph_share < 1 and 0 <= self.fitted_share <= 1 and 0 <= self.labels_share <= 1):
            raise SettingsError(
                "photograph_share lies between 0 and 1, fitted_share and labels_share are shares from 0 to 1"
            )
        if self.steps < 1 or self.pull < 0:
            raise SettingsError("a refit needs at least one step, and a pull that is not negative")


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Pictures as the head sees them: `features` (n, f) with their `targets` (n, 7)."""

    features: Floats
    targets: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RefitExamples:
    """What a head is fitted to, and calibrated on: `training` and `validation` have shares of votes as targets.

    The `photographs` have one-hot labels. They may be several views of the same pictures, one after the other.
    """

    training: Examples
    photographs: Examples
    validation: Examples


@dataclass(frozen=True, slots=True, eq=False)
class HeadWeights:
    """A dense layer from features (n, f) to logits (n, 7): `kernel` (f, 7) and `bias` (7,)."""

    kernel: _Doubles
    bias: _Doubles

    def predict(self, features: Floats) -> Floats:
        """Probabilities (n, 7)."""
        return np.asarray(softmax(features @ self.kernel + self.bias, axis=1), dtype=np.float32)

    def calibrate(self, calibration: Calibration) -> "HeadWeights":
        """The weights that give calibrated logits."""
        offsets = np.array(calibration.offsets)
        return HeadWeights(self.kernel / calibration.temperature, self.bias / calibration.temperature + offsets)

    def shift(self, expression: int, offset: float) -> "HeadWeights":
        """The weights with `offset` added to the logit of one expression."""
        return HeadWeights(self.kernel, self.bias + offset * np.eye(_CLASSES)[expression])

    def blend(self, other: "HeadWeights", share: float) -> "HeadWeights":
        """The weights with a `share` of `other`'s."""
        return HeadWeights(
            (1 - share) * self.kernel + share * other.kernel, (1 - share) * self.bias + share * other.bias
        )

    def adjust_to_shares(self, labels: Labels, strength: float) -> "HeadWeights":
        """The weights that favour rare classes: each logit lower by `strength` times the logarithm of its class's share
        of the `labels` (Menon et al. 2021, arXiv:2007.07314).
        """
        return HeadWeights(self.kernel, self.bias - strength * compute_log_shares(labels))


def compute_log_shares(labels: Labels) -> _Doubles:
    """The logarithm of each class's share of the `labels`, (7,); of a class without any, as if it had one."""
    counts = np.maximum(np.bincount(labels, minlength=_CLASSES), 1)
    return np.asarray(np.log(counts / counts.sum()), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class TrainedHeads:
    """Both heads of a trained network, as it was before the refit."""

    labels: HeadWeights
    votes: HeadWeights


def read_heads(model: Any) -> TrainedHeads:
    """The weights of both heads of a network."""
    return TrainedHeads(read_head(model, Head.LABELS), read_head(model, Head.VOTES))


def read_head(model: Any, head: Head) -> HeadWeights:
    """The weights of a network's head."""
    kernel, bias = model.get_layer(LOGITS[head]).get_weights()
    return HeadWeights(kernel.astype(np.float64), bias.astype(np.float64))


def write_head(model: Any, head: Head, weights: HeadWeights) -> None:
    """Replaces the weights of a network's head; the graph stays the same."""
    model.get_layer(LOGITS[head]).set_weights([weights.kernel.astype(np.float32), weights.bias.astype(np.float32)])


@dataclass(frozen=True, slots=True, eq=False)
class Refit:
    """A refitted head, calibrated, and the calibration, without the offset of neutral, that is part of it."""

    weights: HeadWeights
    calibration: Calibration


def refit_votes(heads: TrainedHeads, examples: RefitExamples, settings: RefitSettings) -> Refit:
    """Fits the head to the training pictures and the photographs, and calibrates it on the validation pictures."""
    fitted = _fit(heads.votes, examples.training, examples.photographs, settings)
    blended = heads.votes.blend(fitted, settings.fitted_share).blend(heads.labels, settings.labels_share)
    validation = examples.validation
    calibration = fit_calibration(blended.predict(validation.features), validation.targets)
    return Refit(blended.calibrate(calibration).shift(_NEUTRAL, settings.neutral_offset), calibration)


def predict_by_folds(
    heads: TrainedHeads, examples: RefitExamples, folds: npt.NDArray[np.int64], settings: RefitSettings
) -> Floats:
    """Probabilities (n, 7) of the first view of each photograph, by a head fitted without any picture of its fold.

    `folds` (n,): the fold of each photograph.
    """
    photographs = examples.photographs
    count = len(folds)
    of_view = np.tile(folds, len(photographs.features) // count)
    probabilities = np.zeros((count, _CLASSES), np.float32)
    for fold in np.unique(folds):
        others = of_view != fold
        rest = Examples(photographs.features[others], photographs.targets[others])
        refit = refit_votes(heads, replace(examples, photographs=rest), settings)
        probabilities[folds == fold] = refit.weights.predict(photographs.features[:count][folds == fold])
    return probabilities


def _fit(present: HeadWeights, training: Examples, photographs: Examples, settings: RefitSettings) -> HeadWeights:
    """The regression, on features at deviation 1, in single precision where it takes time."""
    deviation = training.features.std(axis=0).astype(np.float64)[:, np.newaxis] + _DEVIATION_FLOOR
    joined = np.concatenate([training.features, photographs.features])
    features = np.asarray(joined / deviation[:, 0], dtype=np.float32)
    targets = np.concatenate([training.targets, photographs.targets]).astype(np.float32)
    weights = _weigh(len(training.targets), photographs.targets.argmax(axis=1).astype(np.uint8), settings)
    start = np.concatenate([present.kernel * deviation, present.bias[np.newaxis]])

    def compute_loss(flat: _Doubles) -> tuple[float, _Doubles]:
        parameters = flat.reshape(start.shape)
        logits = features @ parameters[:-1].astype(np.float32) + parameters[-1].astype(np.float32)
        logits -= logits.max(axis=1, keepdims=True)
        powers = np.exp(logits)
        sums = powers.sum(axis=1, keepdims=True)
        cross_entropy = np.log(sums[:, 0]) - (targets * logits).sum(axis=1)
        slopes = (powers / sums - targets) * weights[:, np.newaxis]
        moved = parameters[:-1] - start[:-1]
        loss = float((weights * cross_entropy).sum(dtype=np.float64) + settings.pull * (moved**2).sum())
        gradient = np.concatenate([features.T @ slopes + 2 * settings.pull * moved, slopes.sum(axis=0)[np.newaxis]])
        return loss, gradient.ravel().astype(np.float64)

    options = {"maxiter": settings.steps}
    best = minimize(compute_loss, start.ravel(), jac=True, method="L-BFGS-B", options=options).x.reshape(start.shape)
    return HeadWeights(best[:-1] / deviation, best[-1])


def _weigh(trained: int, labels: Labels, settings: RefitSettings) -> Floats:
    """The weight of each of `trained` pictures, then of the photographs with these `labels`; all add up to 1."""
    counts = np.maximum(one_hot(labels).sum(axis=0), 1)
    of_photographs = (counts**-settings.class_power)[labels]
    of_trained = np.full(trained, (1 - settings.photograph_share) / trained)
    return np.concatenate(
        [of_trained, settings.photograph_share * of_photographs / of_photographs.sum()], dtype=np.float32
    )

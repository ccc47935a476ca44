"""The learning rate over a run, and the weights of classes and pictures: plain formulas, without Keras."""

import math
from typing import Final

import numpy as np

from data.fer2013 import Labels
from fer_desktop.types import EXPRESSIONS, Floats

_INITIAL_SHARE: Final = 0.05
"""The share of the peak rate with which the warm-up starts."""
_PHOTOGRAPH_POWER: Final = 0.5
"""Each class of photographs weighs as the square root of their number; with equal classes a few weigh too much."""


def compute_learning_rate(progress: float, *, peak: float, warmup: float) -> float:
    """The rate at `progress` (0..1 of the run): linear warm-up over the share `warmup`, then cosine decay to 0."""
    if progress < warmup:
        return peak * (_INITIAL_SHARE + (1 - _INITIAL_SHARE) * progress / warmup)
    return peak * 0.5 * (1 + math.cos(math.pi * (progress - warmup) / (1 - warmup)))


def compute_class_weights(labels: Labels, *, power: float) -> Floats:
    """Weights (7,) proportional to frequency ** -power, with mean 1 over the pictures; 0 for an empty class."""
    counts = np.bincount(labels, minlength=len(EXPRESSIONS)).astype(np.float64)
    weights = np.zeros(len(EXPRESSIONS))
    weights[counts > 0] = counts[counts > 0] ** -power
    return np.asarray(weights * counts.sum() / (weights * counts).sum(), dtype=np.float32)


def weigh_pictures(
    labels: Labels, *, heads: int, power: float, photographs: int = 0, photograph_share: float = 0.0
) -> Floats:
    """The weight (n, heads) of each picture in each head's loss.

    FER2013's pictures come first; their mean is 1, and in the labels head, the first, rare classes weigh more with a
    `power`. The last `photographs` have no weight there and a `photograph_share` of the other head's loss, rare classes
    with more.
    """
    own = len(labels) - photographs
    weights = np.ones((len(labels), heads), np.float32)
    weights[:own, 0] = compute_class_weights(labels[:own], power=power)[labels[:own]]
    if photographs:
        of_photographs = compute_class_weights(labels[own:], power=_PHOTOGRAPH_POWER)[labels[own:]]
        odds = photograph_share / (1 - photograph_share)
        weights[own:, 0] = 0
        weights[own:, 1:] = (of_photographs * odds * own / photographs)[:, np.newaxis]
    return weights

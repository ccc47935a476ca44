"""The learning rate over a run, and the weights of the classes: plain formulas, without Keras."""

import math
from typing import Final

import numpy as np

from data.fer2013 import Labels
from fer_desktop.types import EXPRESSIONS, Floats

_INITIAL_SHARE: Final = 0.05
"""The share of the peak rate with which the warm-up starts."""


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

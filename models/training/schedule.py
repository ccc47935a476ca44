"""The learning rate over a run, and the weights of the classes. Plain formulas, no Keras."""

import math

import numpy as np

from data.fer2013 import Labels
from fer_desktop.types import EXPRESSIONS, Floats


def compute_learning_rate(progress: float, *, peak: float, warmup: float) -> float:
    """The rate at `progress` (0..1 of the run): a linear rise over `warmup` of it, then half a cosine down to 0."""
    if progress < warmup:
        return peak * (0.05 + 0.95 * progress / warmup)
    return peak * 0.5 * (1 + math.cos(math.pi * (progress - warmup) / (1 - warmup)))


def compute_class_weights(labels: Labels, *, power: float) -> Floats:
    """Weights (7,) proportional to frequency ** -power, with mean 1 over the pictures; a class without any has 0."""
    counts = np.bincount(labels, minlength=len(EXPRESSIONS)).astype(np.float64)
    weights = np.zeros(len(EXPRESSIONS))
    weights[counts > 0] = counts[counts > 0] ** -power
    return np.asarray(weights * counts.sum() / (weights * counts).sum(), dtype=np.float32)

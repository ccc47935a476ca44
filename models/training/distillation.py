"""Lets a network learn from what others, its teachers, say of the training pictures (Hinton et al. 2015)."""

import numpy as np

from fer_desktop.types import Floats


def blend_teachers(targets: Floats, readings: Floats, *, share: float, temperature: float) -> Floats:
    """Targets (n, 7) of which a `share` are the teachers' `readings` (n, 7), softened by `temperature`."""
    softened = np.maximum(readings.astype(np.float64), 1e-12) ** (1 / temperature)
    softened /= softened.sum(axis=1, keepdims=True)
    return np.asarray((1 - share) * targets + share * softened, dtype=np.float32)

"""Distillation (Hinton et al. 2015): a student network is trained on its teacher networks' probabilities."""

import numpy as np

from fer_desktop.types import Floats


def blend_teacher_probabilities(targets: Floats, probabilities: Floats, *, share: float, temperature: float) -> Floats:
    """Targets (n, 7) of which a `share` are the teachers' `probabilities` (n, 7), softened by `temperature`."""
    softened = np.maximum(probabilities.astype(np.float64), 1e-12) ** (1 / temperature)
    softened /= softened.sum(axis=1, keepdims=True)
    return np.asarray((1 - share) * targets + share * softened, dtype=np.float32)

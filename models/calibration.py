"""Temperature scaling: one number that makes confidence mean what it says (Guo et al. 2017). Accuracy stays."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from data.fer2013 import Labels
from fer_desktop.types import Floats
from models.architectures import LOGITS

_BOUNDS: Final = (-2.0, 2.0)  # of the logarithm: temperatures of 0.14 to 7.4


def fit_temperature(probabilities: Floats, labels: Labels) -> float:
    """The temperature that makes `labels` (n,) most likely under `probabilities` (n, 7), which have temperature 1."""
    # Softmax ignores a constant per row, so the logarithm of its output serves as logits again.
    logits = np.log(np.maximum(probabilities.astype(np.float64), 1e-12))

    def mean_loss(log_temperature: float) -> float:
        return _mean_cross_entropy(logits / np.exp(log_temperature), labels)

    return float(np.exp(minimize_scalar(mean_loss, bounds=_BOUNDS, method="bounded").x))


def apply_temperature(model: Any, temperature: float) -> None:
    """Divides the model's logits by `temperature`, inside its last weights: the graph stays as it is."""
    layer = model.get_layer(LOGITS)
    layer.set_weights([weight / np.float32(temperature) for weight in layer.get_weights()])


def _mean_cross_entropy(logits: npt.NDArray[np.float64], labels: Labels) -> float:
    shifted = logits - logits.max(axis=1, keepdims=True)
    normalisers = np.log(np.exp(shifted).sum(axis=1))
    return float((normalisers - shifted[np.arange(len(labels)), labels]).mean())

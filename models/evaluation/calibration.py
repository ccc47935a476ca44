"""Calibration: fits a temperature and a bias per class, and stores these eight numbers in the last layer's weights.

The temperature (Guo et al. 2017) sets the confidence. The bias of each class restores the frequencies of the labels,
which FER+ votes in the training targets shift towards neutral.

The loss is the Brier score (Brier 1950). Like the log loss it is a proper score (Gneiting and Raftery 2007), but it is
bounded: FER2013's label differs from a clear majority of FER+'s taggers for 30 % of PublicTest, and the log loss would
distort all probabilities for the few faces whose label the network considers nearly impossible.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import softmax

from fer_desktop.types import EXPRESSIONS, Floats
from models.heads import LOGITS, Head

_Doubles = npt.NDArray[np.float64]

# Of the logarithm of the temperature and of each offset; the offset of a class without pictures would diverge.
_BOUNDS: Final = [(-2.0, 2.0)] + [(-3.0, 3.0)] * len(EXPRESSIONS)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibrated logits are `logits / temperature + offsets`; the offsets sum to 0."""

    temperature: float
    offsets: tuple[float, ...]


def fit_calibration(probabilities: Floats, targets: Floats) -> Calibration:
    """The calibration that minimises the Brier score of a network's `probabilities` (n, 7).

    `targets` (n, 7) are one-hot labels or the shares of votes.
    """
    # Softmax ignores a constant added to a row, so the logarithms of its output serve as logits.
    logits = np.log(np.maximum(probabilities.astype(np.float64), 1e-12))

    def compute_brier_score(parameters: _Doubles) -> float:
        return float(
            ((softmax(logits * np.exp(-parameters[0]) + parameters[1:], axis=1) - targets) ** 2).sum(axis=1).mean()
        )

    best: _Doubles = minimize(compute_brier_score, np.zeros(1 + len(EXPRESSIONS)), method="L-BFGS-B", bounds=_BOUNDS).x
    return Calibration(float(np.exp(best[0])), tuple(float(offset) for offset in best[1:] - best[1:].mean()))


def apply_calibration(model: Any, calibration: Calibration, head: Head = Head.LABELS) -> None:
    """Applies `calibration` to the weights of the head's logits, so that the graph stays the same."""
    layer = model.get_layer(LOGITS[head])
    kernel, bias = layer.get_weights()
    temperature = np.float32(calibration.temperature)
    layer.set_weights([kernel / temperature, bias / temperature + np.array(calibration.offsets, np.float32)])

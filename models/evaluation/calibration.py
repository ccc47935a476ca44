"""Calibration: makes probabilities mean what they say, with eight numbers inside the last weights.

One temperature (Guo et al. 2017) sets how sure the network is. One offset a class draws the shares of the expressions
towards those of the labels: FER+ votes in the training targets draw them towards neutral.

What is made least is the Brier score (Brier 1950), a proper score as the log loss is (Gneiting and Raftery 2007), and a
bounded one: where FER+'s taggers have a clear majority, FER2013's label is another one for 30 % of PublicTest, and the
log loss bends all probabilities for the few faces whose label the network finds nearly impossible.
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

# Of the temperature's logarithm and of each offset; a class without pictures would otherwise run off to -infinity.
_BOUNDS: Final = [(-2.0, 2.0)] + [(-3.0, 3.0)] * len(EXPRESSIONS)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Calibrated logits are `logits / temperature + offsets`; the offsets add up to 0."""

    temperature: float
    offsets: tuple[float, ...]


def fit_calibration(probabilities: Floats, targets: Floats) -> Calibration:
    """The calibration with the least Brier score of a network's `probabilities` (n, 7).

    `targets` (n, 7) are the labels as ones and zeros, or the shares of votes.
    """
    # Softmax ignores a constant per row, so the logarithm of its output serves as logits again.
    logits = np.log(np.maximum(probabilities.astype(np.float64), 1e-12))

    def score(numbers: _Doubles) -> float:
        return float(((softmax(logits * np.exp(-numbers[0]) + numbers[1:], axis=1) - targets) ** 2).sum(axis=1).mean())

    best: _Doubles = minimize(score, np.zeros(1 + len(EXPRESSIONS)), method="L-BFGS-B", bounds=_BOUNDS).x
    return Calibration(float(np.exp(best[0])), tuple(float(offset) for offset in best[1:] - best[1:].mean()))


def apply_calibration(model: Any, calibration: Calibration, head: Head = Head.LABELS) -> None:
    """Puts `calibration` into the weights of the head's logits: the graph stays as it is."""
    layer = model.get_layer(LOGITS[head])
    kernel, bias = layer.get_weights()
    temperature = np.float32(calibration.temperature)
    layer.set_weights([kernel / temperature, bias / temperature + np.array(calibration.offsets, np.float32)])

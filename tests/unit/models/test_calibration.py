"""Calibration finds the temperature that was applied, and keeps the graph."""

from typing import Any

import numpy as np
import pytest

from data.fer2013 import Labels
from fer_desktop.types import Floats
from models.architectures import LOGITS
from models.backend import keras
from models.calibration import apply_temperature, fit_temperature
from models.metrics import compute_calibration_error

TRUE_TEMPERATURE = 2.5


def soften(logits: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", temperature: float) -> Floats:
    powers = np.exp(logits / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def overconfident() -> tuple[Floats, Labels]:
    """Probabilities sharper than the chances by which their labels were drawn."""
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 3, (20_000, 7))
    chances = soften(logits, TRUE_TEMPERATURE).astype(np.float64).cumsum(axis=1)
    labels = (rng.random((len(logits), 1)) > chances[:, :-1]).sum(axis=1).astype(np.uint8)
    return soften(logits, 1.0), labels


def test_the_temperature_is_found(overconfident: tuple[Floats, Labels]) -> None:
    probabilities, labels = overconfident
    temperature = fit_temperature(probabilities, labels)
    assert temperature == pytest.approx(TRUE_TEMPERATURE, rel=0.05)
    cooled = soften(np.log(probabilities.astype(np.float64)), temperature)
    assert compute_calibration_error(cooled, labels) < 0.02 < compute_calibration_error(probabilities, labels)


def test_it_is_applied_inside_the_last_weights() -> None:
    pixels = keras.Input((4,))
    outputs: Any = keras.layers.Softmax()(keras.layers.Dense(7, name=LOGITS)(pixels))
    model = keras.Model(pixels, outputs)
    inputs = np.random.default_rng(0).normal(0, 1, (3, 4)).astype(np.float32)
    before = np.log(model.predict_on_batch(inputs).astype(np.float64))
    apply_temperature(model, 2.0)
    assert model.predict_on_batch(inputs) == pytest.approx(soften(before, 2.0), abs=1e-6)

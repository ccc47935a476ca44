"""Calibration recovers temperature and class frequencies, and leaves the graph unchanged."""

from typing import Any

import numpy as np
import pytest

from data.fer2013 import Labels, one_hot
from fer_desktop.types import Floats
from models.architectures.cnn import build_cnn
from models.architectures.graph import add_votes_head
from models.backend import keras
from models.evaluation.calibration import Calibration, apply_calibration, fit_calibration
from models.evaluation.metrics import compute_calibration_error
from models.evaluation.predictors import predict
from models.heads import LOGITS, Head
from tests.drawn_faces import make_face_set

TRUE_TEMPERATURE = 2.5
TRUE_OFFSETS = np.array([0.5, -0.5, 0.2, 0.0, 0.3, -0.1, -0.4])


def soften(logits: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", temperature: float) -> Floats:
    powers = np.exp(logits / temperature)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture
def skewed() -> tuple[Floats, Labels]:
    """Overconfident probabilities with biased class frequencies, and labels drawn from the true ones."""
    rng = np.random.default_rng(5)
    logits = rng.normal(0, 3, (20_000, 7))
    chances = soften(logits + TRUE_OFFSETS * TRUE_TEMPERATURE, TRUE_TEMPERATURE).astype(np.float64).cumsum(axis=1)
    labels = (rng.random((len(logits), 1)) > chances[:, :-1]).sum(axis=1).astype(np.uint8)
    return soften(logits, 1.0), labels


def test_temperature_and_offsets_are_found(skewed: tuple[Floats, Labels]) -> None:
    probabilities, labels = skewed
    calibration = fit_calibration(probabilities, one_hot(labels))
    assert calibration.temperature == pytest.approx(TRUE_TEMPERATURE, rel=0.05)
    assert calibration.offsets == pytest.approx(TRUE_OFFSETS, abs=0.1)


def test_calibrated_probabilities_match_the_frequencies(skewed: tuple[Floats, Labels]) -> None:
    probabilities, labels = skewed
    calibration = fit_calibration(probabilities, one_hot(labels))
    logits = np.log(probabilities.astype(np.float64)) + np.array(calibration.offsets) * calibration.temperature
    calibrated = soften(logits, calibration.temperature)
    targets = one_hot(labels)
    assert compute_calibration_error(calibrated, targets) < 0.02 < compute_calibration_error(probabilities, targets)


def test_shares_of_votes_serve_as_targets_too() -> None:
    logits = np.random.default_rng(5).normal(0, 3, (5_000, 7))
    shares = soften(logits + TRUE_OFFSETS * TRUE_TEMPERATURE, TRUE_TEMPERATURE)
    calibration = fit_calibration(soften(logits, 1.0), shares)
    assert calibration.temperature == pytest.approx(TRUE_TEMPERATURE, rel=0.01)
    assert calibration.offsets == pytest.approx(TRUE_OFFSETS, abs=0.01)


def test_a_few_disputed_labels_hardly_change_the_temperature() -> None:
    rng = np.random.default_rng(5)
    probabilities = soften(rng.normal(0, 4, (20_000, 7)), 1.0)
    chances = probabilities.astype(np.float64).cumsum(axis=1)
    labels = (rng.random((len(chances), 1)) > chances[:, :-1]).sum(axis=1).astype(np.uint8)
    disputed = rng.random(len(labels)) < 0.05
    labels[disputed] = rng.integers(0, 7, disputed.sum())
    assert fit_calibration(probabilities, one_hot(labels)).temperature < 1.15, "the log loss gives 1.37"


def test_a_class_without_pictures_keeps_the_fit_finite() -> None:
    probabilities = soften(np.random.default_rng(1).normal(0, 1, (50, 7)), 1.0)
    calibration = fit_calibration(probabilities, one_hot(np.zeros(50, np.uint8)))
    assert np.isfinite([calibration.temperature, *calibration.offsets]).all()


def test_each_head_has_its_own_calibration() -> None:
    model = add_votes_head(build_cnn((4,), units=8))
    faces = make_face_set([0, 3, 6]).images
    labels = predict(model, faces, Head.LABELS)
    apply_calibration(model, Calibration(1.0, tuple(TRUE_OFFSETS.tolist())), Head.VOTES)
    assert predict(model, faces, Head.LABELS) == pytest.approx(labels)
    assert predict(model, faces, Head.VOTES) == pytest.approx(np.tile(soften(TRUE_OFFSETS[np.newaxis], 1.0), (3, 1)))


def test_it_is_applied_to_the_last_weights() -> None:
    pixels = keras.Input((4,))
    outputs: Any = keras.layers.Softmax()(keras.layers.Dense(7, name=LOGITS[Head.LABELS])(pixels))
    model = keras.Model(pixels, outputs)
    inputs = np.random.default_rng(0).normal(0, 1, (3, 4)).astype(np.float32)
    before = np.log(model.predict_on_batch(inputs).astype(np.float64))
    apply_calibration(model, Calibration(2.0, tuple(TRUE_OFFSETS.tolist())))
    assert model.predict_on_batch(inputs) == pytest.approx(soften(before + 2.0 * TRUE_OFFSETS, 2.0), abs=1e-6)

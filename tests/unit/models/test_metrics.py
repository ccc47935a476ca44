"""Every metric against a value computed by hand."""

import numpy as np
import pytest

from data.fer2013 import one_hot
from fer_desktop.errors import DataError
from models.evaluation.metrics import (
    Valence,
    compute_brier_score,
    compute_calibration_error,
    count_confusion,
    measure,
    measure_neutral_called_negative,
    measure_valence,
)

ANGRY, HAPPY, NEUTRAL = 0, 3, 6


def predict_classes(classes: list[int], confidence: float = 0.9) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """Probabilities with the given class as the likeliest of each row."""
    rows = np.full((len(classes), 7), (1 - confidence) / 6, np.float32)
    rows[np.arange(len(classes)), classes] = confidence
    return rows


def test_confusion_has_true_classes_in_rows_and_predictions_in_columns() -> None:
    confusion = count_confusion(np.array([3, 3, 6]), np.array([3, 0, 0], np.uint8))
    assert confusion.sum() == 3
    assert (confusion[HAPPY, HAPPY], confusion[ANGRY, HAPPY], confusion[ANGRY, NEUTRAL]) == (1, 1, 1)


def test_figures_of_a_small_set() -> None:
    # True: 4 happy (3 correct, 1 as neutral), 2 angry (1 correct, 1 as happy); neutral has no picture.
    labels = np.array([3, 3, 3, 3, 0, 0], np.uint8)
    metrics = measure(predict_classes([3, 3, 3, 6, 0, 3]), labels)
    happy, angry, neutral = (metrics.per_class[name] for name in ("happy", "angry", "neutral"))
    assert metrics.n == 6
    assert metrics.accuracy == pytest.approx(4 / 6)
    assert metrics.balanced_accuracy == pytest.approx((3 / 4 + 1 / 2) / 2)
    assert (happy.precision, happy.recall, happy.f1, happy.support) == (3 / 4, 3 / 4, 3 / 4, 4)
    assert (angry.precision, angry.recall, angry.support) == (1.0, 0.5, 2)
    assert angry.f1 == pytest.approx(2 / 3)
    assert (neutral.precision, neutral.recall, neutral.f1, neutral.support) == (0.0, 0.0, 0.0, 0)
    assert metrics.macro_f1 == pytest.approx((3 / 4 + 2 / 3 + 0) / 3)
    assert metrics.weighted.precision == pytest.approx((4 * 3 / 4 + 2 * 1.0) / 6)
    assert metrics.weighted.recall == pytest.approx(metrics.accuracy)
    assert metrics.weighted.f1 == pytest.approx((4 * 3 / 4 + 2 * 2 / 3) / 6)


def test_classes_come_in_the_order_of_fer2013() -> None:
    names = list(measure(predict_classes([0]), np.array([0], np.uint8)).per_class)
    assert names == ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]


def test_calibration_error_is_the_gap_between_confidence_and_accuracy() -> None:
    # One bin: confidence .9, half correct: gap .4. Another: confidence .5, all correct: gap .5. Weights 2/3 and 1/3.
    probabilities = np.concatenate([predict_classes([0, 0], 0.9), predict_classes([1], 0.5)])
    labels = one_hot(np.array([0, 5, 1], np.uint8))
    assert compute_calibration_error(probabilities, labels) == pytest.approx(2 / 3 * 0.4 + 1 / 3 * 0.5, abs=1e-6)


def test_probabilities_equal_to_the_votes_have_no_calibration_error() -> None:
    votes = np.array([[0.7, 0.3, 0, 0, 0, 0, 0], [0.1, 0.9, 0, 0, 0, 0, 0]], np.float32)
    assert compute_calibration_error(votes, votes) == pytest.approx(0, abs=1e-7)
    assert compute_calibration_error(votes[::-1], votes) == pytest.approx(0.6, abs=1e-6), ".9 for .3, .7 for .1"


def test_certainty_falls_into_the_last_bin() -> None:
    assert compute_calibration_error(predict_classes([2, 2], 1.0), one_hot(np.array([2, 2], np.uint8))) == 0.0


def test_the_brier_score_is_the_squared_distance_from_the_labels() -> None:
    probabilities = np.array([[0.8, 0.2, 0, 0, 0, 0, 0], [0, 0, 0, 1, 0, 0, 0]], np.float32)
    labels = one_hot(np.array([0, 3], np.uint8))
    assert compute_brier_score(probabilities, labels) == pytest.approx((0.2**2 + 0.2**2) / 2)


def test_valence_counts_any_negative_expression_for_another_and_leaves_surprise_out() -> None:
    # True: angry as sad, fear as neutral, happy as surprise, happy as happy, neutral as neutral, surprise as happy.
    labels = np.array([0, 2, 3, 3, 6, 5], np.uint8)
    valence = measure_valence(count_confusion(np.array([4, 6, 5, 3, 6, 3]), labels))
    assert (valence.negative, valence.neutral, valence.positive) == (0.5, 1.0, 0.5)
    assert valence.mean == pytest.approx(2 / 3)


def test_valence_leaves_missing_groups_out_of_the_mean() -> None:
    valence = measure_valence(count_confusion(np.array([3, 6]), np.array([3, 3], np.uint8)))
    assert (valence, valence.mean) == (Valence(None, None, 0.5), 0.5)
    assert measure_valence(count_confusion(np.array([5]), np.array([5], np.uint8))).mean is None, "surprise alone"


def test_empty_or_mismatched_input_is_refused() -> None:
    with pytest.raises(DataError, match="cannot measure"):
        measure(np.zeros((0, 7), np.float32), np.zeros(0, np.uint8))
    with pytest.raises(DataError, match="cannot measure"):
        measure(predict_classes([1, 2]), np.array([1], np.uint8))


def test_neutral_faces_called_negative_are_a_share_of_the_neutral_ones() -> None:
    confusion = np.zeros((7, 7), np.int64)
    assert measure_neutral_called_negative(confusion) is None
    confusion[6] = (1, 0, 0, 2, 1, 3, 3)  # angry and sad, of ten
    confusion[4, 6] = 5
    assert measure_neutral_called_negative(confusion) == pytest.approx(0.2)

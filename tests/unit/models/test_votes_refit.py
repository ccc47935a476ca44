"""A refitted head learns from the photographs, keeps what the votes taught it, and is measured on unknown people."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from data.fer2013 import one_hot
from data.people import assign_folds
from fer_desktop.errors import SettingsError
from fer_desktop.types import Floats
from models.architectures.cnn import build_cnn
from models.architectures.graph import add_votes_head
from models.evaluation.features import compute_features
from models.evaluation.predictors import predict
from models.heads import Head
from models.training.votes_refit import (
    Examples,
    HeadWeights,
    RefitExamples,
    RefitSettings,
    TrainedHeads,
    predict_by_folds,
    read_head,
    refit_votes,
    write_head,
)
from tests.drawn_faces import make_face_set

SETTINGS = RefitSettings(neutral_offset=0.0, labels_share=0.0)
FEATURES = 12
CENTRES = np.random.default_rng(0).normal(0, 1, (7, FEATURES))
SHIFT = np.eye(FEATURES)[0] * 3.0  # how photographs differ from FER2013, in a feature that the present head ignores
PRESENT = HeadWeights(CENTRES.T * (np.arange(FEATURES) > 0)[:, np.newaxis], np.zeros(7))
LABELS = HeadWeights(CENTRES.T * (np.arange(FEATURES) < 6)[:, np.newaxis], np.arange(7.0))
HEADS = TrainedHeads(labels=LABELS, votes=PRESENT)


def draw(count: int, seed: int, *, shown: npt.NDArray[np.int64] | None = None) -> Examples:
    """Features around the centre of each picture's class."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 7, count) if shown is None else shown
    features = CENTRES[labels] + rng.normal(0, 1, (count, FEATURES))
    return Examples(features.astype(np.float32), one_hot(labels.astype(np.uint8)))


def draw_photographs(count: int, seed: int) -> Examples:
    """As `draw`, of a world in which neutral faces look as angry ones of FER2013 do, but for the shift."""
    photographs = draw(count, seed, shown=np.random.default_rng(seed).choice([0, 6], count))
    features = np.where(photographs.targets[:, 6:] > 0, photographs.features + SHIFT, photographs.features)
    return Examples(features.astype(np.float32), photographs.targets)


def measure(head: HeadWeights, examples: Examples) -> float:
    return float((head.predict(examples.features).argmax(axis=1) == examples.targets.argmax(axis=1)).mean())


@pytest.fixture(scope="module")
def training() -> Examples:
    return draw(4_000, 1)


@pytest.fixture(scope="module")
def validation() -> Examples:
    return draw(1_000, 2)


def test_photographs_are_read_better_and_the_votes_no_worse(training: Examples, validation: Examples) -> None:
    new = refit_votes(HEADS, RefitExamples(training, draw_photographs(400, 3), validation), SETTINGS).weights
    unknown = draw_photographs(1_000, 4)
    assert measure(new, unknown) > measure(PRESENT, unknown) + 0.02
    assert measure(new, validation) > measure(PRESENT, validation) - 0.01


def test_without_a_share_of_the_fitted_weights_only_the_calibration_changes(
    training: Examples, validation: Examples
) -> None:
    settings = replace(SETTINGS, fitted_share=0.0)
    refit = refit_votes(HEADS, RefitExamples(training, draw_photographs(100, 3), validation), settings)
    calibrated = PRESENT.calibrate(refit.calibration)
    assert refit.weights.kernel == pytest.approx(calibrated.kernel)
    assert refit.weights.bias == pytest.approx(calibrated.bias)


def test_the_labels_head_has_its_share_of_the_new_head(training: Examples, validation: Examples) -> None:
    settings = replace(SETTINGS, fitted_share=0.0, labels_share=0.25)
    refit = refit_votes(HEADS, RefitExamples(training, draw_photographs(100, 3), validation), settings)
    joined = HeadWeights(
        0.75 * PRESENT.kernel + 0.25 * LABELS.kernel, 0.75 * PRESENT.bias + 0.25 * LABELS.bias
    ).calibrate(refit.calibration)
    assert refit.weights.kernel == pytest.approx(joined.kernel)
    assert refit.weights.bias == pytest.approx(joined.bias)


def test_an_adjusted_head_favours_rare_classes_by_the_logarithm_of_their_share() -> None:
    labels = np.repeat(np.arange(7), [40, 40, 40, 40, 40, 40, 4]).astype(np.uint8)
    moved = PRESENT.adjust_to_shares(labels, 0.5).bias - PRESENT.bias
    assert moved[6] - moved[0] == pytest.approx(0.5 * np.log(10))
    assert moved[:6] == pytest.approx(np.full(6, moved[0]))
    assert PRESENT.adjust_to_shares(labels, 0.5).kernel == pytest.approx(PRESENT.kernel)


def test_the_offset_moves_the_logit_of_neutral_alone(training: Examples, validation: Examples) -> None:
    photographs = draw_photographs(100, 3)
    plain = refit_votes(HEADS, RefitExamples(training, photographs, validation), SETTINGS).weights
    moved = refit_votes(
        HEADS, RefitExamples(training, photographs, validation), replace(SETTINGS, neutral_offset=-0.5)
    ).weights
    assert moved.bias - plain.bias == pytest.approx([0, 0, 0, 0, 0, 0, -0.5])
    assert moved.kernel == pytest.approx(plain.kernel)


def test_a_strong_pull_keeps_the_present_weights(training: Examples, validation: Examples) -> None:
    photographs = draw_photographs(100, 3)
    far, near = (
        refit_votes(
            HEADS, RefitExamples(training, photographs, validation), replace(SETTINGS, fitted_share=1.0, pull=pull)
        )
        for pull in (0.0, 1e3)
    )
    moved = [np.abs(each.weights.kernel * each.calibration.temperature - PRESENT.kernel).max() for each in (far, near)]
    assert moved[1] < 1e-3 < moved[0]


def test_rare_expressions_weigh_more_with_a_class_power(training: Examples, validation: Examples) -> None:
    photographs = draw(600, 5, shown=np.array([6] * 570 + [4] * 30))
    turned = Examples(photographs.features[::-1].copy(), photographs.targets)  # the labels contradict the votes
    recalls = [
        refit_votes(
            HEADS, RefitExamples(training, turned, validation), replace(SETTINGS, class_power=power)
        ).weights.predict(turned.features[570:])[:, 4]
        for power in (0.0, 1.0)
    ]
    assert recalls[1].mean() > recalls[0].mean()


def test_nobody_is_predicted_by_a_head_that_was_shown_them() -> None:
    """Each person has a feature of their own, with random labels: nothing can be learnt but by heart."""
    people = np.repeat(np.arange(30), 4)
    rng = np.random.default_rng(6)
    labels = rng.integers(0, 7, 30)[people].astype(np.uint8)
    views = np.tile(np.eye(30)[people] * 20, (2, 1))
    photographs = Examples(views.astype(np.float32), np.tile(one_hot(labels), (2, 1)))
    none = np.zeros((7_000, 30), np.float32)
    rest = Examples(none, one_hot((np.arange(7_000) % 7).astype(np.uint8)))
    blank = HeadWeights(np.zeros((30, 7)), np.zeros(7))
    heads = TrainedHeads(labels=blank, votes=blank)
    settings = replace(SETTINGS, pull=0.0, fitted_share=1.0)

    def hits(probabilities: Floats) -> float:
        return float((probabilities.argmax(axis=1) == labels).mean())

    shown = refit_votes(heads, RefitExamples(rest, photographs, rest), settings).weights.predict(
        photographs.features[:120]
    )
    folds = assign_folds(people, folds=5, seed=1)
    by_folds = predict_by_folds(heads, RefitExamples(rest, photographs, rest), folds, settings)
    assert hits(shown) > 0.9
    assert hits(by_folds) < 0.4
    assert by_folds.sum(axis=1) == pytest.approx(np.ones(120), abs=1e-5)


def test_a_head_is_read_and_written_without_touching_the_other() -> None:
    model = add_votes_head(build_cnn((4,), units=8))
    faces = make_face_set([0, 3, 6]).images
    labels = predict(model, faces, Head.LABELS)
    features = compute_features(model, faces)
    assert read_head(model, Head.LABELS).predict(features) == pytest.approx(labels, abs=1e-6)
    weights = HeadWeights(np.random.default_rng(1).normal(0, 1, (features.shape[1], 7)), np.arange(7.0))
    write_head(model, Head.VOTES, weights)
    assert predict(model, faces, Head.VOTES) == pytest.approx(weights.predict(features), abs=1e-5)
    assert predict(model, faces, Head.LABELS) == pytest.approx(labels)


@pytest.mark.parametrize(
    "wrong",
    [
        {"photograph_share": 0.0},
        {"photograph_share": 1.0},
        {"fitted_share": 1.1},
        {"labels_share": -0.1},
        {"steps": 0},
        {"pull": -1.0},
    ],
)
def test_impossible_settings_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        replace(SETTINGS, **wrong)  # type: ignore[arg-type]

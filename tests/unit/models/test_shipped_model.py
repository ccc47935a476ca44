"""The shipped network: its preprocessing and predictions are pinned, and it is as accurate as its card states."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.class_folders import read_test_folders
from data.fer2013 import read_fer2013
from data.ferplus import read_votes
from fer_desktop.types import NEGATIVE_EXPRESSIONS
from models.card import ModelCard, hash_pictures
from models.evaluation.evaluate import evaluate, evaluate_votes
from models.evaluation.heads_evaluation import evaluate_heads
from models.evaluation.predictors import Ensemble, count_macs, predict
from models.heads import Head, choose_head
from models.labels import LABELS
from models.loading import SHIPPED_FOLDER, load_model
from models.training.refit_data import make_examples, read_refit_data
from models.training.votes_refit import RefitSettings, read_head, read_heads, refit_votes
from tests.golden.preprocessing import GOLDEN_FILE, compute_outputs

STANDARDISED_TOLERANCE = 1e-4  # of values about -3 to 3: float32 sums in another order
PROBABILITY_TOLERANCE = 2e-3  # other processors choose other convolution kernels


def test_preprocessing_and_predictions_equal_the_golden_array(shipped: tuple[Any, ModelCard]) -> None:
    model, card = shipped
    with np.load(GOLDEN_FILE) as golden:
        assert str(golden["weights_sha256"]) == card.weights_sha256, "run: python -m tests.golden.preprocessing"
        standardised, probabilities = compute_outputs(model, golden["crops"])
        assert np.abs(standardised - golden["standardised"]).max() < STANDARDISED_TOLERANCE
        assert np.abs(probabilities - golden["probabilities"]).max() < PROBABILITY_TOLERANCE


def test_preprocessing_brings_each_picture_to_mean_0_and_deviation_1(shipped_model: Any) -> None:
    with np.load(GOLDEN_FILE) as golden:
        crops = golden["crops"].astype(np.float64)
    standardised, _ = compute_outputs(shipped_model, crops.astype(np.uint8))
    mean, variance = (f(crops, axis=(1, 2), keepdims=True) for f in (np.mean, np.var))
    assert np.abs(standardised - (crops - mean) / np.sqrt(variance + 25.0)).max() < STANDARDISED_TOLERANCE


@pytest.mark.parametrize("head", Head)
def test_predictions_are_probabilities_and_do_not_depend_on_the_batch(shipped_model: Any, head: Head) -> None:
    with np.load(GOLDEN_FILE) as golden:
        crops = golden["crops"]
    together = predict(shipped_model, crops, head)
    assert together.shape == (len(crops), 7)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(crops)), abs=1e-5)
    alone = np.concatenate([predict(shipped_model, crop[np.newaxis], head) for crop in crops])
    assert np.abs(together - alone).max() < PROBABILITY_TOLERANCE


def test_the_program_shows_the_votes(shipped_model: Any) -> None:
    assert choose_head(shipped_model) is Head.VOTES


def test_exposure_hardly_changes_a_prediction(shipped_model: Any) -> None:
    with np.load(GOLDEN_FILE) as golden:
        crops = golden["crops"][:6]
    darker = (crops * 0.7).astype(np.uint8)
    assert np.abs(predict(shipped_model, crops) - predict(shipped_model, darker)).max() < 0.1


def test_the_card_has_the_size_of_the_graph(shipped: tuple[Any, ModelCard]) -> None:
    model, card = shipped
    assert (model.count_params(), count_macs(model)) == (card.parameters, card.macs)
    assert card.parameters <= 1_500_000


def test_the_accuracy_by_labels_is_that_of_the_card(shipped: tuple[Any, ModelCard], shared_folder: Path) -> None:
    model, card = shipped
    faces = read_fer2013(shared_folder / "data" / "fer2013.csv.xz").with_usage("PublicTest")
    metrics = evaluate(Ensemble((model,)), faces, None).metrics
    assert metrics.accuracy >= 0.70
    assert metrics.accuracy == pytest.approx(card.metrics["PublicTest"].accuracy, abs=0.002)


def test_the_figures_outside_fer2013_are_those_of_the_card(shipped: tuple[Any, ModelCard], shared_folder: Path) -> None:
    """The votes head was fitted to these pictures. Its figures are lower: of heads that did not see the person."""
    model, card = shipped
    (news,) = card.outside
    faces = read_test_folders(shared_folder / "data" / "wild").faces
    evaluation = evaluate_heads(Ensemble((model,)), faces)
    assert card.refit is not None
    assert card.refit.photographs_sha256 == hash_pictures(faces.images)
    assert (news.n, news.folds, news.shown, tuple(news.heads)) == (len(faces), 5, evaluation.shown, tuple(Head))
    stated, labels = news.heads[Head.LABELS], evaluation.heads[Head.LABELS]
    assert labels.metrics.accuracy == pytest.approx(stated.accuracy, abs=0.003)
    assert labels.metrics.balanced_accuracy == pytest.approx(stated.balanced_accuracy, abs=0.01)
    assert labels.valence.mean == pytest.approx(stated.valence.mean, abs=0.005)
    by_folds, shown = news.heads[Head.VOTES], evaluation.heads[Head.VOTES]
    assert 0 < shown.metrics.balanced_accuracy - by_folds.balanced_accuracy < 0.08
    assert 0 < shown.metrics.accuracy - by_folds.accuracy < 0.03


@pytest.mark.timeout(900)
def test_the_shipped_head_is_that_of_a_refit(shipped: tuple[Any, ModelCard], shared_folder: Path) -> None:
    model, card = shipped
    start, of_start = load_model(SHIPPED_FOLDER.parent / "results" / "fernet-two-heads")
    assert card.refit is not None
    assert card.refit.start_sha256 == of_start.weights_sha256
    settings = RefitSettings()
    assert card.refit.settings == asdict(settings)
    folder = shared_folder / "data"
    csv, votes = folder / "fer2013.csv.xz", folder / "fer2013new.csv"
    data = read_refit_data(csv, votes, folder=folder / "wild", people=folder / "wild-people.csv")
    examples = make_examples(start, data)
    refit = refit_votes(read_heads(start), examples, settings).weights
    features = examples.validation.features
    assert np.abs(refit.predict(features) - read_head(model, Head.VOTES).predict(features)).mean() < 0.005
    labels = read_head(start, Head.LABELS).adjust_to_shares(data.cleaned.labels, settings.labels_adjustment)
    assert np.abs(labels.predict(features) - read_head(model, Head.LABELS).predict(features)).max() < 1e-4


def test_the_accuracy_by_votes_is_that_of_the_card(shipped: tuple[Any, ModelCard], shared_folder: Path) -> None:
    model, card = shipped
    faces = read_fer2013(shared_folder / "data" / "fer2013.csv.xz").with_usage("PublicTest")
    votes = read_votes(shared_folder / "data" / "fer2013new.csv")
    metrics = evaluate_votes(Ensemble((model,)), faces, votes, None).metrics
    assert metrics.accuracy >= 0.88
    assert metrics.accuracy == pytest.approx(card.votes["PublicTest"].accuracy, abs=0.002)
    assert metrics.ece <= 0.03
    negative = [LABELS.index(name) for name in NEGATIVE_EXPRESSIONS]
    neutral = metrics.confusion[LABELS.index("neutral")]
    assert neutral[negative].sum() / neutral.sum() < 0.1, "neutral faces predicted as negative"

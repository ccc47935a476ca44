"""Evaluation: ensembles, mirrored faces, votes, other libraries; and the targets of distillation."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fer_desktop.errors import DataError, ModelError
from fer_desktop.types import Floats, Image
from models.evaluation.baselines import run_baseline
from models.evaluation.evaluate import evaluate_votes
from models.evaluation.heads_evaluation import evaluate_heads
from models.evaluation.predictors import Ensemble, Library
from models.heads import Head
from models.training.distillation import blend_teacher_probabilities
from tests.drawn_faces import make_face_set

IMAGES = make_face_set([0, 1, 2]).images

SCRIPT = """
import json, sys
count = json.loads(sys.stdin.buffer.readline())["count"]
assert len(sys.stdin.buffer.read()) == count * 48 * 48
print("a library may print something first")
print(json.dumps([[1, 0, 0, 0, 0, 0, 0]] * count))
"""


class HalvesNetwork:
    """A fake network: two probabilities in proportion to the brightness of the left and the right half."""

    def predict_on_batch(self, batch: Floats) -> Floats:
        left, right = batch[:, :, :24].mean(axis=(1, 2, 3)), batch[:, :, 24:].mean(axis=(1, 2, 3))
        halves = np.stack([left, right, *[np.zeros_like(left)] * 5], axis=1)
        return np.asarray(halves / (left + right)[:, np.newaxis], dtype=np.float32)


class CertainNetwork:
    """A fake network that always predicts the third class with probability 1."""

    def predict_on_batch(self, batch: Floats) -> Floats:
        return np.tile(np.eye(7, dtype=np.float32)[2], (len(batch), 1))


def test_probabilities_are_averaged() -> None:
    alone: Any = Ensemble((HalvesNetwork(),)).predict(IMAGES)
    together = Ensemble((HalvesNetwork(), CertainNetwork())).predict(IMAGES)
    assert together[:, 2] == pytest.approx(np.full(3, 0.5))
    assert together[:, :2] == pytest.approx(alone[:, :2] / 2)


def test_flips_average_the_mirrored_face() -> None:
    assert Ensemble((HalvesNetwork(),), flips=True).predict(IMAGES)[:, :2] == pytest.approx(np.full((3, 2), 0.5))


def test_teachers_have_their_share_of_a_target() -> None:
    targets = np.eye(7, dtype=np.float32)[[0]]
    probabilities = np.array([[0.64, 0.36, 0, 0, 0, 0, 0]], np.float32)
    plain = blend_teacher_probabilities(targets, probabilities, share=0.5, temperature=1.0)
    assert plain[0, :2] == pytest.approx([0.82, 0.18])
    softened = blend_teacher_probabilities(targets, probabilities, share=1.0, temperature=2.0)
    assert softened[0, :2] == pytest.approx([0.8 / 1.4, 0.6 / 1.4], abs=1e-4)
    assert blend_teacher_probabilities(targets, probabilities, share=0.0, temperature=2.0) == pytest.approx(targets)


def test_another_library_predicts_through_a_pipe() -> None:
    probabilities = run_baseline([sys.executable, "-c", SCRIPT], "other", IMAGES)
    assert probabilities.tolist() == [[1, 0, 0, 0, 0, 0, 0]] * 3


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import sys; sys.exit('its weights are missing')", "other cannot be measured: .*its weights are missing"),
        ("print([[1, 2]])", r"other gave \(1, 2\) probabilities for 3 pictures"),
    ],
)
def test_a_failing_library_is_reported_with_its_reason(program: str, reason: str) -> None:
    with pytest.raises(ModelError, match=reason):
        run_baseline([sys.executable, "-c", program], "other", IMAGES)


def test_each_baseline_has_its_script() -> None:
    from models.evaluation.baselines import BASELINES

    peers = Path(__file__).parents[3] / "tools" / "peers"
    assert all((peers / f"read_with_{name}.py").is_file() for name in BASELINES)


class TwoHeads:
    """A fake network with two heads: always angry by its labels, 80 % angry and 20 % happy by its votes."""

    layers = ()

    def count_params(self) -> int:
        return 0

    def predict_on_batch(self, batch: Floats) -> list[Floats]:
        rows = np.array([[1, 0, 0, 0, 0, 0, 0], [0.8, 0, 0, 0.2, 0, 0, 0]], np.float32)
        return [np.tile(row, (len(batch), 1)) for row in rows]


def test_a_head_is_chosen_by_name_and_a_network_without_it_uses_its_labels() -> None:
    two = Ensemble((TwoHeads(),))
    assert two.predict(IMAGES)[0, 0] == 1
    assert two.predict(IMAGES, Head.VOTES)[0, 0] == pytest.approx(0.8)
    mixed = Ensemble((TwoHeads(), CertainNetwork()))
    assert mixed.predict(IMAGES, Head.VOTES)[0, :4] == pytest.approx([0.4, 0, 0.5, 0.1])


class TwoHeadsPredictor:
    """A fake predictor: certainly angry by its labels, certainly happy by its votes."""

    parameters = 10
    macs = 20
    heads = (Head.LABELS, Head.VOTES)

    def predict(self, images: Image, head: Head = Head.LABELS, /) -> Floats:
        return np.tile(np.eye(7, dtype=np.float32)[0 if head is Head.LABELS else 3], (len(images), 1))


def test_each_head_is_measured_and_missing_classes_are_left_out() -> None:
    evaluation = evaluate_heads(TwoHeadsPredictor(), make_face_set([3, 3, 3, 0]))
    labels, votes = evaluation.heads[Head.LABELS], evaluation.heads[Head.VOTES]
    assert evaluation.shown is Head.VOTES
    assert (labels.metrics.accuracy, votes.metrics.accuracy) == (0.25, 0.75)
    assert labels.metrics.balanced_accuracy == votes.metrics.balanced_accuracy == 0.5
    assert tuple(votes.per_class) == ("angry", "happy")
    assert (votes.valence.negative, votes.valence.neutral, votes.valence.positive) == (0, None, 1)
    assert votes.brier == pytest.approx(2 / 4)


def test_another_library_has_a_single_head() -> None:
    assert Library("fer").heads == (Head.LABELS,)


def test_votes_are_measured_where_most_agree_and_calibration_everywhere() -> None:
    faces = make_face_set([3, 3, 3])
    votes = np.array([[8, 0, 0, 2, 0, 0, 0], [0, 0, 0, 7, 0, 0, 0], [5, 0, 0, 5, 0, 0, 0]], np.float32)
    metrics = evaluate_votes(Ensemble((TwoHeads(),)), faces, votes, None).metrics
    assert (metrics.n, metrics.accuracy) == (2, 0.5), "five of ten are no majority"
    assert metrics.per_class["angry"].support == metrics.per_class["happy"].support == 1
    # Angry has .8, 0 and .5 of the three pictures' votes, and is predicted with .8 for each.
    assert metrics.ece == pytest.approx(0.8 - 1.3 / 3)
    with pytest.raises(DataError, match="no majority"):
        evaluate_votes(Ensemble((TwoHeads(),)), faces, np.zeros((3, 7), np.float32), None)


def test_copies_of_training_pictures_are_left_out_of_the_votes_too() -> None:
    faces = make_face_set([3, 3, 3])
    votes = np.eye(7, dtype=np.float32)[[0, 3, 3]] * 10
    evaluation = evaluate_votes(Ensemble((TwoHeads(),)), faces, votes, faces.images[1:])
    assert evaluation.without_copies is not None
    assert (evaluation.without_copies.n, evaluation.without_copies.accuracy) == (1, 1.0)
    assert evaluate_votes(Ensemble((TwoHeads(),)), faces, votes, faces.images).without_copies is None

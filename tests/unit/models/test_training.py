"""A training run learns, can be interrupted at any moment, and resumes to the same result."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.fer2013 import one_hot
from data.ferplus import blend_targets
from fer_desktop.errors import DataError, SettingsError
from fer_desktop.types import Image
from models.architectures.graph import add_votes_head, make_input, make_model
from models.architectures.registry import build_network
from models.backend import keras
from models.evaluation.predictors import count_macs, predict
from models.heads import LOGITS, PROBABILITIES, Head, list_heads
from models.training.batches import plan_batches
from models.training.recipes import Recipe
from models.training.run_log import LOG_NAME, StepReport
from models.training.trainer import Trainer, TrainingData
from tests.drawn_faces import make_face_set
from tests.unit.models.tiny_run import make_striped_faces

RECIPE = Recipe("tiny", epochs=2, batch_size=8, warmup_epochs=0.5, average_decay=0.5, precision="float32")


HINTED = replace(RECIPE, hint_weight=1.0, teacher_share=0.5)


class KilledError(Exception):
    """Simulates the end of the process."""


def build_tiny(_name: str) -> Any:
    pixels = keras.Input((48, 48, 1))
    x = keras.layers.Rescaling(1 / 255)(pixels)
    x = keras.layers.Conv2D(4, 5, 4, use_bias=False)(x)
    x = keras.layers.ReLU()(keras.layers.BatchNormalization(momentum=0.5)(x))
    x = keras.layers.Dropout(0.2)(keras.layers.GlobalAveragePooling2D()(x))
    x = keras.layers.Dense(7, name=LOGITS[Head.LABELS])(x)
    return keras.Model(pixels, keras.layers.Softmax(name=PROBABILITIES[Head.LABELS])(x), name="tiny")


@pytest.fixture(scope="module")
def data() -> TrainingData:
    training = make_face_set([0, 3, 6, 4] * 6)
    targets = blend_targets(training, None, vote_share=0.0, smoothing=0.1)[:, np.newaxis]
    return TrainingData(training, targets, make_face_set([0, 3, 6, 4], "PublicTest", first_seed=100))


def ignore(_report: StepReport) -> None:
    """Watches nothing."""


def train(
    data: TrainingData,
    folder: Path,
    *,
    recipe: Recipe = RECIPE,
    resume: bool = False,
    watch: Callable[[StepReport], None] = ignore,
) -> Any:
    teacher = make_teacher() if recipe.hint_weight > 0 else None
    return Trainer(recipe, data, folder, teacher=teacher, build=build_tiny).run(watch, resume=resume)


def make_teacher() -> Any:
    """A network with other feature maps of the same side."""
    keras.utils.set_random_seed(7)
    pixels, x = make_input()
    x = keras.layers.Conv2D(6, 8, 4, activation="relu")(x)
    return make_model(pixels, keras.layers.GlobalAveragePooling2D()(x), "teacher")


@pytest.fixture(scope="module")
def whole_run(data: TrainingData, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path, list[StepReport]]:
    folder = tmp_path_factory.mktemp("whole")
    reports: list[StepReport] = []
    return train(data, folder, watch=reports.append), folder, reports


def same_weights(one: Any, other: Any) -> bool:
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return all(np.allclose(a, b, rtol=0, atol=1e-6) for a, b in pairs)


def test_a_run_may_start_from_a_trained_network(
    data: TrainingData, whole_run: tuple[Any, Path, list[StepReport]], tmp_path: Path
) -> None:
    trained, _, _ = whole_run
    run = Trainer(RECIPE, data, tmp_path, start=trained.get_weights(), build=build_tiny)
    assert same_weights(run.build_averaged(), trained)


def test_both_heads_start_from_their_own_weights(data: TrainingData, tmp_path: Path) -> None:
    network = add_votes_head(build_tiny("tiny"))
    start = [np.full_like(weight, index) for index, weight in enumerate(network.get_weights())]
    targets = np.repeat(data.targets, 2, axis=1)
    recipe = replace(RECIPE, votes_head=True)
    run = Trainer(recipe, replace(data, targets=targets), tmp_path, start=start, build=build_tiny)
    network.set_weights(start)
    assert same_weights(run.build_averaged(), network)


def test_a_start_share_without_a_start_is_refused(data: TrainingData, tmp_path: Path) -> None:
    recipe = replace(RECIPE, begins_trained=True, start_share=0.25)
    with pytest.raises(SettingsError, match="keeps a share of its initial weights"):
        Trainer(recipe, data, tmp_path, build=build_tiny)


def test_the_final_weights_keep_a_share_of_the_initial_ones(data: TrainingData, tmp_path: Path) -> None:
    """Also when the run is resumed."""
    start = build_tiny("tiny").get_weights()
    recipe = replace(RECIPE, begins_trained=True)
    plain = Trainer(recipe, data, tmp_path / "plain", start=start, build=build_tiny).run(ignore, resume=False)
    recipe = replace(recipe, start_share=0.25)
    mixed = Trainer(recipe, data, tmp_path / "mixed", start=start, build=build_tiny).run(ignore, resume=False)
    again = Trainer(recipe, data, tmp_path / "mixed", start=start, build=build_tiny).run(ignore, resume=True)
    for initial, trained, kept in zip(start, plain.get_weights(), mixed.get_weights(), strict=True):
        assert kept == pytest.approx(0.75 * trained + 0.25 * initial, abs=1e-5)
    assert same_weights(again, mixed)


def test_a_run_reports_each_step_and_logs_each_epoch(whole_run: tuple[Any, Path, list[StepReport]]) -> None:
    _, folder, reports = whole_run
    steps = [(r.epoch, r.step, r.steps) for r in reports if r.epoch_log is None]
    assert steps == [(epoch, step, 3) for epoch in (0, 1) for step in (1, 2, 3)]
    logs = [r.epoch_log for r in reports if r.epoch_log is not None]
    assert [log.epoch for log in logs] == [0, 1]
    assert all(0 <= log.accuracy <= 1 and log.loss > 0 for log in logs)
    lines = (folder / LOG_NAME).read_text().splitlines()
    assert lines[0] == "epoch,learning_rate,loss,accuracy,seconds"
    assert [line.split(",")[0] for line in lines[1:]] == ["0", "1"]


def test_the_model_changed_and_is_made_of_stock_layers(whole_run: tuple[Any, Path, list[StepReport]]) -> None:
    model, _, _ = whole_run
    assert not same_weights(model, build_tiny("tiny"))
    assert {type(layer).__module__.split(".")[0] for layer in model.layers} == {"keras"}


@pytest.mark.parametrize("moment", [(0, 2), (1, 1)])
def test_an_interrupted_run_resumes_to_the_same_result(
    data: TrainingData, tmp_path: Path, whole_run: tuple[Any, Path, list[StepReport]], moment: tuple[int, int]
) -> None:
    def kill(report: StepReport) -> None:
        if (report.epoch, report.step) == moment:
            raise KilledError

    with pytest.raises(KilledError):
        train(data, tmp_path, watch=kill, resume=True)
    reports: list[StepReport] = []
    model = train(data, tmp_path, watch=reports.append, resume=True)
    assert reports[0].epoch == moment[0]
    assert same_weights(model, whole_run[0])


@pytest.mark.parametrize("recipe", [HINTED, replace(RECIPE, optimizer="adam", peak_learning_rate=0.01)])
def test_runs_of_other_kinds_resume_to_the_same_result(data: TrainingData, tmp_path: Path, recipe: Recipe) -> None:
    whole = train(data, tmp_path / "whole", recipe=recipe)

    def kill(report: StepReport) -> None:
        if (report.epoch, report.step) == (1, 2):
            raise KilledError

    with pytest.raises(KilledError):
        train(data, tmp_path / "cut", recipe=recipe, watch=kill)
    assert same_weights(train(data, tmp_path / "cut", recipe=recipe, resume=True), whole)
    assert not same_weights(train(data, tmp_path / "plain"), whole)


def test_hints_need_a_teacher(data: TrainingData, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="give a teacher"):
        Trainer(HINTED, data, tmp_path, build=build_tiny)


@pytest.mark.parametrize("hints", [{}, {"hint_weight": 1.0, "teacher_share": 0.1}])
def test_a_run_with_adam_learns_with_and_without_hints(tmp_path: Path, hints: dict[str, Any]) -> None:
    striped = make_striped_faces()
    targets = blend_targets(striped, None, vote_share=0.0, smoothing=0.0)[:, np.newaxis]
    recipe = replace(RECIPE, optimizer="adam", peak_learning_rate=0.02, epochs=24, **hints)
    model = train(TrainingData(striped, targets, striped), tmp_path, recipe=recipe)
    assert (predict(model, striped.images).argmax(axis=1) == striped.labels).mean() > 0.9


def test_a_finished_run_resumes_to_the_same_model(
    data: TrainingData, whole_run: tuple[Any, Path, list[StepReport]]
) -> None:
    model, folder, _ = whole_run
    reports: list[StepReport] = []
    assert same_weights(train(data, folder, watch=reports.append, resume=True), model)
    assert reports == []


def test_another_seed_is_another_model(data: TrainingData, tmp_path: Path, whole_run: tuple[Any, Path, Any]) -> None:
    assert not same_weights(train(data, tmp_path, recipe=replace(RECIPE, seed=2)), whole_run[0])


def test_a_folder_in_use_is_not_overwritten(data: TrainingData, whole_run: tuple[Any, Path, Any]) -> None:
    _, folder, _ = whole_run
    with pytest.raises(SettingsError, match="add --resume"):
        train(data, folder)
    with pytest.raises(SettingsError, match="another recipe"):
        train(data, folder, recipe=replace(RECIPE, seed=2), resume=True)


def test_a_run_learns_separable_classes(tmp_path: Path) -> None:
    training = make_face_set([0, 3] * 16)
    images: Image = training.images.copy()
    images[training.labels == 3, ::2] = 255  # stripes
    striped = replace(training, images=images)
    targets = blend_targets(striped, None, vote_share=0.0, smoothing=0.0)[:, np.newaxis]
    recipe = replace(RECIPE, epochs=12, mixup_alpha=0.2, class_weight_power=0.5)
    model = train(TrainingData(striped, targets, striped), tmp_path, recipe=recipe)
    assert (predict(model, images).argmax(axis=1) == striped.labels).mean() > 0.9


def test_the_heads_learn_different_targets(tmp_path: Path) -> None:
    training = make_face_set([0, 3] * 16)
    images: Image = training.images.copy()
    images[training.labels == 3, ::2] = 255
    striped = replace(training, images=images)
    labels, votes = one_hot(striped.labels), one_hot(striped.labels + np.uint8(2))
    recipe = replace(RECIPE, epochs=12, votes_head=True, mixup_alpha=0.2)
    model = train(TrainingData(striped, np.stack([labels, votes], axis=1), striped), tmp_path, recipe=recipe)
    assert list_heads(model) == (Head.LABELS, Head.VOTES)
    assert (predict(model, images, Head.LABELS).argmax(axis=1) == striped.labels).mean() > 0.9
    assert (predict(model, images, Head.VOTES).argmax(axis=1) == striped.labels + 2).mean() > 0.9


def test_targets_must_fit_the_pictures(data: TrainingData) -> None:
    with pytest.raises(DataError, match="one target"):
        plan_batches(RECIPE, data.training, data.targets[:-1])


def test_multiply_adds_are_counted_from_the_graph() -> None:
    # 5x5x1x4 weights at (48 - 5) // 4 + 1 = 11 x 11 places, then 4 x 7.
    assert count_macs(build_tiny("tiny")) == 100 * 121 + 28


def test_the_training_precision_does_not_leak() -> None:
    assert {str(layer.dtype_policy.name) for layer in build_network("fernet").layers} == {"float32"}

"""Trains a network: seeded batches, a moving average of the weights, a checkpoint after each epoch, resumable.

A run that was killed goes on as if it had not been. It works on any backend of Keras.
"""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from data.fer2013 import FaceSet
from fer_desktop.errors import SettingsError
from fer_desktop.types import Floats
from models.architectures.graph import add_votes_head
from models.architectures.registry import build_network
from models.backend import keras
from models.heads import LOGITS, list_heads
from models.training.batches import Batch, open_stream, plan_batches
from models.training.recipes import Recipe
from models.training.schedule import compute_learning_rate

LOG_NAME = "log.csv"
_CHECKPOINT_NAME = "checkpoint.npz"
_RECIPE_NAME = "recipe.json"
_EVALUATION_BATCH = 256


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """What a run learns from and is watched on: `targets` (n, heads, 7) are soft labels of the training pictures."""

    training: FaceSet
    targets: Floats
    validation: FaceSet


@dataclass(frozen=True, slots=True)
class EpochLog:
    """One line of the log: `loss` on the changed training pictures, `accuracy` of the averaged weights' first head."""

    epoch: int
    learning_rate: float
    loss: float
    accuracy: float
    seconds: float


@dataclass(frozen=True, slots=True)
class StepReport:
    """Where a run stands; `epoch_log` is there after the last step of an epoch."""

    epoch: int
    step: int
    steps: int
    loss: float
    epoch_log: EpochLog | None = None


Watcher = Callable[[StepReport], None]


class Trainer:
    """One run in one folder. The folder holds the recipe, the last checkpoint and the log."""

    def __init__(
        self,
        recipe: Recipe,
        data: TrainingData,
        folder: Path,
        *,
        workers: int = 1,
        start: Sequence[Floats] | None = None,
        build: Callable[[str], Any] = build_network,
    ) -> None:
        """`workers` make the batches; `build` makes a fresh network from the name of an architecture.

        `start`: the weights of a trained network of the same architecture, to begin with instead of random ones.
        """
        self._recipe, self._folder, self._workers, self._build = recipe, folder, workers, build
        self._validation = data.validation
        self._batches = plan_batches(recipe, data.training, data.targets)
        self._steps = self._batches.steps
        keras.utils.set_random_seed(recipe.seed)
        self._model = _build_training_model(recipe, build)
        if recipe.start_share > 0 and start is None:
            raise SettingsError(f"the recipe {recipe.name} keeps a share of the weights it begins with: give some")
        self._start = None if start is None else list(start)
        if self._start is not None:
            self._model.set_weights(self._start)
        self._average: list[Floats] = self._get_weights()
        self._averages = 0
        self._log: list[EpochLog] = []

    def run(self, watch: Watcher, *, resume: bool) -> Any:
        """Trains to the last epoch and returns a fresh float32 model that holds the averaged weights.

        Raises SettingsError when the folder holds another run, or one that is not to be resumed.
        """
        self._open_folder(resume=resume)
        with open_stream(self._batches, workers=self._workers) as stream:
            for epoch in range(len(self._log), self._recipe.epochs):
                self._log.append(self._train_epoch(epoch, stream(epoch), watch))
                self._save()
                watch(StepReport(epoch, self._steps, self._steps, self._log[-1].loss, self._log[-1]))
        return self.build_averaged()

    @property
    def log(self) -> tuple[EpochLog, ...]:
        """A line for each finished epoch, those of an interrupted run too."""
        return tuple(self._log)

    def build_averaged(self) -> Any:
        """A fresh float32 model with the averaged weights, made of stock layers only.

        The recipe's share of them is what the run began with: a network that learns something new so keeps more of what
        it knew. A head that began with nothing is only scaled, which its calibration takes back.
        """
        model = _build_recipes_network(self._recipe, self._build)
        share, began = self._recipe.start_share, self._start or self._average
        model.set_weights(
            [(1 - share) * weight + share * first for weight, first in zip(self._average, began, strict=True)]
        )
        return model

    def _train_epoch(self, epoch: int, batches: Iterator[Batch], watch: Watcher) -> EpochLog:
        started_s = time.monotonic()
        losses: list[float] = []
        for step, (images, targets, weights) in enumerate(batches):
            rate = compute_learning_rate(
                (epoch + step / self._steps) / self._recipe.epochs,
                peak=self._recipe.peak_learning_rate,
                warmup=min(0.5, self._recipe.warmup_epochs / self._recipe.epochs),
            )
            self._model.optimizer.learning_rate = rate
            losses.append(float(self._model.train_on_batch(images, targets, sample_weight=weights)))
            if (epoch * self._steps + step + 1) % self._recipe.average_every == 0:
                self._update_average()
            watch(StepReport(epoch, step + 1, self._steps, losses[-1]))
        accuracy = self._measure_accuracy()
        return EpochLog(epoch, rate, float(np.mean(losses)), accuracy, time.monotonic() - started_s)

    def _update_average(self) -> None:
        """Averages all weights, the batch statistics too; young averages forget faster, so that the start drops out."""
        self._averages += 1
        decay = min(self._recipe.average_decay**self._recipe.average_every, self._averages / (self._averages + 10))
        for average, weight in zip(self._average, self._model.get_weights(), strict=True):
            average += (1 - decay) * (weight - average)

    def _get_weights(self) -> list[Floats]:
        return [np.array(weight) for weight in self._model.get_weights()]  # JAX gives views that cannot be written

    @property
    def _random_states(self) -> list[Any]:
        """What dropout draws from: variables, but no weights."""
        weights = {id(variable) for variable in self._model.weights}
        return [variable for variable in self._model.variables if id(variable) not in weights]

    def _measure_accuracy(self) -> float:
        held = self._get_weights()
        self._model.set_weights(self._average)
        faces = self._validation
        correct = 0
        for start in range(0, len(faces), _EVALUATION_BATCH):
            part = slice(start, start + _EVALUATION_BATCH)
            logits = self._model.predict_on_batch(faces.images[part].astype(np.float32)[..., np.newaxis])
            correct += int((logits[:, 0].argmax(axis=1) == faces.labels[part]).sum())
        self._model.set_weights(held)
        return correct / len(faces)

    def _open_folder(self, *, resume: bool) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        recipe_path, checkpoint_path = self._folder / _RECIPE_NAME, self._folder / _CHECKPOINT_NAME
        if not checkpoint_path.exists():
            recipe_path.write_text(self._recipe.to_json(), encoding="utf-8")
            return
        if not resume:
            raise SettingsError(f"{self._folder} holds a run already; add --resume to go on, or choose another folder")
        if not self._recipe.is_told_by(recipe_path.read_text(encoding="utf-8")):
            raise SettingsError(f"{self._folder} holds a run with another recipe; choose another folder")
        self._load(checkpoint_path)

    def _save(self) -> None:
        arrays = {f"weight_{i}": weight for i, weight in enumerate(self._model.get_weights())}
        arrays |= {f"average_{i}": weight for i, weight in enumerate(self._average)}
        arrays |= {f"optimizer_{i}": _to_array(v) for i, v in enumerate(self._model.optimizer.variables)}
        arrays |= {f"random_{i}": _to_array(v) for i, v in enumerate(self._random_states)}
        arrays["averaged_steps"] = np.array(self._averages)
        arrays["log"] = np.array([[getattr(line, f.name) for f in fields(EpochLog)] for line in self._log])
        partial = self._folder / "partial.npz"
        np.savez(partial, **arrays)
        partial.replace(self._folder / _CHECKPOINT_NAME)  # at once: a kill leaves the old checkpoint or the new one
        _write_log(self._folder / LOG_NAME, self._log)

    def _load(self, path: Path) -> None:
        with np.load(path) as arrays:
            count = len(self._average)
            self._model.set_weights([arrays[f"weight_{i}"] for i in range(count)])
            self._average = [arrays[f"average_{i}"] for i in range(count)]
            for i, variable in enumerate(self._model.optimizer.variables):
                variable.assign(arrays[f"optimizer_{i}"])
            for i, variable in enumerate(self._random_states):
                variable.assign(arrays[f"random_{i}"])
            self._averages = int(arrays["averaged_steps"])
            self._log = [EpochLog(int(row[0]), *map(float, row[1:])) for row in arrays["log"]]


def _build_recipes_network(recipe: Recipe, build: Callable[[str], Any]) -> Any:
    network = build(recipe.architecture)
    return add_votes_head(network) if recipe.votes_head else network


def _build_training_model(recipe: Recipe, build: Callable[[str], Any]) -> Any:
    """The network up to its logits (n, heads, 7), in the recipe's precision, ready to learn."""
    keras.config.set_dtype_policy(recipe.precision)
    try:
        network = _build_recipes_network(recipe, build)
    finally:
        keras.config.set_dtype_policy("float32")
    model = keras.Model(network.input, _stack_logits(network))
    if keras.backend.backend() == "tensorflow":
        from models.architectures.batch_norm import swap_batch_norm

        model = swap_batch_norm(model)
    optimizer = keras.optimizers.SGD(
        recipe.peak_learning_rate, momentum=recipe.momentum, nesterov=True, weight_decay=recipe.weight_decay
    )
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    # JAX is quick only when compiled; TensorFlow's compiler is slower than its graphs on a processor.
    compiled = keras.backend.backend() == "jax"
    model.compile(optimizer, keras.losses.CategoricalCrossentropy(from_logits=True), jit_compile=compiled)
    optimizer.build(model.trainable_variables)
    return model


def _stack_logits(network: Any) -> Any:
    logits = [network.get_layer(LOGITS[head]).output for head in list_heads(network)]
    rows = [keras.layers.Reshape((1, -1), dtype="float32")(each) for each in logits]
    return rows[0] if len(rows) == 1 else keras.layers.Concatenate(axis=1, dtype="float32")(rows)


def _to_array(variable: Any) -> Floats:
    return np.asarray(keras.ops.convert_to_numpy(variable))


def _write_log(path: Path, log: list[EpochLog]) -> None:
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, [f.name for f in fields(EpochLog)], lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: v if k == "epoch" else f"{v:.6g}" for k, v in asdict(line).items()} for line in log)

"""Trains a network: seeded batches, a moving average of the weights, and a checkpoint after each epoch.

An interrupted run resumes from its checkpoint to the same result. Works on every backend of Keras.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.fer2013 import FaceSet
from fer_desktop.errors import SettingsError
from fer_desktop.types import Floats
from models.architectures.registry import build_network
from models.backend import keras
from models.training.batches import Batch, open_stream, plan_batches
from models.training.recipes import Recipe
from models.training.run_log import LOG_NAME, EpochLog, StepReport, Watcher, write_log
from models.training.schedule import compute_learning_rate
from models.training.trainable import Builder, build_recipe_network, build_trainable

_CHECKPOINT_NAME: Final = "checkpoint.npz"
_RECIPE_NAME: Final = "recipe.json"
_VALIDATION_BATCH: Final = 256
_YOUNG_AVERAGE: Final = 10
"""The moving average of n updates decays by at most n / (n + 10), so that the initial weights fade out early."""


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """Training pictures with their soft labels `targets` (n, heads, 7), and validation pictures.

    The last `photographs` of the training pictures are from elsewhere and teach the votes head only.
    """

    training: FaceSet
    targets: Floats
    validation: FaceSet
    photographs: int = 0


class Trainer:
    """One training run. Its folder holds the recipe, the last checkpoint and the log."""

    def __init__(
        self,
        recipe: Recipe,
        data: TrainingData,
        folder: Path,
        *,
        workers: int = 1,
        start: Sequence[Floats] | None = None,
        teacher: Any | None = None,
        build: Builder = build_network,
    ) -> None:
        """`workers`: threads or processes that make the batches (`open_stream`).

        `start`: initial weights, of a trained network with the same architecture and heads; random where None.
        `teacher`: the network that gives hints, for a recipe with a `hint_weight`.
        """
        self._recipe, self._folder, self._workers, self._build = recipe, folder, workers, build
        self._validation = data.validation
        self._batches = plan_batches(recipe, data.training, data.targets, photographs=data.photographs)
        self._steps = self._batches.steps
        keras.utils.set_random_seed(recipe.seed)
        self._trainable = build_trainable(recipe, build, teacher)
        self._network, self._model = self._trainable.network, self._trainable.model
        if recipe.start_share > 0 and start is None:
            raise SettingsError(f"the recipe {recipe.name} keeps a share of its initial weights: give some")
        self._start = None if start is None else list(start)
        if self._start is not None:
            self._network.set_weights(self._start)
        self._average: list[Floats] = self._copy_weights()
        self._average_updates = 0
        self._log: list[EpochLog] = []

    def run(self, watch: Watcher, *, resume: bool) -> Any:
        """Trains to the last epoch and returns `build_averaged()`.

        Raises SettingsError when the folder holds a run of another recipe, or holds a run and `resume` is false.
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
        """A line for each finished epoch, including those before the run was resumed."""
        return tuple(self._log)

    def build_averaged(self) -> Any:
        """A new float32 model of stock layers with the averaged weights.

        They are interpolated with the recipe's share of the initial weights, which retains more of what the initial
        network had learnt (Wortsman et al. 2022). A head that was initialised with zeros is thereby only scaled, which
        its calibration compensates.
        """
        model = build_recipe_network(self._recipe, self._build)
        share, initial_weights = self._recipe.start_share, self._start or self._average
        model.set_weights(
            [
                (1 - share) * average + share * initial
                for average, initial in zip(self._average, initial_weights, strict=True)
            ]
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
        """Updates the moving average of all weights, batch statistics included."""
        self._average_updates += 1
        young = self._average_updates / (self._average_updates + _YOUNG_AVERAGE)
        decay = min(self._recipe.average_decay**self._recipe.average_every, young)
        for average, weight in zip(self._average, self._network.get_weights(), strict=True):
            average += (1 - decay) * (weight - average)

    def _copy_weights(self) -> list[Floats]:
        return [np.array(weight) for weight in self._network.get_weights()]  # JAX returns read-only views

    @property
    def _random_states(self) -> list[Any]:
        """The state of the random generators of dropout: variables that are not weights."""
        weights = {id(variable) for variable in self._network.weights}
        return [variable for variable in self._network.variables if id(variable) not in weights]

    def _measure_accuracy(self) -> float:
        """The accuracy of the averaged weights on the validation pictures."""
        trained = self._copy_weights()
        self._network.set_weights(self._average)
        faces = self._validation
        correct = 0
        for start in range(0, len(faces), _VALIDATION_BATCH):
            part = slice(start, start + _VALIDATION_BATCH)
            images = faces.images[part].astype(np.float32)[..., np.newaxis]
            logits = self._network.predict_on_batch(images)
            correct += int((logits[:, 0].argmax(axis=1) == faces.labels[part]).sum())
        self._network.set_weights(trained)
        return correct / len(faces)

    def _open_folder(self, *, resume: bool) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        if check_run_folder(self._folder, self._recipe, resume=resume):
            self._load(self._folder / _CHECKPOINT_NAME)
        else:
            (self._folder / _RECIPE_NAME).write_text(self._recipe.to_json(), encoding="utf-8")

    def _save(self) -> None:
        arrays = {f"weight_{i}": weight for i, weight in enumerate(self._network.get_weights())}
        arrays |= {f"average_{i}": weight for i, weight in enumerate(self._average)}
        arrays |= {f"further_{i}": _to_array(v) for i, v in enumerate(self._trainable.further_weights)}
        arrays |= {f"optimizer_{i}": _to_array(v) for i, v in enumerate(self._model.optimizer.variables)}
        arrays |= {f"random_{i}": _to_array(v) for i, v in enumerate(self._random_states)}
        arrays["averaged_steps"] = np.array(self._average_updates)
        arrays["log"] = np.array([[getattr(line, f.name) for f in fields(EpochLog)] for line in self._log])
        partial = self._folder / "partial.npz"
        np.savez(partial, **arrays)
        partial.replace(self._folder / _CHECKPOINT_NAME)  # atomic: an interruption leaves the old or the new checkpoint
        write_log(self._folder / LOG_NAME, self._log)

    def _load(self, path: Path) -> None:
        with np.load(path) as arrays:
            count = len(self._average)
            self._network.set_weights([arrays[f"weight_{i}"] for i in range(count)])
            self._average = [arrays[f"average_{i}"] for i in range(count)]
            for i, variable in enumerate(self._trainable.further_weights):
                variable.assign(arrays[f"further_{i}"])
            for i, variable in enumerate(self._model.optimizer.variables):
                variable.assign(arrays[f"optimizer_{i}"])
            for i, variable in enumerate(self._random_states):
                variable.assign(arrays[f"random_{i}"])
            self._average_updates = int(arrays["averaged_steps"])
            self._log = [EpochLog(int(row[0]), *map(float, row[1:])) for row in arrays["log"]]


def check_run_folder(folder: Path, recipe: Recipe, *, resume: bool) -> bool:
    """Whether `folder` holds a run to continue.

    Raises SettingsError where it holds one of another recipe, or holds one and `resume` is false.
    """
    if not (folder / _CHECKPOINT_NAME).exists():
        return False
    if not resume:
        raise SettingsError(f"{folder} holds a run already; add --resume to continue it, or choose another folder")
    if not recipe.matches_json((folder / _RECIPE_NAME).read_text(encoding="utf-8")):
        raise SettingsError(f"{folder} holds a run with another recipe; choose another folder")
    return True


def _to_array(variable: Any) -> Floats:
    return np.asarray(keras.ops.convert_to_numpy(variable))

"""A tiny training run on the backend that KERAS_BACKEND names, run as a process: prints its figures as JSON."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from data.fer2013 import FaceSet
from data.ferplus import blend_targets
from models.architectures.cnn import build_cnn
from models.backend import keras
from models.evaluation.predictors import predict
from models.training.recipes import Recipe
from models.training.run_log import StepReport
from models.training.trainer import Trainer, TrainingData
from tests.drawn_faces import make_face_set

RECIPE = Recipe(
    "tiny", epochs=6, batch_size=8, peak_learning_rate=0.05, warmup_epochs=0.5, average_decay=0.8, mixup_alpha=0.1
)


class _StoppedError(Exception):
    """Simulates the end of the process."""


def build_tiny(_name: str) -> Any:
    return build_cnn((4,), units=8)


def make_striped_faces() -> FaceSet:
    """Faces of two classes that are easy to separate."""
    faces = make_face_set([0, 3] * 16)
    images = faces.images.copy()
    images[faces.labels == 3, ::2] = 255
    return replace(faces, images=images)


def main() -> None:
    faces = make_striped_faces()
    data = TrainingData(faces, blend_targets(faces, None, vote_share=0.0, smoothing=0.0)[:, np.newaxis], faces)
    losses: list[float] = []

    def watch(report: StepReport) -> None:
        if report.epoch_log is not None:
            losses.append(report.epoch_log.loss)

    def stop(report: StepReport) -> None:
        watch(report)
        if report.epoch == 3:
            raise _StoppedError

    with TemporaryDirectory() as folder:
        try:
            Trainer(RECIPE, data, Path(folder), build=build_tiny).run(stop, resume=False)
        except _StoppedError:
            model = Trainer(RECIPE, data, Path(folder), build=build_tiny).run(watch, resume=True)
        probabilities = predict(model, faces.images)
        saved = Path(folder) / "tiny.keras"
        model.save(saved)
        again = predict(keras.saving.load_model(saved, compile=False), faces.images)
    figures = {
        "backend": keras.backend.backend(),
        "losses": losses,
        "accuracy": float((probabilities.argmax(axis=1) == faces.labels).mean()),
        "saved_gap": float(np.abs(probabilities - again).max()),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()

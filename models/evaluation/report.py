"""Writes what an evaluation shows beyond its figures: pictures, and the mistakes the network was most sure of."""

import csv
from pathlib import Path
from typing import Final

import numpy as np

from data.fer2013 import FaceSet
from fer_desktop.types import Floats
from models.evaluation.evaluation import Evaluation
from models.evaluation.pictures import draw_confusion, draw_reliability
from models.labels import LABELS

_MISTAKES: Final = 200


def write_report(folder: Path, evaluation: Evaluation, faces: FaceSet) -> None:
    """Writes confusion.png, reliability.png and mistakes.csv into `folder`, which is made where missing.

    All are by FER2013's labels.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw_confusion(folder / "confusion.png", evaluation.metrics.confusion)
    draw_reliability(folder / "reliability.png", evaluation.probabilities, faces.labels)
    write_mistakes(folder / "mistakes.csv", evaluation.probabilities, faces)


def write_mistakes(path: Path, probabilities: Floats, faces: FaceSet) -> None:
    """The wrong readings, the surest first; `row` is the csv's data row, so that the picture can be looked up."""
    predicted = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    wrong = np.flatnonzero(predicted != faces.labels)
    surest = wrong[np.argsort(-confidence[wrong], kind="stable")][:_MISTAKES]
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["row", "labelled", "read_as", "confidence", "probability_of_label"])
        for i in surest:
            label = int(faces.labels[i])
            shares = (f"{confidence[i]:.4f}", f"{probabilities[i, label]:.4f}")
            writer.writerow([int(faces.rows[i]), LABELS[label], LABELS[int(predicted[i])], *shares])

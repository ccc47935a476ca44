"""Writes the report of an evaluation: pictures, and the most confident mistakes."""

import csv
from pathlib import Path
from typing import Final

import numpy as np

from data.fer2013 import FaceSet
from fer_desktop.types import Floats
from models.evaluation.evaluate import Evaluation
from models.evaluation.pictures import draw_confusion, draw_reliability
from models.labels import LABELS

_MAX_MISTAKES: Final = 200


def write_report(folder: Path, evaluation: Evaluation, faces: FaceSet) -> None:
    """Writes confusion.png, reliability.png and mistakes.csv into `folder`, which it creates where missing.

    All compare with FER2013's labels.
    """
    folder.mkdir(parents=True, exist_ok=True)
    draw_confusion(folder / "confusion.png", evaluation.metrics.confusion)
    draw_reliability(folder / "reliability.png", evaluation.probabilities, faces.labels)
    write_mistakes(folder / "mistakes.csv", evaluation.probabilities, faces)


def write_mistakes(path: Path, probabilities: Floats, faces: FaceSet) -> None:
    """Writes the wrong predictions, most confident first; `row` is the data row of the csv that holds the picture."""
    predicted = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    wrong = np.flatnonzero(predicted != faces.labels)
    most_confident = wrong[np.argsort(-confidence[wrong], kind="stable")][:_MAX_MISTAKES]
    with path.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["row", "labelled", "read_as", "confidence", "probability_of_label"])
        for i in most_confident:
            label = int(faces.labels[i])
            shares = (f"{confidence[i]:.4f}", f"{probabilities[i, label]:.4f}")
            writer.writerow([int(faces.rows[i]), LABELS[label], LABELS[int(predicted[i])], *shares])

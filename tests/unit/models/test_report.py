"""Reports and explanations: the order of the mistakes, valid pictures, heat at the right place."""

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fer_desktop.system.opencv import cv2
from models.architectures.cnn import build_cnn
from models.architectures.graph import add_votes_head
from models.backend import keras
from models.evaluation.explanation import explain
from models.evaluation.metrics import count_confusion
from models.evaluation.pictures import draw_confusion, draw_explanation, draw_reliability
from models.evaluation.predictors import predict
from models.evaluation.report import write_mistakes
from models.heads import LOGITS, PROBABILITIES, Head
from models.training.learning_curve import draw_learning_curve
from models.training.run_log import EpochLog
from tests.drawn_faces import make_face_set

HAPPY, SAD = 3, 4


def test_the_most_confident_mistakes_come_first(tmp_path: Path) -> None:
    faces = make_face_set([HAPPY, HAPPY, SAD, HAPPY])
    probabilities = np.zeros((4, 7), np.float32)
    probabilities[:, HAPPY] = [0.9, 0.4, 0.8, 0.1]
    probabilities[:, SAD] = [0.1, 0.6, 0.2, 0.9]
    write_mistakes(tmp_path / "mistakes.csv", probabilities, faces)
    with (tmp_path / "mistakes.csv").open() as text:
        rows = list(csv.DictReader(text))
    assert [(row["row"], row["labelled"], row["read_as"]) for row in rows] == [
        ("3", "happy", "sad"),
        ("2", "sad", "happy"),
        ("1", "happy", "sad"),
    ]
    assert [row["confidence"] for row in rows] == ["0.9000", "0.8000", "0.6000"]
    assert rows[0]["probability_of_label"] == "0.1000"


def test_each_drawn_file_is_a_picture(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 7, 100).astype(np.uint8)
    probabilities = rng.dirichlet(np.ones(7), 100).astype(np.float32)
    draw_confusion(tmp_path / "confusion.png", count_confusion(probabilities.argmax(axis=1), labels))
    draw_reliability(tmp_path / "reliability.png", probabilities, labels)
    draw_learning_curve(tmp_path / "curve.png", [EpochLog(i, 0.1, 2 - i / 5, i / 10, 1.0) for i in range(4)])
    heat = rng.random((48, 48)).astype(np.float32)
    draw_explanation(tmp_path / "why.png", make_face_set([0]).images[0], heat, probabilities[0])
    pictures = [cv2.imread(str(path)) for path in sorted(tmp_path.glob("*.png"))]
    assert len(pictures) == 4
    assert all(picture is not None and min(picture.shape[:2]) > 300 and picture.std() > 10 for picture in pictures)


def build_bright_spot_network() -> Any:
    """The brighter the cells of 6 px, the more probable is the first class."""
    pixels = keras.Input((48, 48, 1))
    cells = keras.layers.AveragePooling2D(6, name="cells")(pixels)
    x = keras.layers.GlobalAveragePooling2D()(cells)
    logits = keras.layers.Dense(7, kernel_initializer="zeros", name=LOGITS[Head.LABELS])(x)
    model = keras.Model(pixels, keras.layers.Softmax(name=PROBABILITIES[Head.LABELS])(logits))
    model.get_layer(LOGITS[Head.LABELS]).set_weights([np.eye(1, 7, dtype=np.float32), np.zeros(7, np.float32)])
    return model


def test_heat_lies_where_the_prediction_came_from() -> None:
    image = np.zeros((48, 48), np.uint8)
    image[6:12, 30:36] = 255
    heat, probabilities = explain(build_bright_spot_network(), image)
    assert int(probabilities.argmax()) == 0
    assert heat.shape == (48, 48)
    assert heat.max() == pytest.approx(1.0)
    row, column = np.unravel_index(heat.argmax(), heat.shape)
    assert 5 <= row <= 12
    assert 29 <= column <= 36
    assert heat[30:].max() == 0


def test_of_two_heads_the_one_that_the_program_shows_is_explained() -> None:
    network = add_votes_head(build_cnn((4,), units=8))
    layer = network.get_layer(LOGITS[Head.VOTES])
    kernel, bias = layer.get_weights()
    bias[SAD] = 3.0
    layer.set_weights([kernel, bias])
    face = make_face_set([HAPPY]).images[0]
    _, probabilities = explain(network, face)
    assert probabilities == pytest.approx(predict(network, face[np.newaxis], Head.VOTES)[0], abs=1e-6)
    assert probabilities.argmax() == SAD

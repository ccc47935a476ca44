"""Hints bring a student's feature maps towards its teacher's, and change neither the teacher nor what comes out."""

from typing import Any

import numpy as np
import pytest

from models.architectures.cnn import build_cnn
from models.architectures.graph import make_input, make_model
from models.architectures.resnet50 import build_resnet14
from models.backend import keras
from models.training.hints import add_hints
from tests.drawn_faces import make_face_set

IMAGES = make_face_set([0, 3, 6, 1] * 4).images[..., np.newaxis].astype(np.float32)


def build_network(*widths: int) -> Any:
    """A convolution of each width, which halve the side: 24 px, 12 px and so on."""
    pixels, x = make_input()
    for width in widths:
        x = keras.layers.Conv2D(width, 3, 2, padding="same", activation="relu")(x)
    return make_model(pixels, keras.layers.GlobalAveragePooling2D()(x), "small")


def train_without_labels(model: Any, steps: int) -> list[float]:
    """The loss is the hints' alone."""
    model.compile(keras.optimizers.Adam(0.01), loss=lambda _targets, outputs: 0.0 * outputs[:, 0])
    return [float(model.train_on_batch(IMAGES, np.zeros((len(IMAGES), 7)))) for _ in range(steps)]


def test_a_student_learns_its_teachers_maps_and_the_teacher_stays_as_it_is() -> None:
    keras.utils.set_random_seed(1)
    student, teacher = build_network(8, 12), build_network(3, 5)
    before = teacher.get_weights()
    hinted = add_hints(student, teacher, weight=2.0, precision="float32")
    losses = train_without_labels(hinted, 60)
    assert losses[-1] < 0.5 * losses[0]
    assert losses[-1] < 2.0 * 2, "a student that knows nothing: the weight times the number of maps"
    assert all(np.array_equal(a, b) for a, b in zip(before, teacher.get_weights(), strict=True))
    trained = {id(variable) for variable in hinted.trainable_variables}
    assert not trained & {id(variable) for variable in teacher.variables}


def test_the_output_is_the_students() -> None:
    student = build_network(8, 12)
    hinted = add_hints(student, build_network(3), weight=1.0, precision="float32")
    assert hinted.predict_on_batch(IMAGES) == pytest.approx(student.predict_on_batch(IMAGES), abs=1e-6)


def test_a_teachers_dropout_is_not_active() -> None:
    keras.utils.set_random_seed(1)
    hinted = add_hints(build_network(8, 12), build_cnn((4, 6), units=8), weight=1.0, precision="float32")
    optimizer = keras.optimizers.SGD(0.0)
    hinted.compile(optimizer, loss=lambda _targets, outputs: 0.0 * outputs[:, 0])
    losses = {float(hinted.train_on_batch(IMAGES, np.zeros((len(IMAGES), 7)))) for _ in range(3)}
    assert len(losses) == 1, "with a rate of 0 nothing but dropout could change it"


@pytest.mark.parametrize(("widths", "sides"), [((3, 5, 7), [24, 12, 6]), ((3,), [24]), ((4, 2), [24, 12])])
def test_maps_of_the_sides_that_both_have_are_joined(widths: tuple[int, ...], sides: list[int]) -> None:
    hinted = add_hints(build_resnet14((4, 8, 16), units=8), build_network(*widths), weight=1.0, precision="float32")
    projections = hinted.layers[-1].input[1::2]
    assert [projection.shape[1] for projection in projections] == sides
    assert [projection.shape[-1] for projection in projections] == list(widths)
    joined = [projection._keras_history.operation.input.shape[-1] for projection in projections]
    assert joined == [16, 32, 64][: len(sides)], "a stage's whole output, the widest map of its side"

"""Every architecture maps pixels to probabilities, and can be trained, saved and measured."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.fer2013 import FaceSet
from fer_desktop.errors import ModelError
from fer_desktop.types import FACE_CROP_SIZE_PX
from models.architectures.cnn import build_cnn
from models.architectures.deepening import deepen, list_starts
from models.architectures.fernet import build_fernet
from models.architectures.graph import STANDARDISED, add_votes_head, select_head
from models.architectures.registry import ARCHITECTURES, build_network
from models.architectures.resnet50 import build_resnet14, build_resnet50
from models.architectures.xception import build_short_xception, build_xception
from models.backend import keras
from models.evaluation.predictors import count_macs, predict
from models.heads import LOGITS, PROBABILITIES, Head, choose_head, list_heads
from tests.drawn_faces import make_face_set

SIZES = {
    "fernet": (897_319, 65_545_984),
    "cnn": (2_359_847, 118_631_936),
    "resnet14": (10_082_439, 250_112_856),
    "resnet50": (25_608_327, 731_409_240),
    "xception-short": (9_970_159, 380_752_536),
    "xception": (22_916_911, 844_319_640),
}
TINY: dict[str, Callable[[], Any]] = {
    "fernet": lambda: build_fernet(((8, 1), (16, 1))),
    "cnn": lambda: build_cnn((8, 16), units=32),
    "resnet14": lambda: build_resnet14((8, 16), units=32),
    "resnet50": lambda: build_resnet50((8, 16), (1, 2), units=32),
    "xception-short": lambda: build_short_xception((32,), (64, 64, 64), units=32),
    "xception": lambda: build_xception((32,), 1, (64, 64, 64), units=32),
}


@pytest.fixture(scope="module", params=ARCHITECTURES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def network(name: str) -> Any:
    return build_network(name)


def test_each_architecture_has_a_size_and_a_tiny_variant() -> None:
    assert set(ARCHITECTURES) == set(SIZES) == set(TINY)


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(ModelError, match=r"no network 'vgg'; known are: fernet, cnn"):
        build_network("vgg")


def test_its_size_is_as_stated(name: str, network: Any) -> None:
    assert (network.count_params(), count_macs(network)) == SIZES[name]


def test_it_has_its_name_its_parts_and_stock_layers_only(name: str, network: Any) -> None:
    assert network.name == name
    assert network.input_shape == (None, FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)
    assert network.output_shape == (None, 7)
    parts = {STANDARDISED, LOGITS[Head.LABELS], PROBABILITIES[Head.LABELS]}
    assert parts <= {layer.name for layer in network.layers}
    assert {type(layer).__module__.split(".")[0] for layer in network.layers} == {"keras"}


def test_it_gives_probabilities(network: Any) -> None:
    probabilities = predict(network, make_face_set([0, 3, 6]).images)
    assert probabilities.shape == (3, 7)
    assert probabilities.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-5)


def test_a_second_head_shares_the_features_and_leaves_the_first_unchanged(network: Any) -> None:
    faces = make_face_set([0, 3, 6]).images
    before = predict(network, faces)
    two = add_votes_head(network)
    assert (list_heads(network), choose_head(network)) == ((Head.LABELS,), Head.LABELS)
    assert (list_heads(two), choose_head(two)) == ((Head.LABELS, Head.VOTES), Head.VOTES)
    assert predict(two, faces, Head.LABELS) == pytest.approx(before, abs=1e-6)
    votes = predict(two, faces, Head.VOTES)
    assert votes == pytest.approx(np.full((3, 7), 1 / 7)), "it is untrained"
    kept = two.get_weights()[: len(network.get_weights())]
    assert all(np.array_equal(a, b) for a, b in zip(kept, network.get_weights(), strict=True)), "in their order"
    alone = select_head(two, Head.VOTES)
    assert (list_heads(alone), choose_head(alone)) == ((Head.VOTES,), Head.VOTES)
    assert predict(alone, faces) == pytest.approx(votes)


def test_a_network_without_a_votes_head_uses_its_labels(network: Any) -> None:
    faces = make_face_set([0, 3]).images
    assert predict(network, faces, Head.VOTES) == pytest.approx(predict(network, faces, Head.LABELS))


def test_it_memorises_32_pictures_and_can_be_saved(name: str, tmp_path: Path) -> None:
    keras.utils.set_random_seed(1)
    faces = make_face_set([0, 1, 2, 3, 4, 5, 6, 3] * 4)
    model = TINY[name]()
    losses = _train_briefly(model, faces, steps=30)
    assert np.isfinite(losses).all()
    assert min(losses[-3:]) < 0.4 * losses[0]
    probabilities = predict(model, faces.images)
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras", compile=False)
    assert np.abs(predict(loaded, faces.images) - probabilities).max() < 1e-5


@pytest.mark.parametrize("architecture", ["resnet50", "xception"])
def test_a_deep_network_starts_as_a_trained_shallow_one_and_learns_in_all_its_layers(architecture: str) -> None:
    shallower, itself = list_starts(architecture)
    keras.utils.set_random_seed(1)
    faces = make_face_set([0, 3, 6, 1])
    shallow, deep = TINY[shallower](), TINY[itself]()
    _train_briefly(shallow, faces, steps=3)
    assert np.abs(predict(deep, faces.images) - predict(shallow, faces.images)).max() > 0.01
    deepen(shallow, deep)
    assert predict(deep, faces.images) == pytest.approx(predict(shallow, faces.images), abs=1e-6)
    before = deep.get_weights()
    _train_briefly(deep, faces, steps=3)
    assert not any(np.array_equal(a, b) for a, b in zip(before, deep.get_weights(), strict=True))


def test_other_networks_start_from_their_own_kind_only() -> None:
    assert list_starts("fernet") == ("fernet",)


def _train_briefly(model: Any, faces: FaceSet, *, steps: int) -> list[float]:
    """Trains on all pictures at once; returns the losses."""
    model.compile(keras.optimizers.Adam(1e-2), "sparse_categorical_crossentropy", jit_compile=False)
    images = faces.images[..., np.newaxis].astype(np.float32)
    return [float(model.train_on_batch(images, faces.labels)) for _ in range(steps)]


def test_brightness_and_contrast_have_no_effect(network: Any) -> None:
    pictures = (make_face_set([0]).images // 2).astype(np.uint8)
    brighter = (pictures + 60).astype(np.uint8)
    assert np.abs(predict(network, pictures) - predict(network, brighter)).max() < 1e-3

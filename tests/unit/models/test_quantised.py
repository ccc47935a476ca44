"""The small form of a network: it reads as the network does, in any batch, and a damaged one is told."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.fer2013 import read_fer2013
from fer_desktop.errors import ModelError
from models.architectures.graph import take_head
from models.architectures.registry import build_network
from models.card import ModelCard
from models.evaluation.evaluation import predict
from models.heads import Head
from models.loading import SHIPPED_FOLDER, check_model_folder
from models.quantised import QuantisedNetwork, quantise
from tests.golden.preprocessing import GOLDEN_FILE

SAME_CLASS = 0.995
"""Of the pictures of PublicTest, for which both forms tell the same expression."""


@pytest.fixture(scope="module")
def crops() -> np.ndarray[Any, np.dtype[np.uint8]]:
    with np.load(GOLDEN_FILE) as golden:
        return np.asarray(golden["crops"], np.uint8)


@pytest.fixture(scope="module")
def small() -> QuantisedNetwork:
    card = check_model_folder(SHIPPED_FOLDER)
    assert card.quantised is not None
    return QuantisedNetwork(SHIPPED_FOLDER / card.quantised.file)


def test_it_reads_as_the_network_does(small: QuantisedNetwork, shipped_model: Any, crops: Any) -> None:
    assert np.abs(small.predict(crops) - predict(shipped_model, crops, Head.VOTES)).max() < 0.1


def test_readings_are_probabilities_and_do_not_depend_on_the_batch(small: QuantisedNetwork, crops: Any) -> None:
    together = small.predict(crops)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(crops)), abs=1e-4)
    alone = np.concatenate([small.predict(crop[np.newaxis]) for crop in crops])
    assert np.abs(together - alone).max() < 1e-4


def test_a_frame_without_faces_gives_no_reading(small: QuantisedNetwork) -> None:
    assert small.predict(np.zeros((0, 48, 48), np.uint8)).shape == (0, 7)


def test_a_network_just_made_can_be_brought_into_the_small_form(tmp_path: Path, shipped_model: Any, crops: Any) -> None:
    path = tmp_path / "net.tflite"
    path.write_bytes(quantise(take_head(shipped_model, Head.VOTES)))
    assert path.stat().st_size < 0.3 * (SHIPPED_FOLDER / "fernet.keras").stat().st_size
    same = QuantisedNetwork(path).predict(crops).argmax(axis=1) == predict(shipped_model, crops, Head.VOTES).argmax(
        axis=1
    )
    assert same.mean() >= 0.9


@pytest.mark.parametrize("architecture", ["cnn", "fernet"])
def test_other_networks_have_a_small_form_too(architecture: str, tmp_path: Path, crops: Any) -> None:
    """That of the paper's network knows the size of its batch only once it has run."""
    network, path = build_network(architecture), tmp_path / "net.tflite"
    path.write_bytes(quantise(network))
    small = QuantisedNetwork(path)
    for some in (crops, crops[:3]):
        readings = small.predict(some)
        assert readings.shape == (len(some), 7)
        assert np.abs(readings - predict(network, some)).max() < 0.1


@pytest.mark.parametrize("content", [b"", b"TFL3 no more", b"\0" * 4000], ids=["empty", "cut", "zeros"])
def test_a_damaged_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.tflite"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        QuantisedNetwork(path)


def test_both_forms_tell_the_same_of_public_test(
    small: QuantisedNetwork, shipped: tuple[Any, ModelCard], shared_folder: Path
) -> None:
    model, card = shipped
    faces = read_fer2013(shared_folder / "data" / "fer2013.csv.xz").with_usage("PublicTest")
    some = faces.images[:1000]
    readings = small.predict(some).argmax(axis=1), predict(model, some, Head.VOTES).argmax(axis=1)
    assert card.quantised is not None
    assert card.quantised.agreement >= SAME_CLASS
    assert (readings[0] == readings[1]).mean() >= SAME_CLASS - 0.004  # a thousand of the 3,589

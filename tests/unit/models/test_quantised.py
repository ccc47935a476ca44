"""The quantised model predicts as the network does, in batches of any size; a damaged file is refused."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data.fer2013 import read_fer2013
from fer_desktop.errors import ModelError
from models.architectures.graph import select_head
from models.architectures.registry import build_network
from models.card import ModelCard
from models.evaluation.predictors import predict
from models.heads import Head
from models.loading import SHIPPED_FOLDER, check_model_folder
from models.quantised import QuantisedModel, quantise
from tests.golden.preprocessing import GOLDEN_FILE

SAME_CLASS = 0.995
"""The least share of PublicTest for which both predict the same expression."""


@pytest.fixture(scope="module")
def crops() -> np.ndarray[Any, np.dtype[np.uint8]]:
    with np.load(GOLDEN_FILE) as golden:
        return np.asarray(golden["crops"], np.uint8)


@pytest.fixture(scope="module")
def quantised() -> QuantisedModel:
    card = check_model_folder(SHIPPED_FOLDER)
    assert card.quantised is not None
    return QuantisedModel(SHIPPED_FOLDER / card.quantised.file)


def test_it_predicts_as_the_network_does(quantised: QuantisedModel, shipped_model: Any, crops: Any) -> None:
    assert np.abs(quantised.predict(crops) - predict(shipped_model, crops, Head.VOTES)).max() < 0.1


def test_predictions_are_probabilities_and_do_not_depend_on_the_batch(quantised: QuantisedModel, crops: Any) -> None:
    together = quantised.predict(crops)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(crops)), abs=1e-4)
    alone = np.concatenate([quantised.predict(crop[np.newaxis]) for crop in crops])
    assert np.abs(together - alone).max() < 1e-4


def test_no_faces_give_no_predictions(quantised: QuantisedModel) -> None:
    assert quantised.predict(np.zeros((0, 48, 48), np.uint8)).shape == (0, 7)


def test_a_network_in_memory_can_be_quantised(tmp_path: Path, shipped_model: Any, crops: Any) -> None:
    path = tmp_path / "net.tflite"
    path.write_bytes(quantise(select_head(shipped_model, Head.VOTES)))
    assert path.stat().st_size < 0.3 * (SHIPPED_FOLDER / "fernet.keras").stat().st_size
    same = QuantisedModel(path).predict(crops).argmax(axis=1) == predict(shipped_model, crops, Head.VOTES).argmax(
        axis=1
    )
    assert same.mean() >= 0.9


@pytest.mark.parametrize("architecture", ["cnn", "fernet"])
def test_other_networks_can_be_quantised(architecture: str, tmp_path: Path, crops: Any) -> None:
    """The paper's network has an unknown batch dimension until it has run, as it flattens its maps."""
    network, path = build_network(architecture), tmp_path / "net.tflite"
    path.write_bytes(quantise(network))
    quantised = QuantisedModel(path)
    for some in (crops, crops[:3]):
        probabilities = quantised.predict(some)
        assert probabilities.shape == (len(some), 7)
        assert np.abs(probabilities - predict(network, some)).max() < 0.1


@pytest.mark.parametrize("content", [b"", b"TFL3 no more", b"\0" * 4000], ids=["empty", "cut", "zeros"])
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "net.tflite"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        QuantisedModel(path)


def test_both_models_agree_on_public_test(
    quantised: QuantisedModel, shipped: tuple[Any, ModelCard], shared_folder: Path
) -> None:
    model, card = shipped
    faces = read_fer2013(shared_folder / "data" / "fer2013.csv.xz").with_usage("PublicTest")
    some = faces.images[:1000]
    predicted = quantised.predict(some).argmax(axis=1), predict(model, some, Head.VOTES).argmax(axis=1)
    assert card.quantised is not None
    assert card.quantised.agreement >= SAME_CLASS
    assert (predicted[0] == predicted[1]).mean() >= SAME_CLASS - 0.004  # on a thousand of the 3,589 pictures

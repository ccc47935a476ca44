"""The choice of a classifier: the quantised model on processors, Keras where there is none."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.errors import ModelError
from fer_desktop.expression import check_shipped_model, make_classifier
from fer_desktop.expression.keras_classifier import KerasExpressionClassifier
from fer_desktop.expression.litert_classifier import LiteRtExpressionClassifier
from models.card import write_card
from models.loading import SHIPPED_FOLDER
from tests.golden.preprocessing import GOLDEN_FILE


@pytest.fixture(autouse=True)
def no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A model folder that may be changed."""
    return Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "model"))


def test_on_processors_the_quantised_model_runs_without_tensorflow() -> None:
    code = """
import sys, numpy
from fer_desktop.expression import make_classifier
assert make_classifier().classify(numpy.zeros((3, 48, 48), numpy.uint8)).shape == (3, 7)
assert not {"tensorflow", "keras"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.fixture
def restore_float32() -> Iterator[None]:
    """The Keras classifier may enable bfloat16 for the whole process, too imprecise for other tests."""
    yield
    import tensorflow as tf

    tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": False})


@pytest.mark.usefixtures("restore_float32")
def test_a_folder_without_a_quantised_model_runs_on_keras_and_predicts_the_same(copy: Path) -> None:
    write_card(check_shipped_model().model_copy(update={"quantised": None}), copy)
    whole, quantised = make_classifier(copy), make_classifier()
    assert isinstance(whole, KerasExpressionClassifier)
    assert isinstance(quantised, LiteRtExpressionClassifier)
    with np.load(GOLDEN_FILE) as golden:
        crops = golden["crops"]
    assert np.abs(whole.classify(crops) - quantised.classify(crops)).max() < 0.1
    assert whole.classify(crops[:0]).shape == quantised.classify(crops[:0]).shape == (0, 7)


def test_a_file_that_does_not_match_the_card_is_refused_before_it_runs(copy: Path) -> None:
    (copy / "fernet.tflite").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"fernet\.tflite is damaged"):
        make_classifier(copy)


def test_a_missing_quantised_model_is_named(copy: Path) -> None:
    (copy / "fernet.tflite").unlink()
    with pytest.raises(ModelError, match=r"fernet\.tflite is missing"):
        make_classifier(copy)

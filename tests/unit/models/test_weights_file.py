"""Weights are stored compressed, and are the same when they are loaded."""

from pathlib import Path

import numpy as np
import pytest

from models.weights_file import save_weights

keras = pytest.importorskip("keras")


def build_network() -> object:
    inputs = keras.Input((48, 48, 1))
    features = keras.layers.BatchNormalization()(keras.layers.Conv2D(64, 5, activation="relu")(inputs))
    return keras.Model(inputs, keras.layers.Dense(7)(keras.layers.GlobalAveragePooling2D()(features)), name="small")


def test_weights_are_the_same_when_loaded_and_take_less_room(tmp_path: Path) -> None:
    model = build_network()
    model.save(tmp_path / "plain.keras")  # type: ignore[attr-defined]
    save_weights(model, tmp_path / "small.keras")
    loaded = keras.saving.load_model(tmp_path / "small.keras", compile=False)
    for mine, stored in zip(model.get_weights(), loaded.get_weights(), strict=True):  # type: ignore[attr-defined]
        assert np.array_equal(mine, stored)
    assert (tmp_path / "small.keras").stat().st_size < (tmp_path / "plain.keras").stat().st_size


def test_equal_weights_are_equal_files(tmp_path: Path) -> None:
    model = build_network()
    save_weights(model, tmp_path / "one.keras")
    save_weights(model, tmp_path / "other.keras")
    assert (tmp_path / "one.keras").read_bytes() == (tmp_path / "other.keras").read_bytes()

"""The golden array of the shipped network: drawn crops, their preprocessing and their predictions.

`python -m tests.golden.preprocessing` writes `preprocessing.npz` after the shipped network was replaced.
"""

from pathlib import Path
from typing import Any

import numpy as np

from fer_desktop.types import Floats, Image
from tests.drawn_faces import draw_face_like

GOLDEN_FILE = Path(__file__).with_suffix(".npz")

_DRAWN = 6


def draw_crops() -> Image:
    """Eight (48, 48) crops: drawn faces, then one grey level and pure noise."""
    noise: Image = np.random.default_rng(7).integers(0, 256, (48, 48), np.uint8)
    return np.stack([*(draw_face_like(seed) for seed in range(_DRAWN)), np.full((48, 48), 90, np.uint8), noise])


def compute_outputs(model: Any, crops: Image) -> tuple[Floats, Floats]:
    """The standardised pictures (n, 48, 48) inside the network, and its probabilities (n, heads, 7)."""
    from models.architectures.graph import STANDARDISED
    from models.backend import keras

    inner = keras.Model(model.input, [model.get_layer(STANDARDISED).output, *model.outputs])
    standardised, *heads = inner.predict_on_batch(crops[..., np.newaxis].astype(np.float32))
    return standardised[..., 0], np.stack(heads, axis=1)


def _write_golden() -> None:
    from models.loading import load_model

    model, card = load_model()
    crops = draw_crops()
    standardised, probabilities = compute_outputs(model, crops)
    np.savez_compressed(
        GOLDEN_FILE,
        crops=crops,
        standardised=standardised.astype(np.float32),
        probabilities=probabilities.astype(np.float32),
        weights_sha256=np.array(card.weights_sha256),
    )


if __name__ == "__main__":
    _write_golden()

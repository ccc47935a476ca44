"""Loads a model folder after checking its files against its card."""

from pathlib import Path
from typing import Any, Final

from fer_desktop.errors import ModelError
from fer_desktop.types import EXPRESSIONS, FACE_CROP_SIZE_PX
from models.card import REPAIR, ModelCard, hash_file, read_card
from models.labels import LABELS

SHIPPED_FOLDER: Final = Path(__file__).resolve().parent / "shipped"

_INPUT_SHAPE: Final = (FACE_CROP_SIZE_PX, FACE_CROP_SIZE_PX, 1)


def load_model(folder: Path | None = None) -> tuple[Any, ModelCard]:
    """The Keras model of `folder` (by default the shipped one) and its card. Imports TensorFlow, which takes seconds.

    The model maps grey crops (n, 48, 48, 1) float32, 0 to 255, to probabilities (n, 7) in the order of `LABELS`: one
    array for each of its heads (`models.heads`). Preprocessing is part of the model. Raises ModelError when a file is
    missing, damaged or does not match the card.
    """
    folder = SHIPPED_FOLDER if folder is None else folder
    card = check_model_folder(folder)
    return _load_weights(folder / card.weights_file), card


def check_model_folder(folder: Path) -> ModelCard:
    """Reads the card and checks it and the hashes of the model files, without Keras. Raises ModelError."""
    card = read_card(folder)
    if card.labels != LABELS:
        raise ModelError(f"the model in {folder} reads other expressions ({', '.join(card.labels)}); {REPAIR}")
    if card.input.shape != _INPUT_SHAPE:
        raise ModelError(f"the model in {folder} reads pictures of {card.input.shape}, not {_INPUT_SHAPE}; {REPAIR}")
    _check_file(folder / card.weights_file, card.weights_sha256)
    if card.quantised is not None:
        _check_file(folder / card.quantised.file, card.quantised.sha256)
    return card


def _check_file(path: Path, sha256: str) -> None:
    if not path.is_file():
        raise ModelError(f"the model file {path} is missing; {REPAIR}")
    try:
        digest = hash_file(path)
    except OSError as error:
        raise ModelError(f"the model file {path} cannot be read ({error.strerror}); {REPAIR}") from error
    if digest != sha256:
        raise ModelError(f"the model file {path} is damaged: it is not the one that its card describes; {REPAIR}")


def _load_weights(path: Path) -> Any:
    from models.backend import keras

    try:
        model = keras.saving.load_model(path, compile=False)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ModelError(f"the model file {path} cannot be loaded by this version of Keras; {REPAIR}") from error
    outputs = {tuple(output.shape) for output in model.outputs}
    if model.input_shape != (None, *_INPUT_SHAPE) or outputs != {(None, len(EXPRESSIONS))}:
        raise ModelError(f"the model file {path} has another input or output than its card says; {REPAIR}")
    return model

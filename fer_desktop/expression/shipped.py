"""Chooses the classifier for this computer: Keras on a GPU, the quantised model on a processor.

The quantised model takes 11 ms for 49 faces on two cores, Keras 22 ms with bfloat16 instructions, and it does not load
TensorFlow, which takes seconds and 700 MB (docs/adr/0010).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.ports import ExpressionClassifier
from fer_desktop.system.model_files import ModelUse, check_model_files

if TYPE_CHECKING:
    from models.card import ModelCard

GPU_DEVICES: Final = (Path("/dev/nvidiactl"), Path("/dev/dxg"), Path("/dev/kfd"))
"""Device files of the drivers of NVIDIA, WSL and AMD; without one there is no need to load TensorFlow to look."""


def check_shipped_model() -> "ModelCard":
    """The shipped model's card, after checking it and the model files by their hashes; fast. Raises `ModelError`."""
    from models.loading import SHIPPED_FOLDER, check_model_folder

    check_model_files(ModelUse.EXPRESSIONS)
    return check_model_folder(SHIPPED_FOLDER)


def make_classifier(folder: Path | None = None, *, threads: int | None = None) -> ExpressionClassifier:
    """The fastest classifier here for the model of `folder`, by default the shipped one. Raises `ModelError`.

    `threads`: it shares the computer with other processes, so it runs on so many threads of the processor.
    """
    from models.loading import SHIPPED_FOLDER, check_model_folder

    card = check_model_folder(folder) if folder else check_shipped_model()
    folder = folder or SHIPPED_FOLDER
    if card.quantised is None or (threads is None and _has_gpu()):
        from fer_desktop.expression.keras_classifier import KerasExpressionClassifier

        return KerasExpressionClassifier(folder)
    from fer_desktop.expression.litert_classifier import LiteRtExpressionClassifier

    return LiteRtExpressionClassifier(folder / card.quantised.file, threads=threads)


def _has_gpu() -> bool:
    """Whether Keras would run on a GPU. Loads TensorFlow only where it is installed and there is a GPU driver."""
    from models.packages import is_tensorflow_installed

    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1") or not any(device.exists() for device in GPU_DEVICES):
        return False
    if not is_tensorflow_installed():
        return False
    from models.backend import tf

    return bool(tf.config.list_physical_devices("GPU"))

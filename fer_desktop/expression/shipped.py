"""Which form of the shipped network runs on this computer.

Where there is a GPU, Keras on it. On a processor the small form: of 49 faces on two cores, 11 ms instead of 22 with
bfloat16 instructions, and no TensorFlow to load, which takes seconds and 700 MB (docs/adr/0010).
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.ports import ExpressionClassifier

if TYPE_CHECKING:
    from models.card import ModelCard

_GPU_DEVICES: Final = (Path("/dev/nvidiactl"), Path("/dev/dxg"), Path("/dev/kfd"))
"""What a driver of NVIDIA's, of Windows for Linux, and of AMD's brings: without one TensorFlow need not be asked."""


def check_shipped_model() -> "ModelCard":
    """The shipped model's card, after its files were checked against it; cheap. Raises `ModelError`."""
    from models.loading import SHIPPED_FOLDER, check_model_folder

    return check_model_folder(SHIPPED_FOLDER)


def make_classifier(folder: Path | None = None) -> ExpressionClassifier:
    """The model of `folder` (the shipped one by default) in the form that is fastest here. Raises `ModelError`."""
    from models.loading import SHIPPED_FOLDER, check_model_folder

    folder = folder or SHIPPED_FOLDER
    card = check_model_folder(folder)
    if card.quantised is None or _has_gpu():
        from fer_desktop.expression.keras_classifier import KerasEmotionClassifier

        return KerasEmotionClassifier(folder)
    from fer_desktop.expression.litert_classifier import LiteRtEmotionClassifier

    return LiteRtEmotionClassifier(folder / card.quantised.file)


def _has_gpu() -> bool:
    """Whether Keras would run on a GPU: TensorFlow is loaded only where a driver says that there is one."""
    if os.environ.get("CUDA_VISIBLE_DEVICES") in ("", "-1") or not any(device.exists() for device in _GPU_DEVICES):
        return False
    from models.backend import tf

    return bool(tf.config.list_physical_devices("GPU"))

"""The architectures by name. All take raw grey pixels, as preprocessing is part of the graph."""

from collections.abc import Callable
from typing import Any, Final

from fer_desktop.errors import ModelError
from models.architectures.cnn import build_cnn
from models.architectures.fernet import build_fernet
from models.architectures.resnet50 import build_resnet14, build_resnet50
from models.architectures.xception import build_short_xception, build_xception

ARCHITECTURES: Final[dict[str, Callable[[], Any]]] = {
    "fernet": build_fernet,
    "cnn": build_cnn,
    "resnet14": build_resnet14,
    "resnet50": build_resnet50,
    "xception-short": build_short_xception,
    "xception": build_xception,
}


def build_network(name: str) -> Any:
    """A new Keras model from grey pixels 0..255 (n, 48, 48, 1) to probabilities (n, 7).

    Raises ModelError for an unknown name.
    """
    if name not in ARCHITECTURES:
        raise ModelError(f"there is no network {name!r}; known are: {', '.join(ARCHITECTURES)}")
    return ARCHITECTURES[name]()

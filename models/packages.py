"""The packages that only training, evaluation and GPUs need: the slim installation leaves them out."""

import os
from collections.abc import Iterable
from importlib.util import find_spec

from fer_desktop.errors import NotInstalledError


def is_tensorflow_installed() -> bool:
    """Whether a GPU could be used at all; without importing anything."""
    return find_spec("tensorflow") is not None and find_spec("keras") is not None


def require_keras() -> None:
    """Raises `NotInstalledError` where Keras or its backend is missing: the one in KERAS_BACKEND, else TensorFlow."""
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    require_packages(("keras", backend) if backend == "tensorflow" else ("keras",))


def require_packages(names: Iterable[str]) -> None:
    """Raises `NotInstalledError` with what to install where one of these packages is missing."""
    missing = [name for name in names if find_spec(name) is None]
    if missing:
        raise NotInstalledError(
            f"this command needs {' and '.join(missing)}, for training, which the slim installation leaves out: "
            'run `make setup` in a checkout, or `pip install "fer-desktop[training]"`'
        )

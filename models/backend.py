"""The one import of Keras: `from models.backend import keras`. It takes seconds, so only where a network is used.

The backend is TensorFlow, whatever the user's own Keras settings say, unless the variable KERAS_BACKEND asks for
another, as for training with JAX or PyTorch on a GPU: `tf` is there with TensorFlow only. TensorFlow's libraries write
to stderr while they load, before any log level counts; that is held back, as the command line promises a clean stderr.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fer_desktop.system.native_stderr import held_stderr


@contextmanager
def _matplotlib_hidden() -> Iterator[None]:
    """Keras imports matplotlib for pictures that nobody draws here: a second, and a font list in the user's home."""
    if "matplotlib" in sys.modules:
        yield
        return
    sys.modules["matplotlib"] = None  # type: ignore[assignment]  # Python's way to say: there is none
    try:
        yield
    finally:
        del sys.modules["matplotlib"]


os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["KERAS_HOME"] = os.devnull  # neither reads the user's own settings nor writes any into their home
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # 3: errors are raised as exceptions anyway
with held_stderr(), _matplotlib_hidden():
    import keras

    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

__all__ = ["keras", "tf"]

"""The only place that imports Keras: `from models.backend import keras`. It takes seconds: import it where it is used.

The backend is TensorFlow, whatever the user's own Keras settings are, unless KERAS_BACKEND names another, as for
training with JAX or PyTorch on a GPU. `tf` exists with the TensorFlow backend only. The slim installation has neither:
there the import raises `NotInstalledError`, which says what to install. TensorFlow's libraries write to
stderr while they load, before any log level applies; this is suppressed, as the command line keeps stderr clean.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fer_desktop.system.native_stderr import suppress_stderr
from models.packages import require_keras


@contextmanager
def _matplotlib_hidden() -> Iterator[None]:
    """Keeps Keras from importing matplotlib: it takes a second and writes a font list to the home folder."""
    if "matplotlib" in sys.modules:
        yield
        return
    sys.modules["matplotlib"] = None  # type: ignore[assignment]  # makes the import fail
    try:
        yield
    finally:
        del sys.modules["matplotlib"]


os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ["KERAS_HOME"] = os.devnull  # Keras neither reads nor writes settings in the user's home
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # fatal errors only: the others are raised as exceptions
require_keras()
with suppress_stderr(), _matplotlib_hidden():
    import keras

    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

__all__ = ["keras", "tf"]

"""MediaPipe's model files, which ship with the program, in LiteRT interpreters.

MediaPipe itself need not be installed, so none of its native code runs and its start-up time is saved. See
docs/adr/0002-mediapipe-through-litert.md.
"""

from typing import Any

from fer_desktop.messages import MessageKey
from fer_desktop.system.model_files import ModelFile, check_model_file, make_model_error
from fer_desktop.system.native_stderr import suppress_stderr


def load_interpreter(file: ModelFile) -> Any:
    """A LiteRT interpreter with one thread for that file, ready to run. Raises `ModelError`."""
    path = check_model_file(file)
    with suppress_stderr():  # LiteRT announces its delegate
        from ai_edge_litert.interpreter import Interpreter

        try:
            interpreter = Interpreter(str(path), num_threads=1)
            interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise make_model_error(file, MessageKey.MODEL_FILE_DAMAGED) from error
    return interpreter

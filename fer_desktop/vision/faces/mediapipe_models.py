"""MediaPipe's model files, from the installed package, in LiteRT interpreters.

MediaPipe itself is not imported, only its files are read, so none of its native code runs and its start-up time is
saved. See docs/adr/0002-mediapipe-through-litert.md.
"""

import importlib.util
from pathlib import Path
from typing import Any

from fer_desktop.errors import ModelError
from fer_desktop.system.native_stderr import suppress_stderr

FACE_DETECTION = "face_detection/face_detection_short_range.tflite"
FACE_LANDMARK = "face_landmark/face_landmark.tflite"
IRIS_LANDMARK = "iris_landmark/iris_landmark.tflite"


def find_model_file(name: str) -> Path:
    """The path of a model file below `mediapipe/modules`. Raises `ModelError` where it is missing."""
    spec = importlib.util.find_spec("mediapipe")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "modules" / name
        if path.is_file():
            return path
    raise ModelError(f"MediaPipe's model file {name} is missing: install mediapipe 0.10.21 again (`make setup`)")


def load_interpreter(name: str) -> Any:
    """A LiteRT interpreter with one thread for that model, ready to run. Raises `ModelError`."""
    path = find_model_file(name)
    with suppress_stderr():  # LiteRT announces its delegate
        from ai_edge_litert.interpreter import Interpreter

        try:
            interpreter = Interpreter(str(path), num_threads=1)
            interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            raise ModelError(
                f"MediaPipe's model file {path.name} is damaged: install mediapipe 0.10.21 again (`make setup`)"
            ) from error
    return interpreter

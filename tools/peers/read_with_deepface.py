"""The classifier of the library `deepface`, with the whole picture as the face. It never downloads anything."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

from reader import read_faces

WEIGHTS = "facial_expression_model_weights.h5"

if find_spec("deepface") is None:
    sys.exit("the library is not installed: .venv-peers/bin/pip install deepface")
folder = Path(os.environ.get("DEEPFACE_HOME", Path.home())) / ".deepface" / "weights"
if not (folder / WEIGHTS).is_file():
    sys.exit(f"its weights are missing: get {WEIGHTS} from the project's own releases and put it into {folder}")

from deepface import DeepFace  # noqa: E402  (takes seconds; missing files are reported first)


def read(face):  # noqa: ANN001, ANN201  (deepface has no types)
    shares = DeepFace.analyze(face, actions=["emotion"], detector_backend="skip", silent=True)[0]["emotion"]
    return {name: share / 100 for name, share in shares.items()}


read_faces(read)

"""The model files that the program runs, each checked by its SHA-256 before its first use.

LiteRT runs a file with a flipped bit as if nothing had happened, only with other numbers; so no file is loaded without
`check_model_file`. All of them take about 20 ms, once in a process.
"""

import hashlib
import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from fer_desktop.errors import ModelError
from fer_desktop.messages import Message, MessageKey

MEDIAPIPE: Final = "mediapipe 0.10.21"
"""The wheel from which the files in `vision/shipped` were taken."""
_PROGRAM: Final = "FER Desktop"


class ModelUse(StrEnum):
    """What a file is needed for."""

    FACES = "faces"
    NAMES = "names"
    SCRIPTS = "scripts"
    EXPRESSIONS = "expressions"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a manifest.

    path: below the folder of the top-level package `package`.
    distribution: what to install again where the file is damaged.
    source: where the file comes from.
    """

    use: ModelUse
    package: str
    path: str
    sha256: str
    bytes: int
    distribution: str
    licence: str
    source: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.path.rsplit("/", 1)[-1]


def _from_mediapipe(name: str, sha256: str, size: int) -> ModelFile:
    source = f"wheel of {MEDIAPIPE} (MODEL_CARD.md beside it)"
    path = f"vision/shipped/{name}"
    return ModelFile(ModelUse.FACES, "fer_desktop", path, sha256, size, _PROGRAM, "Apache-2.0", source)


def _reads_names(name: str, sha256: str, size: int) -> ModelFile:
    source = "PP-OCRv6 small of PaddleOCR, by way of RapidOCR 3.10.0 (MODEL_CARD.md beside it)"
    path = f"vision/names/shipped/{name}"
    return ModelFile(ModelUse.NAMES, "fer_desktop", path, sha256, size, _PROGRAM, "Apache-2.0", source)


def _reads_script(name: str, sha256: str, size: int) -> ModelFile:
    source = "tessdata_fast of Tesseract, without dictionaries (MODEL_CARD.md beside it)"
    path = f"vision/names/shipped/scripts/{name}.traineddata"
    return ModelFile(ModelUse.SCRIPTS, "fer_desktop", path, sha256, size, _PROGRAM, "Apache-2.0", source)


def _reads_bengali(sha256: str, size: int) -> ModelFile:
    source = "trained for this program (MODEL_CARD.md beside it)"
    path = "vision/names/shipped/scripts/bengali.tflite"
    return ModelFile(ModelUse.SCRIPTS, "fer_desktop", path, sha256, size, _PROGRAM, "MIT", source)


def _reads_expressions(name: str, sha256: str, size: int) -> ModelFile:
    source = "trained for this program (MODEL_CARD.md beside it)"
    return ModelFile(ModelUse.EXPRESSIONS, "models", f"shipped/{name}", sha256, size, _PROGRAM, "MIT", source)


FACE_DETECTION: Final = _from_mediapipe(
    "face_detection_short_range.tflite",
    "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    229_714,
)
FACE_LANDMARK: Final = _from_mediapipe(
    "face_landmark.tflite",
    "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    1_242_398,
)
IRIS_LANDMARK: Final = _from_mediapipe(
    "iris_landmark.tflite",
    "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    2_640_568,
)
PERSON_SEGMENTATION: Final = _from_mediapipe(
    "selfie_segmentation_landscape.tflite",
    "a77d03f4659b9f6b6c1f5106947bf40e99d7655094b6527f214ea7d451106edd",
    250_145,
)
POSE_DETECTION: Final = _from_mediapipe(
    "pose_detection.tflite",
    "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
    2_959_046,
)
TEXT_FINDER: Final = _reads_names(
    "text_finder.tflite", "9020be086fbced0c1df2c3980098558ce5b52aeaf586d5fc5d2310f0a71b747c", 2_738_440
)
TEXT_RECOGNISER: Final = _reads_names(
    "text_recogniser.tflite", "27c38f053a8d8144a051ef7e36a4888ef86bcdf0982c927a5d4184def2281db8", 5_864_720
)
ALPHABET: Final = _reads_names(
    "alphabet.txt", "f7aa897ca828a4c7c9e2739c30f9161a33306d532f020bcdb91dcfb664a5507e", 74_946
)
SCRIPT_NETWORKS: Final[Mapping[str, ModelFile]] = {
    "arabic": _reads_script("arabic", "18e933675c3f2ce8f4376e13abc027a3126825ecaf31229d7615079b188fc861", 417_378),
    "bengali": _reads_bengali("92da1fc89ad339f5cf36a870657ddd7f961167b66da44436faf622ef7f91ff36", 667_552),
    "cyrillic": _reads_script("cyrillic", "01194e9a67a73ff41866fa5de6f63f15ef639cd70f1b8957b219b5cfca6b2fb8", 328_340),
    "devanagari": _reads_script(
        "devanagari", "f0d10315741deeee689f63662829ed8d1a53f365ba3ae498c84683f4f5c1f4bb", 975_529
    ),
    "greek": _reads_script("greek", "5d4eccb6fc05b80292529d307ee4d823366fbf5e08a256a048e944caa30f016c", 320_718),
    "hangul": _reads_script("hangul", "fc63bdcddd244d50cce982ee60ebbadf70b13a4cec2c7d4490ac016e9185afee", 1_069_465),
    "hebrew": _reads_script("hebrew", "4cdb76aa892e51ef7120f42a7f3cebb4583945724e31e9bf3934b30242806755", 284_902),
    "tamil": _reads_script("tamil", "34ff17e8cdf97d39c45f7fad68bddf13e4cd90636db6b6573845a0f310731c8b", 291_229),
    "thai": _reads_script("thai", "3acc56b6b0e957e20dd25e32cbf59b2db882def103053a0fe0d201746441410f", 967_922),
    "vietnamese": _reads_script(
        "vietnamese", "80cd3c0737fd555463ab9204feca9913c5ee0d8f1ff8f67c9880ba06b20aabbd", 452_437
    ),
}
EXPRESSION_CARD: Final = _reads_expressions(
    "fernet.json", "017d91a009fa28813242937a8daa038ce57c4e947e1acf14a00cd2d4121b6660", 18_900
)
EXPRESSION_WEIGHTS: Final = _reads_expressions(
    "fernet.keras", "856bf253244d6ec32b73875507d24bcdbe6517ec4866324df2d38f961675e323", 3_266_952
)
EXPRESSION_QUANTISED: Final = _reads_expressions(
    "fernet.tflite", "7508fec037a58f79627e18f6c43d7f42e8230c201ea29f1992c72923102f7b43", 925_928
)

MODEL_FILES: Final = (
    FACE_DETECTION,
    FACE_LANDMARK,
    IRIS_LANDMARK,
    PERSON_SEGMENTATION,
    POSE_DETECTION,
    TEXT_FINDER,
    TEXT_RECOGNISER,
    ALPHABET,
    *SCRIPT_NETWORKS.values(),
    EXPRESSION_CARD,
    EXPRESSION_WEIGHTS,
    EXPRESSION_QUANTISED,
)

_UNUSABLE: Final = {
    ModelUse.FACES: MessageKey.FACES_UNREADABLE,
    ModelUse.NAMES: MessageKey.NAMES_UNREADABLE,
    ModelUse.SCRIPTS: MessageKey.NAMES_UNREADABLE,
    ModelUse.EXPRESSIONS: MessageKey.EXPRESSIONS_UNREADABLE,
}


def check_model_file(file: ModelFile, folder: Path | None = None) -> Path:
    """The path of a file whose hash is right: in `folder`, by default where it is installed. Raises `ModelError`."""
    path = folder / file.name if folder else _find_installed(file)
    if path is None or not path.is_file():
        raise make_model_error(file, MessageKey.MODEL_FILE_MISSING)
    try:
        digest = _hash_once(path)
    except OSError as error:
        raise make_model_error(file, MessageKey.MODEL_FILE_UNREADABLE) from error
    if digest != file.sha256:
        raise make_model_error(file, MessageKey.MODEL_FILE_DAMAGED)
    return path


def check_model_files(use: ModelUse) -> None:
    """Checks every installed file of that use. Raises `ModelError` for the first that is missing or damaged."""
    for file in MODEL_FILES:
        if file.use is use:
            check_model_file(file)


def make_model_error(file: ModelFile, reason: MessageKey) -> ModelError:
    """The error that says what cannot be done without the file, what is wrong with it and what to install again."""
    detail = Message(reason, file=file.name, package=file.distribution)
    return ModelError(Message(_UNUSABLE[file.use], error=detail))


def _find_installed(file: ModelFile) -> Path | None:
    """Without importing the package; None where it is missing."""
    spec = importlib.util.find_spec(file.package)
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return next((path for folder in folders if (path := Path(folder, file.path)).is_file()), None)


@cache
def _hash_once(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

"""The model card: what a network is, where it comes from, how good it is and what it must not be used for.

`fernet.json` is the card itself, read by the program; `MODEL_CARD.md` is the same for people, rendered from it.
"""

import hashlib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from fer_desktop.errors import ModelError

CARD_SUFFIX: Final = ".json"
WEIGHTS_SUFFIX: Final = ".keras"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FaceFrame(_Part):
    """Where the features of a well placed face lie, as shares (x, y) of the square crop."""

    left_eye: tuple[float, float]
    right_eye: tuple[float, float]
    nose: tuple[float, float]
    mouth: tuple[float, float]


class InputCard(_Part):
    """What goes in. `left_eye` of the frame is the one at the left of the picture."""

    shape: tuple[int, int, int]
    colour: str
    least: float
    most: float
    frame: FaceFrame


class CleaningCard(_Part):
    """One cleaning step of the training pictures and what it removed."""

    name: str
    removed: int


class TrainingCard(_Part):
    """How the weights came about. The calibration of each head's logits was fitted on PublicTest."""

    command: str
    recipe: dict[str, JsonValue]
    data: tuple[str, ...]
    pictures: int
    cleaning: tuple[CleaningCard, ...]
    temperature: float
    class_offsets: tuple[float, ...]
    votes_temperature: float | None = None
    votes_offsets: tuple[float, ...] | None = None


class ClassCard(_Part):
    """One expression's figures."""

    precision: float
    recall: float
    f1: float
    support: int


class SummaryCard(_Part):
    """The figures of one set of pictures as a whole."""

    n: int
    accuracy: float
    accuracy_ci95: tuple[float, float]
    balanced_accuracy: float
    macro_f1: float
    ece: float


class WeightedCard(_Part):
    """The expressions' figures averaged, each as often as it has pictures."""

    precision: float
    recall: float
    f1: float


class EvaluationCard(SummaryCard):
    """The figures on a test set, and without pictures that are copies of training pictures.

    Cards of an earlier version have no `weighted`.
    """

    per_class: dict[str, ClassCard]
    weighted: WeightedCard | None = None
    confusion: tuple[tuple[int, ...], ...]
    without_copies: SummaryCard | None
    parameters: int
    macs: int
    seconds: float


class RobustnessCard(_Part):
    """The same pictures after a change that a call makes to faces: by the labels, and by most votes where told."""

    change: str
    accuracy: float
    votes_accuracy: float | None = None


class QuantisedCard(_Part):
    """The small form for processors, of the head that the program reads.

    `agreement`: for which share of the test pictures both forms tell the same expression. `accuracy` stands on cards of
    an earlier version.
    """

    file: str
    bytes: int
    sha256: str
    agreement: float
    accuracy: float | None = None


class ModelCard(_Part):
    """The whole card. Figures are by part of the data: "PublicTest". Without `quantised` there is no small form.

    `metrics` are against FER2013's labels. `votes` are the second head's, against what most of FER+'s taggers saw where
    they agreed; a network that has no such head has none.
    """

    name: str
    version: str
    purpose: str
    labels: tuple[str, ...]
    input: InputCard
    preprocessing: str
    output: str
    architecture: str
    parameters: int
    macs: int
    weights_file: str
    weights_bytes: int
    weights_sha256: str
    quantised: QuantisedCard | None = None
    training: TrainingCard
    metrics: dict[str, EvaluationCard]
    votes: dict[str, EvaluationCard] = {}
    robustness: tuple[RobustnessCard, ...]
    known_failures: tuple[str, ...]
    fairness: tuple[str, ...]
    law: tuple[str, ...]
    licence: str

    @property
    def title(self) -> str:
        """What a lesson keeps of the network that read it: other weights are another network."""
        return f"{self.name} {self.version} ({self.weights_sha256[:6]})"


def read_card(folder: Path) -> ModelCard:
    """The one card in `folder`. ModelError when there is none, more than one, or it cannot be understood."""
    paths = sorted(folder.glob(f"*{CARD_SUFFIX}")) if folder.is_dir() else []
    if len(paths) != 1:
        raise ModelError(f"{folder} must hold one model card (*.json), not {len(paths)}; {REPAIR}")
    try:
        return ModelCard.model_validate_json(paths[0].read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelError(f"the model card {paths[0]} cannot be read; {REPAIR}") from error


def write_card(card: ModelCard, folder: Path) -> None:
    """Writes `card` as NAME.json."""
    path = folder / f"{card.name}{CARD_SUFFIX}"
    path.write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


REPAIR: Final = "install FER Desktop again, or give a folder that `fer-desktop train` wrote"

"""The model card: the origin of a network, its figures, its limits and what it must not be used for.

`fernet.json` is the card that the program reads; `models.card_page` renders it as `MODEL_CARD.md`.
"""

import hashlib
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue, ValidationError

from fer_desktop.errors import ModelError
from fer_desktop.types import Image
from models.heads import Head

CARD_SUFFIX: Final = ".json"
WEIGHTS_SUFFIX: Final = ".keras"
REPAIR: Final = "install FER Desktop again, or give a folder that `fer-desktop train` wrote"
"""The advice at the end of error texts about model files."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FaceFrame(_Part):
    """The positions of the keypoints of an aligned face, (x, y) as shares of the square crop's side."""

    left_eye: tuple[float, float]
    right_eye: tuple[float, float]
    nose: tuple[float, float]
    mouth: tuple[float, float]


class InputCard(_Part):
    """The input of the network. The frame's `left_eye` is the one at the left of the picture."""

    shape: tuple[int, int, int]
    colour: str
    least: float
    most: float
    frame: FaceFrame


class CleaningCard(_Part):
    """One cleaning step of the training pictures and how many it removed."""

    name: str
    removed: int


class LearnedCard(_Part):
    """Pictures from elsewhere from which a network learned, or its start or a teacher of it.

    `sha256` names the whole set (`hash_pictures`); None where an earlier version did not record it. `everybody`: false
    where the pictures of half of the people, who measure the network, were left out.
    """

    sha256: str | None
    everybody: bool


class TrainingCard(_Part):
    """How the weights were trained, and each head's calibration, fitted on PublicTest.

    `learned` has the photographs of the training and of all networks before it.
    """

    command: str
    recipe: dict[str, JsonValue]
    data: tuple[str, ...]
    pictures: int
    cleaning: tuple[CleaningCard, ...]
    temperature: float
    class_offsets: tuple[float, ...]
    votes_temperature: float | None = None
    votes_offsets: tuple[float, ...] | None = None
    learned: tuple[LearnedCard, ...] = ()


class RefitCard(_Part):
    """How the votes head was refitted after the training, and on what photographs.

    `photographs_sha256` names these (`hash_pictures`), as figures on them are not those of unknown pictures.
    """

    command: str
    settings: dict[str, JsonValue]
    start_sha256: str
    photographs: int
    people: int
    photographs_sha256: str


class ClassCard(_Part):
    """One expression's figures."""

    precision: float
    recall: float
    f1: float
    support: int


class SummaryCard(_Part):
    """The figures of a set of pictures as a whole."""

    n: int
    accuracy: float
    accuracy_ci95: tuple[float, float]
    balanced_accuracy: float
    macro_f1: float
    ece: float


class WeightedCard(_Part):
    """The means of the expressions' figures, weighted by their numbers of pictures."""

    precision: float
    recall: float
    f1: float


class EvaluationCard(SummaryCard):
    """The figures on a test set; `without_copies` leaves out pixel-exact copies of training pictures.

    `macs` are the multiply-adds for one face, `seconds` the time that the whole set took. Cards of an earlier version
    have no `weighted`.
    """

    per_class: dict[str, ClassCard]
    weighted: WeightedCard | None = None
    confusion: tuple[tuple[int, ...], ...]
    without_copies: SummaryCard | None
    parameters: int
    macs: int
    seconds: float


class ValenceCard(_Part):
    """The shares of negative, neutral and positive faces found, and their mean; None where a set has no such face."""

    negative: float | None
    neutral: float | None
    positive: float | None
    mean: float | None


class HeadCard(_Part):
    """One head's figures on a test set of other origin, `per_class` of the expressions that it has."""

    accuracy: float
    accuracy_ci95: tuple[float, float]
    balanced_accuracy: float
    valence: ValenceCard
    ece: float
    brier: float
    per_class: dict[str, ClassCard]
    confusion: tuple[tuple[int, ...], ...]


class OutsideCard(_Part):
    """The figures of every head on `n` pictures that are not FER2013's; `pictures` says what they are.

    folds: where the votes head was fitted to these very pictures, the number of folds in which they were predicted by
        heads that were fitted without any picture of the same person.
    """

    pictures: str
    n: int
    shown: Head
    folds: int | None = None
    heads: dict[Head, HeadCard]


class RobustnessCard(_Part):
    """Accuracy after one change that calls make to faces; by the majority vote too, with a votes head.

    `neutral_called_negative`: of the faces that most people call neutral; cards of an earlier version have none.
    """

    change: str
    accuracy: float
    votes_accuracy: float | None = None
    neutral_called_negative: float | None = None


class QuantisedCard(_Part):
    """The quantised model, of the head that the program shows.

    `agreement`: the share of the test pictures for which it predicts the same expression as the whole network. Only
    cards of an earlier version have `accuracy`.
    """

    file: str
    bytes: int
    sha256: str
    agreement: float
    accuracy: float | None = None


class ModelCard(_Part):
    """The whole card; `quantised` is None where the folder holds no quantised model.

    `refit` is None where the votes head is as it was trained. `metrics` and `votes` are by part of the data set, as in
    "PublicTest". `metrics` compare the labels head with FER2013's labels, `votes` the votes head with the majority of
    FER+'s taggers, where they have one; a network without that head has no `votes`. `outside` has test sets of other
    origin.
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
    refit: RefitCard | None = None
    metrics: dict[str, EvaluationCard]
    votes: dict[str, EvaluationCard] = {}
    outside: tuple[OutsideCard, ...] = ()
    robustness: tuple[RobustnessCard, ...]
    known_failures: tuple[str, ...]
    fairness: tuple[str, ...]
    law: tuple[str, ...]
    licence: str

    @property
    def title(self) -> str:
        """The title that sessions store; it names the weights, as other weights are another network."""
        return f"{self.name} {self.version} ({self.weights_sha256[:6]})"

    def list_learned(self) -> tuple[LearnedCard, ...]:
        """The photographs from which the network learned, directly or through those before it."""
        learned = list(self.training.learned)
        if not learned and self.training.recipe.get("photograph_share"):
            learned.append(LearnedCard(sha256=None, everybody=False))
        if self.refit is not None:
            learned.append(LearnedCard(sha256=self.refit.photographs_sha256, everybody=True))
        return tuple(dict.fromkeys(learned))


def read_card(folder: Path) -> ModelCard:
    """The one card in `folder`. Raises ModelError when there is none, more than one, or it is not valid."""
    paths = sorted(folder.glob(f"*{CARD_SUFFIX}")) if folder.is_dir() else []
    if len(paths) != 1:
        raise ModelError(f"{folder} must hold one model card (*.json), not {len(paths)}; {REPAIR}")
    try:
        return ModelCard.model_validate_json(paths[0].read_bytes())
    except (OSError, ValidationError) as error:
        raise ModelError(f"the model card {paths[0]} cannot be read; {REPAIR}") from error


def write_card(card: ModelCard, folder: Path) -> None:
    """Writes `card` into `folder` as NAME.json; one that is there stays whole where the disk is full."""
    path = folder / f"{card.name}{CARD_SUFFIX}"
    partial = path.with_suffix(".partial")
    try:
        partial.write_text(card.model_dump_json(indent=2) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def hash_pictures(images: Image) -> str:
    """The SHA-256 of a set of pictures (n, 48, 48) uint8, in hexadecimal; their order does not count."""
    return hashlib.sha256(b"".join(sorted(image.tobytes() for image in images))).hexdigest()


def hash_file(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

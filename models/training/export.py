"""Writes a complete model folder, as the program ships and loads it: weights, card and its page."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from data.cleaning import CleaningStep
from data.fer2013 import FaceSet, one_hot
from data.ferplus import compute_vote_shares
from fer_desktop import __version__
from fer_desktop.errors import SettingsError
from fer_desktop.messages import mark
from fer_desktop.types import FER2013_KEYPOINTS, Floats
from models.architectures.graph import select_head
from models.card import (
    CARD_SUFFIX,
    WEIGHTS_SUFFIX,
    CleaningCard,
    EvaluationCard,
    FaceFrame,
    InputCard,
    LearnedCard,
    ModelCard,
    QuantisedCard,
    RobustnessCard,
    TrainingCard,
    hash_file,
)
from models.card_page import write_card_and_page
from models.evaluation.calibration import Calibration, apply_calibration, fit_calibration
from models.evaluation.evaluate import evaluate, evaluate_votes
from models.evaluation.predictors import Ensemble, count_macs, predict
from models.evaluation.robustness import measure_robustness
from models.heads import Head, choose_head, list_heads
from models.labels import LABELS
from models.loading import check_model_folder, load_model
from models.quantised import QUANTISED_SUFFIX, QuantisedModel, can_quantise, quantise
from models.training.recipes import Recipe
from models.weights_file import save_weights

FER2013_FRAME: Final = FaceFrame(**dict(zip(FaceFrame.model_fields, FER2013_KEYPOINTS, strict=True)))

_PURPOSE: Final = (
    "Reads one of seven posed or felt expressions from a small grey picture of a face, for the mood of a whole class "
    "over time. It does not measure what a person feels or thinks, and a single prediction proves nothing."
)
_PREPROCESSING: Final = "inside the network: each picture is brought to mean 0 and deviation 1"
_KNOWN_FAILURES: Final = (
    mark("Fear, disgust and sadness are often wrong (see the table): never act on them alone."),
    mark(
        "People do not agree either: ten who looked at each photograph chose FER2013's own label on 62 % of them "
        "(happy 93 %, neutral 87 %, surprise 76 %, angry 49 %, sad 38 %, disgust 31 %, fear 13 %). What is shown is "
        "what such people would say, not what somebody feels."
    ),
    mark(
        "It expects the face on the frame given above. Side views, tilted heads, hands before the mouth, masks and "
        "strong backlight are read worse; faces below 20 px were not measured."
    ),
    mark("It always answers, also for a picture that shows no face: check for a face before."),
    mark("A neutral face is not a bored one, and confusion is none of the seven expressions."),
    mark("FER2013 holds pictures found by web search, many of them posed; a class in a video call looks different."),
)
_FAIRNESS: Final = (
    mark("FER2013 has no record of age, sex, skin colour or origin, so nothing could be measured by group."),
    mark(
        "Published studies find that systems of this kind misread darker skin, side views and East Asian faces more "
        "often (Rhue 2018). Expect the same here until it is measured."
    ),
    mark(
        "Expressions differ between persons, cultures and situations (Barrett et al. 2019): compare a person with the "
        "same person's own baseline, not with others, and never grade or rank by it."
    ),
)
_LAW: Final = (
    "EU AI Act, Article 5(1)(f), in force since 2 February 2025: inferring emotions of persons in education or at "
    "work is prohibited, save for medical or safety reasons; consent does not lift this.",
    "Elsewhere, privacy law for pupils and students applies (among others FERPA, COPPA, GDPR, DPDP). "
    "This is no legal advice.",
)
_LICENCE: Final = (
    "The weights are part of FER Desktop and under its licence. FER2013 was published for research (Goodfellow et "
    "al. 2013); its pictures, which are not shipped, belong to others. FER+ votes are under the MIT licence."
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """The origin of a trained network, for its card; `learned` as in `TrainingCard`."""

    recipe: Recipe
    command: str
    data: tuple[str, ...]
    pictures: int
    cleaning: Sequence[CleaningStep]
    learned: tuple[LearnedCard, ...] = ()


def check_target_folder(folder: Path, name: str, sources: Sequence[Path]) -> None:
    """Raises SettingsError where a model called `name` must not be written to `folder`.

    That is one of the `sources`, which it would overwrite, or holds another network, which would leave two cards.
    """
    if folder.resolve() in {source.resolve() for source in sources}:
        raise SettingsError(f"{folder} holds a network that this run learns from; choose another folder for --out")
    others = sorted(path.name for path in folder.glob(f"*{CARD_SUFFIX}") if path.stem != name)
    if others:
        raise SettingsError(f"{folder} holds another network ({others[0]}); choose another folder for --out")


def write_model_folder(
    folder: Path, model: Any, provenance: Provenance, *, training: FaceSet, validation: FaceSet, votes: Floats | None
) -> ModelCard:
    """Calibrates and measures `model` on `validation`, writes weights, card and page, checks them, returns the card.

    `training` holds all training pictures before cleaning, to find test pictures that are copies of them. A votes head
    is calibrated and measured on FER+'s `votes` (rows, 7), which it requires.
    """
    folder.mkdir(parents=True, exist_ok=True)
    calibrations = _calibrate(model, validation, votes)
    weights = folder / f"{model.name}{WEIGHTS_SUFFIX}"
    save_weights(model, weights)
    part, predictor = str(validation.usages[0]), Ensemble((model,))
    metrics = {part: evaluate(predictor, validation, training.images).to_card()}
    by_votes: dict[str, EvaluationCard] = {}
    if votes is not None and Head.VOTES in calibrations:
        by_votes[part] = evaluate_votes(predictor, validation, votes, training.images).to_card()
    training_card = _describe_training(provenance, calibrations)
    robustness = measure_robustness(model, validation, votes)
    card = _make_card(model, weights, training_card, metrics, by_votes, robustness)
    write_card_and_page(card, folder)
    return add_quantised(folder, validation) if can_quantise() else check_model_folder(folder)


def _make_card(
    model: Any,
    weights: Path,
    training: TrainingCard,
    metrics: dict[str, EvaluationCard],
    votes: dict[str, EvaluationCard],
    robustness: tuple[RobustnessCard, ...],
) -> ModelCard:
    return ModelCard(
        name=model.name,
        version=__version__,
        purpose=_PURPOSE,
        labels=LABELS,
        input=InputCard(shape=model.input_shape[1:], colour="grey", least=0, most=255, frame=FER2013_FRAME),
        preprocessing=_PREPROCESSING,
        output=_describe_output(model),
        architecture=str(training.recipe["architecture"]),
        parameters=model.count_params(),
        macs=count_macs(model),
        weights_file=weights.name,
        weights_bytes=weights.stat().st_size,
        weights_sha256=hash_file(weights),
        training=training,
        metrics=metrics,
        votes=votes,
        robustness=robustness,
        known_failures=_KNOWN_FAILURES,
        fairness=_FAIRNESS,
        law=_LAW,
        licence=_LICENCE,
    )


def _calibrate(model: Any, validation: FaceSet, votes: Floats | None) -> dict[Head, Calibration]:
    """Calibrates each head of `model` on its targets: the labels, or the shares of the votes."""
    targets = {Head.LABELS: one_hot(validation.labels)}
    if Head.VOTES in list_heads(model):
        targets[Head.VOTES] = compute_vote_shares(validation, votes)
    calibrations = {
        head: fit_calibration(predict(model, validation.images, head), of_head) for head, of_head in targets.items()
    }
    for head, calibration in calibrations.items():
        apply_calibration(model, calibration, head)
    return calibrations


def _describe_output(model: Any) -> str:
    output = "probabilities of the expressions, which add up to 1"
    if Head.VOTES not in list_heads(model):
        return output
    return f"{output}, twice: of FER2013's labels, and the shares of ten people's votes (FER+), which the program shows"


def add_quantised(folder: Path, validation: FaceSet) -> ModelCard:
    """Adds the quantised model to a model folder and its card, with the agreement of both on `validation`."""
    model, card = load_model(folder)
    head = choose_head(model)
    path = folder / f"{card.name}{QUANTISED_SUFFIX}"
    path.write_bytes(quantise(select_head(model, head)))
    by_quantised = QuantisedModel(path).predict(validation.images).argmax(axis=1)
    by_whole = predict(model, validation.images, head).argmax(axis=1)
    quantised = QuantisedCard(
        file=path.name,
        bytes=path.stat().st_size,
        sha256=hash_file(path),
        agreement=round(float((by_quantised == by_whole).mean()), 4),
    )
    write_card_and_page(card.model_copy(update={"quantised": quantised}), folder)
    return check_model_folder(folder)


def copy_log(log: Path, folder: Path) -> None:
    """Copies the training log into the model folder."""
    shutil.copyfile(log, folder / log.name)


def _describe_training(provenance: Provenance, calibrations: dict[Head, Calibration]) -> TrainingCard:
    labels, votes = calibrations[Head.LABELS], calibrations.get(Head.VOTES)
    return TrainingCard(
        command=provenance.command,
        recipe=json.loads(provenance.recipe.to_json()),
        data=provenance.data,
        pictures=provenance.pictures,
        cleaning=tuple(CleaningCard(name=step.name, removed=step.removed) for step in provenance.cleaning),
        temperature=round(labels.temperature, 4),
        class_offsets=_round(labels.offsets),
        votes_temperature=None if votes is None else round(votes.temperature, 4),
        votes_offsets=None if votes is None else _round(votes.offsets),
        learned=provenance.learned,
    )


def _round(offsets: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(offset, 4) for offset in offsets)

"""Writes the model folder of a network whose votes head was refitted: as its start's, with new weights and figures."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.fer2013 import FaceSet
from fer_desktop import __version__
from fer_desktop.types import Floats
from models.card import ModelCard, OutsideCard, RefitCard, hash_file
from models.card_page import write_card_and_page
from models.evaluation.calibration import Calibration
from models.evaluation.evaluate import evaluate, evaluate_votes
from models.evaluation.predictors import Ensemble
from models.evaluation.robustness import measure_robustness
from models.loading import check_model_folder
from models.quantised import can_quantise
from models.training.export import add_quantised
from models.training.run_log import CURVE_NAME, LOG_NAME
from models.weights_file import save_weights


@dataclass(frozen=True, slots=True)
class RefitOrigin:
    """Where a refitted network comes from: the folder and card of its start, and what was done to it.

    `outside` has the figures on the photographs, by folds of people.
    """

    start: Path
    card: ModelCard
    refit: RefitCard
    calibration: Calibration
    outside: OutsideCard


def write_refitted_folder(
    folder: Path, model: Any, origin: RefitOrigin, *, training: FaceSet, validation: FaceSet, votes: Floats
) -> ModelCard:
    """Measures `model` on `validation`, writes weights, card and page, checks them, returns the card.

    `training` and `votes` are as for `write_model_folder`. Figures of the start on pictures of other origin are left
    out, as they are not those of the new head.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / origin.card.weights_file
    save_weights(model, weights)
    part, predictor = str(validation.usages[0]), Ensemble((model,))
    changes = {
        "version": __version__,
        "weights_bytes": weights.stat().st_size,
        "weights_sha256": hash_file(weights),
        "quantised": None,
        "training": _recalibrate(origin),
        "refit": origin.refit,
        "metrics": {part: evaluate(predictor, validation, training.images).to_card()},
        "votes": {part: evaluate_votes(predictor, validation, votes, training.images).to_card()},
        "outside": (origin.outside,),
        "robustness": measure_robustness(model, validation, votes),
    }
    write_card_and_page(origin.card.model_copy(update=changes), folder)
    for name in (LOG_NAME, CURVE_NAME):
        if (origin.start / name).is_file():
            shutil.copyfile(origin.start / name, folder / name)
    return add_quantised(folder, validation) if can_quantise() else check_model_folder(folder)


def _recalibrate(origin: RefitOrigin) -> Any:
    """The start's training, with the calibration of the new head and the photographs of an earlier refit."""
    calibration = origin.calibration
    return origin.card.training.model_copy(
        update={
            "votes_temperature": round(calibration.temperature, 4),
            "votes_offsets": tuple(round(offset, 4) for offset in calibration.offsets),
            "learned": origin.card.list_learned(),
        }
    )

"""`refit`: refits the votes head of a trained network with photographs from elsewhere, and writes a model folder."""

import json
import shlex
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError
from models.packages import require_keras

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from data.fer2013 import FaceSet
    from fer_desktop.types import Floats
    from models.card import ModelCard, OutsideCard, RefitCard
    from models.training.refit_data import RefitData
    from models.training.votes_refit import Refit, RefitSettings


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="CSV", help="FER2013 csv (also .gz, .xz, .zip)")
    parser.add_argument("--votes", type=Path, required=True, metavar="CSV", help="FER+ votes for the same rows")
    parser.add_argument(
        "--folder", type=Path, required=True, metavar="DIR", help="the photographs, in one folder per expression"
    )
    parser.add_argument(
        "--people", type=Path, required=True, metavar="CSV", help="who is on each photograph: columns file and person"
    )
    parser.add_argument(
        "--start", type=Path, required=True, metavar="FOLDER", help="model folder of a network with a votes head"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the model folder is written")
    parser.add_argument("--record", required=True, metavar="TEXT", help="what the photographs are, for the card")
    parser.add_argument(
        "--folds", type=int, default=5, metavar="N", help="folds of people to measure by (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="K", help="seed of the folds (default: %(default)s)")


def _run(arguments: Namespace) -> int:
    if arguments.folds < 2 or not arguments.record.strip():
        raise SettingsError("--folds is at least 2, and --record says what the photographs are")
    require_keras()  # before minutes of reading
    card = _refit(arguments)
    votes, outside = card.votes["PublicTest"], card.outside[0]
    shown = outside.heads[outside.shown]
    sys.stdout.write(
        f"{arguments.out}: majority of the taggers {votes.accuracy:.1%} of {votes.n:,} pictures\n"
        f"photographs, by {outside.folds} folds of people: {shown.accuracy:.1%} of {outside.n:,}, "
        f"balanced {shown.balanced_accuracy:.1%}\n"
    )
    return 0


def _refit(arguments: Namespace) -> "ModelCard":
    from models.heads import Head, list_heads
    from models.loading import load_model
    from models.training.export import check_target_folder
    from models.training.refit_data import read_refit_data
    from models.training.refit_export import RefitOrigin, write_refitted_folder
    from models.training.votes_refit import RefitSettings, read_head, write_head

    model, card = load_model(arguments.start)
    if Head.VOTES not in list_heads(model):
        raise SettingsError(f"{arguments.start} has no votes head: train one with a recipe that has votes_head")
    check_target_folder(arguments.out, card.name, [arguments.start])
    data = read_refit_data(arguments.data, arguments.votes, folder=arguments.folder, people=arguments.people)
    measured = _find_measured(card, data)
    settings = RefitSettings()
    refit, by_folds = _fit(model, data, settings, arguments)
    adjusted = read_head(model, Head.LABELS).adjust_to_shares(data.cleaned.labels, settings.labels_adjustment)
    write_head(model, Head.LABELS, adjusted)
    outside = _measure_photographs(model, data.photographs.select(measured), by_folds[measured], arguments)
    write_head(model, Head.VOTES, refit.weights)
    origin = RefitOrigin(
        arguments.start,
        card,
        _describe(arguments, settings, card.weights_sha256, data),
        refit.calibration,
        outside,
    )
    return write_refitted_folder(
        arguments.out, model, origin, training=data.training, validation=data.validation, votes=data.votes
    )


def _fit(model: Any, data: "RefitData", settings: "RefitSettings", arguments: Namespace) -> "tuple[Refit, Floats]":
    """The head refitted to all photographs, and the probabilities (n, 7) of these by folds of people."""
    from data.people import assign_folds
    from models.training.refit_data import make_examples
    from models.training.votes_refit import predict_by_folds, read_heads, refit_votes

    folds = assign_folds(data.people, folds=arguments.folds, seed=arguments.seed)
    heads, examples = read_heads(model), make_examples(model, data)
    return refit_votes(heads, examples, settings), predict_by_folds(heads, examples, folds, settings)


def _find_measured(card: "ModelCard", data: "RefitData") -> "npt.NDArray[np.bool_]":
    """True (n,) for the photographs of people from whom no network up to the start learned: all, or half of them.

    Raises SettingsError where nobody is left.
    """
    import numpy as np

    from data.people import find_shown_half
    from models.card import hash_pictures

    name = hash_pictures(data.photographs.images)
    learned = [each for each in card.list_learned() if each.sha256 in (None, name)]
    if any(each.everybody for each in learned):
        raise SettingsError(
            "the start, or a network before it, was fitted to all of these photographs, which leaves nobody to measure "
            "on: give a --start that was not refitted with them"
        )
    return ~find_shown_half(data.people) if learned else np.ones(len(data.people), np.bool_)


def _measure_photographs(model: Any, photographs: "FaceSet", by_folds: "Floats", arguments: Namespace) -> "OutsideCard":
    """The figures on the photographs: of the votes head by folds, of the labels head, which never saw them, as is."""
    from models.card import OutsideCard
    from models.evaluation.heads_evaluation import measure_head
    from models.evaluation.predictors import predict
    from models.heads import Head

    probabilities = {Head.LABELS: predict(model, photographs.images, Head.LABELS), Head.VOTES: by_folds}
    heads = {head: measure_head(each, photographs).to_card() for head, each in probabilities.items()}
    return OutsideCard(
        pictures=arguments.record.strip(),
        n=len(photographs),
        shown=Head.VOTES,
        folds=arguments.folds,
        heads=heads,
    )


def _describe(arguments: Namespace, settings: "RefitSettings", start_sha256: str, data: "RefitData") -> "RefitCard":
    from models.card import RefitCard, hash_pictures

    return RefitCard(
        command=_describe_command(arguments),
        settings=json.loads(json.dumps(asdict(settings))),
        start_sha256=start_sha256,
        photographs=len(data.photographs),
        people=len(set(data.people.tolist())),
        photographs_sha256=hash_pictures(data.photographs.images),
    )


def _describe_command(arguments: Namespace) -> str:
    """The command that reproduces the head, with file names only: a card does not show folders of a machine."""
    words = ["fer-desktop", "refit"]
    for option in ("data", "votes", "folder", "people", "start"):
        words += [f"--{option}", getattr(arguments, option).resolve().name]
    words += ["--out", "FOLDER", "--record", arguments.record.strip()]
    return shlex.join([*words, "--folds", str(arguments.folds), "--seed", str(arguments.seed)])


REFIT: Final = Command("refit", "refit the head that the program shows, with photographs", _add_arguments, _run)

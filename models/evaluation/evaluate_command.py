"""`evaluate`: measures networks, alone or averaged, or another library, on a FER2013 csv or a folder of pictures."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.run import print_line
from fer_desktop.errors import SettingsError
from models.packages import require_keras

if TYPE_CHECKING:
    from data.fer2013 import FaceSet
    from models.evaluation.evaluate import Evaluation
    from models.evaluation.heads_evaluation import HeadsEvaluation
    from models.evaluation.metrics import ClassMetrics, WeightedMetrics
    from models.evaluation.predictors import Predictor

_DEFAULT_USAGE: Final = "PublicTest"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="CSV|FOLDER",
        help="FER2013 csv (also .gz, .xz, .zip), or a folder of pictures by expression, as in FOLDER/happy/1.png",
    )
    parser.add_argument(
        "--usage", choices=("PublicTest", "PrivateTest"), help=f"part of the csv to read (default: {_DEFAULT_USAGE})"
    )
    parser.add_argument(
        "--model",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="model folder (default: the shipped model); several are averaged",
    )
    parser.add_argument("--flips", action="store_true", help="also read each face mirrored, and average")
    parser.add_argument("--baseline", choices=("fer", "deepface"), help="measure that library instead (`make peers`)")
    parser.add_argument(
        "--votes", type=Path, metavar="CSV", help="FER+ votes: also measure against the majority of the taggers"
    )
    parser.add_argument(
        "--report", type=Path, metavar="FOLDER", help="also write pictures and the most confident mistakes"
    )
    parser.add_argument(
        "--record",
        metavar="TEXT",
        help="also write the figures on a folder into the card of the model folder; TEXT says what the pictures are",
    )
    parser.add_argument(
        "--changes",
        action="store_true",
        help="measure the pictures of a csv changed as in a video call, instead",
    )
    parser.add_argument(
        "--into-card",
        action="store_true",
        help="with --changes: also write the table into the card of the model folder",
    )
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")


def _run(arguments: Namespace) -> int:
    if arguments.baseline and (arguments.model or arguments.flips):
        raise SettingsError("--baseline measures another library: leave out --model and --flips")
    if arguments.into_card and not arguments.changes:
        raise SettingsError("--into-card goes with --changes")
    if not arguments.baseline:
        require_keras()  # before minutes of reading
    data: Path = arguments.data
    is_folder = data.is_dir() or not (data.exists() or data.suffix)
    return _evaluate_folder(arguments) if is_folder else _evaluate_csv(arguments)


def _evaluate_folder(arguments: Namespace) -> int:
    from data.class_folders import read_test_folders
    from models.evaluation.heads_evaluation import evaluate_heads
    from models.evaluation.heads_texts import make_heads_object, render_heads_table

    if arguments.usage or arguments.votes or arguments.report or arguments.changes:
        raise SettingsError(
            "--usage, --votes, --report and --changes are for a FER2013 csv: leave them out for a folder"
        )
    _check_record(arguments)
    pictures = read_test_folders(arguments.data)
    if pictures.warning is not None:
        print_line(pictures.warning)
    if arguments.record is not None:
        _check_unseen(arguments, pictures.faces)
    name, predictor = _make_predictor(arguments)
    evaluation = evaluate_heads(predictor, pictures.faces)
    if arguments.record is not None:
        _record(arguments, evaluation)
    if arguments.json:
        sys.stdout.write(json.dumps(make_heads_object(evaluation, pictures.skipped)) + "\n")
    else:
        sys.stdout.write(render_heads_table(evaluation, f"{name} on {arguments.data.resolve().name}"))
    return 0


def _check_record(arguments: Namespace) -> None:
    """Raises SettingsError where `--record` is given for anything but one network's own figures."""
    if arguments.record is None:
        return
    if arguments.baseline or arguments.flips or len(arguments.model or []) > 1:
        raise SettingsError("--record is for the card of one network: leave out --baseline, --flips and other --model")
    if not arguments.record.strip():
        raise SettingsError("--record needs a text that says what the pictures are")


def _check_unseen(arguments: Namespace, faces: "FaceSet") -> None:
    """Raises SettingsError where the network or one before it was fitted to these pictures or to a part of them."""
    from models.card import hash_pictures
    from models.loading import check_model_folder

    name = hash_pictures(faces.images)
    if any(learned.sha256 == name for learned in check_model_folder(_choose_folder(arguments)).list_learned()):
        raise SettingsError(
            "the network was fitted to these pictures or to a part of them: `refit` measures on them by folds of people"
        )


def _choose_folder(arguments: Namespace) -> Path:
    from models.loading import SHIPPED_FOLDER

    return arguments.model[0] if arguments.model else SHIPPED_FOLDER


def _record(arguments: Namespace, evaluation: "HeadsEvaluation") -> None:
    from models.card_page import write_card_and_page
    from models.evaluation.heads_evaluation import add_to_card
    from models.loading import check_model_folder

    folder = _choose_folder(arguments)
    card = add_to_card(check_model_folder(folder), evaluation.to_card(arguments.record.strip()))
    write_card_and_page(card, folder)


def _evaluate_csv(arguments: Namespace) -> int:
    if arguments.record is not None:
        raise SettingsError("--record is for a folder of pictures: the card has FER2013's figures from `train`")
    from data.fer2013 import read_fer2013
    from data.ferplus import read_votes
    from models.evaluation.evaluate import evaluate, evaluate_votes

    if arguments.changes:
        return _measure_changes(arguments)
    usage = arguments.usage or _DEFAULT_USAGE
    faces = read_fer2013(arguments.data)
    chosen = faces.with_usage(usage)
    training = faces.images[faces.usages == "Training"]
    training_images = training if len(training) else None
    votes = None if arguments.votes is None else read_votes(arguments.votes)
    name, predictor = _make_predictor(arguments)
    evaluation = evaluate(predictor, chosen, training_images)
    by_votes = None if votes is None else evaluate_votes(predictor, chosen, votes, training_images)
    if arguments.report is not None:
        from models.evaluation.report import write_report

        write_report(arguments.report, evaluation, chosen)
    if arguments.json:
        sys.stdout.write(_render_json(evaluation, by_votes) + "\n")
        return 0
    sys.stdout.write(_render_figures(evaluation, f"{name} on {usage}"))
    if by_votes is not None:
        sys.stdout.write("\n" + _render_figures(by_votes, "What most of FER+'s ten taggers saw"))
    return 0


def _measure_changes(arguments: Namespace) -> int:
    if arguments.baseline or arguments.flips or arguments.report or len(arguments.model or []) > 1:
        raise SettingsError("--changes is for one network: leave out --baseline, --flips, --report and other --model")
    from data.fer2013 import read_fer2013
    from data.ferplus import read_votes
    from models.card_page import write_card_and_page
    from models.evaluation.robustness import measure_robustness, render_robustness
    from models.loading import load_model

    folder = _choose_folder(arguments)
    model, card = load_model(folder)
    faces = read_fer2013(arguments.data).with_usage(arguments.usage or _DEFAULT_USAGE)
    rows = measure_robustness(model, faces, None if arguments.votes is None else read_votes(arguments.votes))
    if arguments.into_card:
        write_card_and_page(card.model_copy(update={"robustness": rows}), folder)
    if arguments.json:
        sys.stdout.write(json.dumps([row.model_dump() for row in rows]) + "\n")
    else:
        sys.stdout.write(render_robustness(rows))
    return 0


def _make_predictor(arguments: Namespace) -> "tuple[str, Predictor]":
    from models.evaluation.predictors import Ensemble, Library

    if arguments.baseline:
        return arguments.baseline, Library(arguments.baseline)
    from models.loading import load_model

    loaded = [load_model(folder) for folder in arguments.model or [None]]
    names = " + ".join(f"{card.name} {card.version}" for _, card in loaded)
    return names + (" with flips" if arguments.flips else ""), Ensemble(
        tuple(model for model, _ in loaded), flips=arguments.flips
    )


def _render_json(evaluation: "Evaluation", by_votes: "Evaluation | None") -> str:
    figures = evaluation.to_card().model_dump(mode="json")
    if by_votes is not None:
        figures["ferplus_majority"] = by_votes.to_card().model_dump(mode="json")
    return json.dumps(figures)


def _render_figures(evaluation: "Evaluation", title: str) -> str:
    metrics = evaluation.metrics
    low, high = metrics.accuracy_ci95
    lines = [
        f"{title}: {metrics.n:,} pictures in {evaluation.seconds:.1f} s",
        f"accuracy {metrics.accuracy:.1%} (95 % interval {low:.1%} to {high:.1%}), "
        f"balanced {metrics.balanced_accuracy:.1%}, macro F1 {metrics.macro_f1:.3f}, "
        f"calibration error {metrics.ece:.3f}",
    ]
    if evaluation.without_copies is not None:
        clean = evaluation.without_copies
        lines.append(f"without copies of training pictures: {clean.accuracy:.1%} of {clean.n:,}")
    lines += [_render_row(name, figures, figures.support) for name, figures in metrics.per_class.items()]
    lines.append(_render_row("weighted", metrics.weighted, metrics.n))
    return "\n".join(lines) + "\n"


def _render_row(name: str, figures: "ClassMetrics | WeightedMetrics", pictures: int) -> str:
    shares = f"precision {figures.precision:.2f}  recall {figures.recall:.2f}  F1 {figures.f1:.2f}"
    return f"  {name:9} {shares}  pictures {pictures}"


EVALUATE: Final = Command("evaluate", "measure an expression network on a test set", _add_arguments, _run)

"""`evaluate`: measures networks, alone or together, or another library, on a FER2013 csv."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from models.evaluation.evaluation import Ensemble, Evaluation, Library


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="CSV", help="FER2013 csv (also .gz, .xz, .zip)")
    parser.add_argument("--usage", choices=("PublicTest", "PrivateTest"), default="PublicTest", help="part to read")
    parser.add_argument(
        "--model",
        type=Path,
        action="append",
        metavar="FOLDER",
        help="model folder (default: the shipped model); several are averaged",
    )
    parser.add_argument("--flips", action="store_true", help="read each face mirrored too, and average")
    parser.add_argument("--baseline", choices=("fer", "deepface"), help="measure that library instead (`make peers`)")
    parser.add_argument("--votes", type=Path, metavar="CSV", help="FER+ votes: also what most taggers saw")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="also write pictures and the surest mistakes")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")


def _run(arguments: Namespace) -> int:
    from data.fer2013 import read_fer2013
    from data.ferplus import read_votes
    from models.evaluation.evaluation import evaluate, evaluate_votes

    if arguments.baseline and (arguments.model or arguments.flips):
        raise SettingsError("--baseline measures another library: leave out --model and --flips")
    faces = read_fer2013(arguments.data)
    chosen = faces.with_usage(arguments.usage)
    training = faces.images[faces.usages == "Training"]
    known = training if len(training) else None
    votes = None if arguments.votes is None else read_votes(arguments.votes)
    name, reader = _make_reader(arguments)
    evaluation = evaluate(reader, chosen, known)
    by_votes = None if votes is None else evaluate_votes(reader, chosen, votes, known)
    if arguments.report is not None:
        from models.evaluation.report import write_report

        write_report(arguments.report, evaluation, chosen)
    if arguments.json:
        figures = evaluation.to_json() | ({} if by_votes is None else {"ferplus_majority": by_votes.to_json()})
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write(_render_figures(evaluation, f"{name} on {arguments.usage}"))
        if by_votes is not None:
            sys.stdout.write("\n" + _render_figures(by_votes, "What most of FER+'s ten taggers saw"))
    return 0


def _make_reader(arguments: Namespace) -> "tuple[str, Ensemble | Library]":
    from models.evaluation.evaluation import Ensemble, Library

    if arguments.baseline:
        return arguments.baseline, Library(arguments.baseline)
    from models.loading import load_shipped_model

    loaded = [load_shipped_model(folder) for folder in arguments.model or [None]]
    name = " + ".join(f"{card.name} {card.version}" for _, card in loaded) + (" with flips" if arguments.flips else "")
    return name, Ensemble(tuple(model for model, _ in loaded), flips=arguments.flips)


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
    lines += [
        f"  {name:9} precision {one.precision:.2f}  recall {one.recall:.2f}  F1 {one.f1:.2f}  pictures {one.support}"
        for name, one in metrics.per_class.items()
    ]
    mean = metrics.weighted
    lines.append(
        f"  {'weighted':9} precision {mean.precision:.2f}  recall {mean.recall:.2f}  F1 {mean.f1:.2f}  "
        f"pictures {metrics.n}"
    )
    return "\n".join(lines) + "\n"


EVALUATE: Final = Command("evaluate", "measure an expression network on a FER2013 csv", _add_arguments, _run)

"""The sub-commands of this package: `train` and `evaluate`. Heavy packages load when a command runs."""

import json
import shlex
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command

if TYPE_CHECKING:
    from data.fer2013 import FaceSet
    from models.card import ModelCard
    from models.evaluation import Evaluation
    from models.recipes import Recipe

_RUN_FOLDER: Final = "run"


def _add_train_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="CSV", help="FER2013 csv (also .gz, .xz, .zip)")
    parser.add_argument("--votes", type=Path, metavar="CSV", help="FER+ votes for the same rows (fer2013new.csv)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the model folder is written")
    parser.add_argument("--recipe", default="fernet", metavar="NAME", help="named recipe (default: %(default)s)")
    parser.add_argument("--epochs", type=_parse_count, metavar="N", help="epochs instead of the recipe's")
    parser.add_argument("--seed", type=int, metavar="K", help="seed instead of the recipe's")
    parser.add_argument("--resume", action="store_true", help="go on with the run in FOLDER after its last epoch")


def _add_evaluate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, metavar="CSV", help="FER2013 csv (also .gz, .xz, .zip)")
    parser.add_argument("--usage", choices=("PublicTest", "PrivateTest"), default="PublicTest", help="part to read")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="model folder (default: the shipped model)")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")


def _parse_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a whole number from 1")
    return int(text)


def _run_train(arguments: Namespace) -> int:
    from dataclasses import replace

    from models.recipes import get_recipe

    recipe = get_recipe(arguments.recipe)
    if arguments.epochs is not None:
        recipe = replace(recipe, epochs=arguments.epochs)
    if arguments.seed is not None:
        recipe = replace(recipe, seed=arguments.seed)
    card = _train(recipe, arguments)
    figures = card.metrics["PublicTest"]
    sys.stdout.write(f"{arguments.out}: PublicTest {figures.accuracy:.1%} of {figures.n:,} pictures\n")
    return 0


def _train(recipe: "Recipe", arguments: Namespace) -> "ModelCard":
    from data.cleaning import clean_training
    from data.fer2013 import read_fer2013
    from data.ferplus import blend_targets, read_votes
    from models.export import Provenance, copy_log, write_model_folder
    from models.progress import show_progress
    from models.training import LOG_NAME, Trainer, TrainingData

    faces = read_fer2013(arguments.data)
    votes = None if arguments.votes is None else read_votes(arguments.votes)
    training, validation = faces.with_usage("Training"), faces.with_usage("PublicTest")
    cleaned, steps = clean_training(training, faces.images[faces.usages != "Training"])
    targets = blend_targets(cleaned, votes, vote_share=recipe.vote_share, smoothing=recipe.label_smoothing)
    run_folder = arguments.out / _RUN_FOLDER
    trainer = Trainer(recipe, TrainingData(cleaned, targets, validation), run_folder)
    with show_progress(recipe.epochs) as watch:
        model = trainer.run(watch, resume=arguments.resume)
    provenance = Provenance(
        recipe, _describe_command(recipe, arguments), _describe_data(faces, votes is not None), len(cleaned), steps
    )
    copy_log(run_folder / LOG_NAME, arguments.out)
    return write_model_folder(arguments.out, model, provenance, training=training, validation=validation)


def _describe_command(recipe: "Recipe", arguments: Namespace) -> str:
    """The command that makes the model again; files by name only, as a card says nothing of a machine's folders."""
    votes = [] if arguments.votes is None else ["--votes", arguments.votes.name]
    words = ["fer-desktop", "train", "--data", arguments.data.name, *votes, "--out", "FOLDER"]
    words += ["--recipe", recipe.name, "--epochs", str(recipe.epochs), "--seed", str(recipe.seed)]
    return shlex.join(words)


def _describe_data(faces: "FaceSet", with_votes: bool) -> tuple[str, ...]:
    training = int((faces.usages == "Training").sum())
    validation = int((faces.usages == "PublicTest").sum())
    lines = [
        f"FER2013 (Goodfellow et al. 2013), part Training: {training:,} pictures",
        f"FER2013, part PublicTest: {validation:,} pictures, to watch the training and to choose; never learnt from",
    ]
    if with_votes:
        lines.append(
            "FER+ (Barsoum et al. 2016): ten taggers' votes on the Training pictures, as part of their targets"
        )
    return tuple(lines)


def _run_evaluate(arguments: Namespace) -> int:
    from data.fer2013 import read_fer2013
    from models.evaluation import evaluate
    from models.loading import load_shipped_model

    faces = read_fer2013(arguments.data)
    chosen = faces.with_usage(arguments.usage)
    model, card = load_shipped_model(arguments.model)
    known = faces.images[faces.usages == "Training"]
    evaluation = evaluate(model, chosen, known if len(known) else None)
    if arguments.json:
        sys.stdout.write(json.dumps(evaluation.to_json()) + "\n")
    else:
        sys.stdout.write(_render_figures(evaluation, f"{card.name} {card.version} on {arguments.usage}"))
    return 0


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
    return "\n".join(lines) + "\n"


COMMANDS: Final = [
    Command("train", "train an expression network and write a complete model folder", _add_train_arguments, _run_train),
    Command("evaluate", "measure an expression network on a FER2013 csv", _add_evaluate_arguments, _run_evaluate),
]

"""`explain`: draws which parts of a face led to a network's prediction."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("image", type=Path, metavar="IMAGE", help="picture of one face, cropped as in the data set")
    parser.add_argument("--model", type=Path, metavar="FOLDER", help="model folder (default: the shipped model)")
    parser.add_argument("--out", type=Path, required=True, metavar="PNG", help="where the picture is written")


def _run(arguments: Namespace) -> int:
    from data.class_folders import read_picture
    from models.evaluation.explanation import explain
    from models.evaluation.pictures import draw_explanation
    from models.labels import LABELS
    from models.loading import load_model

    if arguments.out.suffix.lower() != ".png" or not arguments.out.parent.is_dir():
        raise SettingsError(f"cannot write {arguments.out}: give a name that ends in .png, in a folder that exists")
    image = read_picture(arguments.image)
    model, _ = load_model(arguments.model)
    heat, probabilities = explain(model, image)
    draw_explanation(arguments.out, image, heat, probabilities)
    best = int(probabilities.argmax())
    sys.stdout.write(f"{arguments.image}: {LABELS[best]}, {probabilities[best]:.0%}\n")
    return 0


EXPLAIN: Final = Command("explain", "show which parts of a face led to its prediction (Grad-CAM)", _add_arguments, _run)

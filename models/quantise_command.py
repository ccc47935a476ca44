"""`quantise`: adds the quantised model to a folder that was trained where TensorFlow is not installed."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from fer_desktop.cli.command import Command


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="model folder that `train` wrote")
    parser.add_argument(
        "--data", type=Path, required=True, metavar="CSV", help="FER2013 csv, to measure it on PublicTest"
    )


def _run(arguments: Namespace) -> int:
    from data.fer2013 import read_fer2013
    from models.training.export import add_quantised

    quantised = add_quantised(arguments.folder, read_fer2013(arguments.data).with_usage("PublicTest")).quantised
    if quantised is not None:
        agreement = f"the same expression for {quantised.agreement:.2%} of the test pictures"
        sys.stdout.write(f"{arguments.folder / quantised.file}: {quantised.bytes / 1e6:.1f} MB, {agreement}\n")
    return 0


QUANTISE: Final = Command("quantise", "add the quantised model for processors to a model folder", _add_arguments, _run)

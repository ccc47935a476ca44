"""`fer-desktop detect`: tiles, faces and expressions in single pictures."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.cli.language import print_notice, user_language
from fer_desktop.cli.place import add_place_argument, apply_place, decide_expressions_here, report_expressions_off
from fer_desktop.cli.settings import load_settings_or_defaults
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message

if TYPE_CHECKING:
    from fer_desktop.ports import ExpressionClassifier
    from fer_desktop.types import FrameResult, Image


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("images", nargs="+", metavar="IMAGE", help="pictures of call windows")
    parser.add_argument("--json", action="store_true", help="print one JSON object a picture")
    add_place_argument(parser)


def _run(arguments: Namespace) -> int:
    expressions = decide_expressions_here(apply_place(load_settings_or_defaults(), arguments.place))
    errors = _detect_all(arguments.images, expressions_on=expressions.on, as_json=arguments.json)
    if errors:
        language = user_language()
        raise SourceError("; ".join(language.render(error) for error in errors))
    report_expressions_off(expressions)
    return 0


def _detect_all(paths: Sequence[str], *, expressions_on: bool, as_json: bool) -> list[Message]:
    """Prints a line for each picture that can be read. Returns the errors of the others."""
    from fer_desktop.app import build_classifier
    from fer_desktop.capture.pictures import load_picture

    classifier: ExpressionClassifier | None = None
    errors: list[Message] = []
    notices: dict[Message, None] = {}
    for path in paths:
        try:
            image = load_picture(Path(path))
        except SourceError as error:
            errors.append(error.message)
            continue
        if classifier is None:  # loading it takes seconds: not before there is a picture
            classifier = build_classifier(expressions_on=expressions_on)
        _print_result(path, _detect(image, classifier, notices), as_json=as_json)
    for notice in notices:
        print_notice(notice)
    return errors


def _detect(image: "Image", classifier: "ExpressionClassifier | None", notices: dict[Message, None]) -> "FrameResult":
    """Analyses one picture, with an analyzer of its own: pictures have nothing to do with each other.

    `notices`: receives, in order and each once, what could not be read.
    """
    from fer_desktop.app import build_analyzer, build_namer
    from fer_desktop.types import Frame

    namer = build_namer(at_once=True, on_notice=lambda notice: notices.setdefault(notice))
    with closing(build_analyzer(classifier, namer)) as analyzer:
        return analyzer.process(Frame(0, 0.0, image))


def _print_result(path: str, result: "FrameResult", *, as_json: bool) -> None:
    from fer_desktop.cli.frame_json import describe_frame

    if as_json:
        sys.stdout.write(json.dumps({"image": path} | describe_frame(result)) + "\n")
    else:
        sys.stdout.write(f"{path}: {len(result.tiles)} tiles, {len(result.faces)} faces\n")


DETECT: Final = Command("detect", "Find tiles, faces and expressions in pictures", _add_arguments, _run)

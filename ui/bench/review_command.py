"""`bench-review`: how fast the review is with a term of lessons, which is generated."""

import json
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.bench.review.term import TermPlan
    from ui.bench.review_measures import Measured

_REPEATS: Final = 5
_FILE_WIDTH: Final = 120


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--lessons", type=int, default=30, help="of each of the two courses, 2 or more (default: 30)")
    parser.add_argument("--students", type=int, default=46, help="in every lesson, 2 to 50 (default: 46)")
    parser.add_argument("--seconds", type=int, default=7200, help="length of a lesson (default: 7200)")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the database there, for the next time")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run(arguments: Namespace) -> int:
    if arguments.lessons < 2 or not 2 <= arguments.students <= 50 or arguments.seconds < 1800:
        raise SettingsError("a term has 2 lessons of each course or more, 2 to 50 students, and 1800 seconds or more")
    from ui.application import make_application

    _application = make_application()  # lives as long as its name

    from fer_desktop.bench.review.term import TermPlan
    from ui.language import use_language

    use_language("en")
    plan = TermPlan(arguments.lessons, arguments.students, arguments.seconds)
    with tempfile.TemporaryDirectory(prefix="fer-desktop-bench-") as folder:
        measured, samples = _measure(arguments.keep or Path(folder) / "term.sqlite", plan)
    if arguments.json:
        sys.stdout.write(json.dumps([_describe(each) for each in measured]) + "\n")
    else:
        _print_rows(measured, samples)
    return 0


def _measure(path: Path, plan: "TermPlan") -> "tuple[list[Measured], int]":
    """The rows, and the number of samples in the database. A term that exists at `path` is used as it is."""
    from fer_desktop.bench.console import show_progress
    from fer_desktop.bench.review.term import make_term
    from fer_desktop.storage.store import open_store
    from ui.bench.review_measures import measure_review

    with show_progress() as show:
        if not path.exists():
            make_term(str(path), plan, on_progress=lambda done, of: show(f"Making up a term: lesson {done} of {of}"))
        with open_store(str(path)) as store:
            samples = sum(each.students * each.seconds for each in store.list_sessions())
            measured = measure_review(store, repeats=_REPEATS, on_progress=lambda what: show(f"Measuring {what}"))
            return measured, samples


def _print_rows(measured: "list[Measured]", samples: int) -> None:
    from rich.table import Table

    from fer_desktop.bench.console import describe_met, print_table

    table = Table(title=f"The review of a term: {samples / 1e6:.1f} million samples")
    table.add_column("measure")
    for title in ("bar", "measured"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("met")
    for each in measured:
        sign, unit = ("≥", "") if each.rate else ("≤", " ms")
        bar = "" if each.bar is None else f"{sign} {each.bar:.0f}{unit}"
        table.add_row(each.what, bar, f"{each.value:.0f}{unit}", describe_met(each.met))
    print_table(table, file_width=_FILE_WIDTH)


def _describe(measured: "Measured") -> dict[str, object]:
    """For JSON. `met` is null where there is no bar."""
    return {
        "what": measured.what.strip(),
        "value": round(measured.value, 1),
        "unit": "frames/s" if measured.rate else "ms",
        "bar": measured.bar,
        "met": measured.met,
    }


BENCH_REVIEW: Final = Command(
    "bench-review", "Measure how quick the review is with a term of lessons", _add_arguments, _run
)

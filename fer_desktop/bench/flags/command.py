"""`bench-flags`: how often a flag is correct, and how late, on classes whose script is known."""

import json
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from fer_desktop.simulation.flag_score import FlagScore
    from fer_desktop.types import FlagKind

    TrialScores = dict[FlagKind, FlagScore]

LEAST_PRECISION: Final = 0.95
MOST_DELAY_S: Final = 15.0
_HEAD: Final = "  flag        raised  right  of these   due  came  late: median    95 %    most"


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--students", type=int, default=12, help="drawn students in a class (default: 12)")
    parser.add_argument("--minutes", type=float, default=10.0, help="length of a class (default: 10)")
    parser.add_argument("--drawn", type=int, default=3, metavar="N", help="classes drawn and read (default: 3)")
    parser.add_argument(
        "--full", action="store_true", help="read every drawn face in every frame, not as often as in a lesson"
    )
    parser.add_argument(
        "--scripted", type=int, default=20, metavar="N", help="classes of scripted readings (default: 20)"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the first class (default: 1)")
    parser.add_argument(
        "--sensitivity", choices=("calm", "normal", "sensitive"), default="normal", help="the preset (default: normal)"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run(arguments: Namespace) -> int:
    if arguments.drawn < 0 or arguments.scripted < 0 or arguments.drawn + arguments.scripted == 0:
        raise SettingsError("try one class at least: --drawn 1")
    totals = {name: _add_up(trials) for name, trials in _score_trials(arguments).items() if trials}
    if arguments.json:
        figures = {name: [_describe(score) for score in scores] for name, scores in totals.items()}
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        for name, scores in totals.items():
            sys.stdout.write("\n".join([f"{name}:", _HEAD, *(_format_row(score) for score in scores), ""]) + "\n")
        sys.stdout.write(f"The bar: right in {LEAST_PRECISION:.0%} or more, at most {MOST_DELAY_S:.0f} s late.\n")
    return 0


def _score_trials(arguments: Namespace) -> "dict[str, list[TrialScores]]":
    """By kind of trial, the scores of each class."""
    from fer_desktop.app import flag_rules
    from fer_desktop.bench.console import show_progress
    from fer_desktop.bench.flags.trials import TrialSize, score_drawn, score_scripted
    from fer_desktop.settings import PRESETS

    size = TrialSize(arguments.students, arguments.minutes * 60)
    rules = flag_rules(PRESETS[arguments.sensitivity])
    first = arguments.seed
    trials: dict[str, list[TrialScores]] = {}
    with show_progress() as show:
        trials["drawn faces, real networks"] = [
            score_drawn(
                size,
                seed=seed,
                rules=rules,
                on_progress=lambda doing: show(f"Measuring {doing}"),
                full=arguments.full,
            )
            for seed in range(first, first + arguments.drawn)
        ]
        show("Measuring classes of scripted readings")
        trials["scripted readings"] = [
            score_scripted(size, seed=seed, rules=rules) for seed in range(first, first + arguments.scripted)
        ]
    return trials


def _add_up(trials: "list[TrialScores]") -> "list[FlagScore]":
    """One score for each kind of flag, over all classes."""
    totals = trials[0]
    for scores in trials[1:]:
        totals = {kind: total + scores[kind] for kind, total in totals.items()}
    return list(totals.values())


def _describe(score: "FlagScore") -> dict[str, Any]:
    """For JSON. Figures are null where no flag was raised, due or correct."""
    import numpy as np

    delays = score.delays_s
    p50, p95 = np.percentile(delays, [50, 95]).tolist() if delays else (None, None)
    return {
        "flag": score.kind.value,
        "raised": score.raised,
        "right": score.correct,
        "precision": score.precision,
        "due": score.due,
        "came": score.came,
        "recall": score.recall,
        "delay_s": {"p50": p50, "p95": p95, "max": max(delays, default=None)},
        "met": score.raised > 0 and (score.precision or 0) >= LEAST_PRECISION and max(delays) <= MOST_DELAY_S,
    }


def _format_row(score: "FlagScore") -> str:
    figures = _describe(score)
    delay = figures["delay_s"]
    times = "  ".join("     -" if value is None else f"{value:4.1f} s" for value in delay.values())
    share = "     -" if score.precision is None else f"{score.precision:6.1%}"
    counts = f"{score.raised:6}  {score.correct:5}      {share}  {score.due:4}  {score.came:4}"
    return f"  {score.kind.value:10}  {counts}        {times}   {'' if figures['met'] else 'below the bar'}".rstrip()


BENCH_FLAGS: Final = Command(
    "bench-flags", "Measure how often flags are right, on simulated classes", _add_arguments, _run
)

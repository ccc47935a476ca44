"""`bench-desk`: what the live window costs during a lesson. Its class is generated; no screen is captured."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError

if TYPE_CHECKING:
    from ui.bench.live_window import LongRun, Stall
    from ui.bench.read_class import ReadClass

_WIDTHS: Final = (440, 1000)
_IDLE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class _Bars:
    """What the window has to meet."""

    stall_ms: float = 16.0  # one frame of a 60 Hz screen
    cpu_share: float = 0.15
    slowdown: float = 1.2


_BARS: Final = _Bars()


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--students", type=int, default=49, help="students in the class (default: 49)")
    parser.add_argument("--seconds", type=int, default=20, help="to measure each state of the window (default: 20)")
    parser.add_argument("--lesson", type=int, default=7200, help="seconds in fast-forward, 0: none (default: 7200)")
    parser.add_argument("--engine", action="store_true", help="read drawn frames with the real networks meanwhile")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run(arguments: Namespace) -> int:
    from ui.application import make_application

    if arguments.students < 1 or arguments.seconds < 1 or arguments.lesson < 0:
        raise SettingsError("measure at least one student and one second: --students 49 --seconds 20 --lesson 7200")
    make_application(theme="light")

    from ui.bench.live_window import measure_idle, measure_long_run, measure_window
    from ui.bench.scripted_class import ScriptedClass

    read = _open_read_class(arguments.students) if arguments.engine else None
    observe = read.observe if read is not None else ScriptedClass(arguments.students).observe
    stalls = {"event loop, nothing to do": measure_idle(_IDLE_S)}
    for width in _WIDTHS:
        for unfolded in (False, True):
            name = f"{width} px wide, preview {'unfolded' if unfolded else 'folded'}"
            stalls[name] = measure_window(observe, seconds=arguments.seconds, unfolded=unfolded, width=width)
    if read is not None:
        read.close()
    lesson = measure_long_run(students=arguments.students, seconds=arguments.lesson) if arguments.lesson else None
    if arguments.json:
        sys.stdout.write(json.dumps(_figures(stalls, lesson)) + "\n")
    else:
        _print(stalls, lesson, students=arguments.students)
    return 0


def _open_read_class(students: int) -> "ReadClass":
    from ui.bench.read_class import ReadClass

    return ReadClass(students)


def _figures(stalls: "dict[str, Stall]", lesson: "LongRun | None") -> dict[str, Any]:
    long_run = None if lesson is None else {**asdict(lesson), "ratio": lesson.ratio}
    return {"windows": {name: asdict(stall) for name, stall in stalls.items()}, "lesson": long_run}


def _print(stalls: "dict[str, Stall]", lesson: "LongRun | None", *, students: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"The live window with {students} students, five frames a second")
    table.add_column("state")
    for column in (
        "stall p50",
        f"p99 (≤ {_BARS.stall_ms:.0f} ms)",
        "longest",
        f"of one core (≤ {_BARS.cpu_share:.0%})",
    ):
        table.add_column(column, justify="right")
    for name, stall in stalls.items():
        times = (f"{value:.1f} ms" for value in (stall.p50_ms, stall.p99_ms, stall.most_ms))
        table.add_row(name, *times, f"{stall.cpu_share:.1%}")
    console = Console()
    console.print(table)
    if lesson is not None:
        console.print(
            f"A frame of the chart after {lesson.seconds} s: {lesson.late_ms:.2f} ms, at the beginning "
            f"{lesson.early_ms:.2f} ms: {lesson.ratio:.2f} times (≤ {_BARS.slowdown})"
        )


BENCH_DESK: Final = Command("bench-desk", "Measure what the live window costs", _add_arguments, _run)

"""`bench-encryption`: what encrypted lessons cost in time."""

import json
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Final

from fer_desktop.cli.command import Command
from fer_desktop.errors import SettingsError


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (default: 5)")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")


def _run(arguments: Namespace) -> int:
    from rich.table import Table

    from fer_desktop.bench.console import print_table, show_progress
    from fer_desktop.bench.encryption.measure import measure_costs

    if arguments.rounds < 1:
        raise SettingsError("measure once at least: --rounds 1")
    with tempfile.TemporaryDirectory(prefix="fer-desktop-bench-") as folder, show_progress() as show:
        costs = measure_costs(Path(folder), rounds=arguments.rounds, on_progress=show)
    if arguments.json:
        sys.stdout.write(json.dumps([asdict(cost) for cost in costs]) + "\n")
        return 0
    table = Table("what", "clear", "encrypted", "ratio")
    for cost in costs:
        ratio = f"{cost.encrypted_ms / cost.clear_ms:.2f}" if cost.clear_ms else ""
        clear = f"{cost.clear_ms:.2f} ms" if cost.clear_ms else ""
        table.add_row(cost.what, clear, f"{cost.encrypted_ms:.2f} ms", ratio)
    print_table(table, file_width=100)
    return 0


BENCH_ENCRYPTION: Final = Command(
    "bench-encryption", "measure what encrypted lessons cost in time", _add_arguments, _run
)

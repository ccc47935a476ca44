"""The benchmark's rows, for people and for programs."""

import sys
from itertools import pairwise
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from fer_desktop.bench.gallery.rows import Row

_FILE_WIDTH: Final = 180
"""Columns where nobody's terminal tells them."""


def print_table(rows: list[Row]) -> None:
    table = Table(title="How well call windows are read")
    table.add_column("measure")
    table.add_column("on")
    table.add_column("bar", justify="right", no_wrap=True)
    table.add_column("measured", justify="right", no_wrap=True)
    table.add_column("met")
    table.add_column("weakest scene, and more")
    ends = {id(row) for row, following in pairwise(rows) if row.section != following.section}
    for row in rows:
        verdict = {True: "yes", False: "[red]no[/red]", None: ""}[row.met]
        cells = (row.what, row.on, row.bar_text, row.value_text, verdict, row.note)
        table.add_row(*cells, end_section=id(row) in ends)
    Console(width=None if sys.stdout.isatty() else _FILE_WIDTH).print(table)


def describe_row(row: Row) -> dict[str, Any]:
    """For JSON. `met` is null where there is no bar."""
    return {
        "section": row.section,
        "what": row.what,
        "on": row.on,
        "value": round(row.value, 5),
        "unit": row.unit,
        "bar": row.bar,
        "met": row.met,
        "note": row.note,
    }

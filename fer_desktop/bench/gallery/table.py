"""Prints the benchmark's rows as a table, or describes them for JSON."""

from itertools import pairwise
from typing import Any, Final

from rich.table import Table

from fer_desktop.bench.console import describe_met, print_table
from fer_desktop.bench.gallery.rows import Row

_FILE_WIDTH: Final = 180


def print_rows(rows: list[Row]) -> None:
    """Prints the table to stdout, a line between its sections."""
    table = Table(title="How well call windows are read")
    table.add_column("measure")
    table.add_column("on")
    table.add_column("bar", justify="right", no_wrap=True)
    table.add_column("measured", justify="right", no_wrap=True)
    table.add_column("met")
    table.add_column("weakest scene, and more")
    ends = {id(row) for row, following in pairwise(rows) if row.section != following.section}
    for row in rows:
        cells = (row.what, row.on, row.bar_text, row.value_text, describe_met(row.met), row.note)
        table.add_row(*cells, end_section=id(row) in ends)
    print_table(table, file_width=_FILE_WIDTH)


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

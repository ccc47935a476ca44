"""Reads the tables of a damaged SQLite file row by row, past the pages that cannot be read."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from fer_desktop.storage.sqlite_driver import driver_errors

_NUMBERS: Final = frozenset({"INTEGER", "SMALLINT", "BOOLEAN"})
_STRIDE: Final = 32
"""Keys that are skipped at a time where rows cannot be read; a page holds some 50 rows at least."""
_MOST_SECONDS: Final = 20_000
"""Five and a half hours: no lesson is longer."""
_MOST_ROWS: Final = 100_000

Row = tuple[Any, ...]
Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the file describes it. `key`: the columns of whole numbers by which its rows are ordered."""

    name: str
    sql: str
    columns: tuple[str, ...]
    numbers: tuple[bool, ...]
    key: tuple[str, ...]


def read_tables(connection: sqlite3.Connection) -> list[Table]:
    """The tables of the file, without SQLite's own. Raises `driver_errors()` where the description is damaged."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [_read_table(connection, name, sql) for name, sql in connection.execute(query).fetchall()]


def read_indexes(connection: sqlite3.Connection) -> list[str]:
    """The statements that make the indexes."""
    query = "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    return [sql for (sql,) in connection.execute(query)]


def read_rows(connection: sqlite3.Connection, table: Table, prefixes: Iterable[Key]) -> Iterator[Row]:
    """Every row that can be read and whose numbers are numbers.

    `prefixes`: all but the last column of the keys in question; `[()]` for a table with a key of one column.
    """
    for prefix in prefixes:
        after: int | None = -1
        while after is not None:
            try:
                for row in _select(connection, table, prefix, after):
                    after, values = row[0], row[1:]
                    if _has_numbers(table, values):
                        yield values
            except _read_errors():
                after = _find_readable(connection, table, prefix, after)
            else:
                break


def _read_table(connection: sqlite3.Connection, name: str, sql: str) -> Table:
    described = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = tuple(column[1] for column in described)
    numbers = tuple(column[2].upper() in _NUMBERS for column in described)
    own_key = tuple(column[1] for column in sorted(described, key=lambda column: column[5]) if column[5])
    return Table(name, sql, columns, numbers, own_key if "WITHOUT ROWID" in sql.upper() else ("rowid",))


def _select(connection: sqlite3.Connection, table: Table, prefix: Key, after: int) -> Iterator[Row]:
    *fixed, last = table.key
    columns = ", ".join(f'"{column}"' for column in table.columns)
    conditions = " AND ".join([*(f"{column} = ?" for column in fixed), f"{last} > ?"])
    query = f'SELECT {last}, {columns} FROM "{table.name}" WHERE {conditions} ORDER BY {last}'
    yield from connection.execute(query, (*prefix, after))


def _read_errors() -> tuple[type[Exception], ...]:
    """What a damaged page, or a number too large for a statement, raises."""
    return (*driver_errors(), OverflowError)


def _has_numbers(table: Table, values: Row) -> bool:
    columns = zip(table.numbers, values, strict=True)
    return all(value is None or isinstance(value, int) for is_number, value in columns if is_number)


def _find_readable(connection: sqlite3.Connection, table: Table, prefix: Key, after: int) -> int | None:
    """The smallest number found after which rows can be read again; None if there are none."""
    most = _MOST_SECONDS if prefix else _MOST_ROWS
    for tried in range(after + 1, after + most, _STRIDE):
        if (readable := _is_readable(connection, table, prefix, tried)) is not None:
            earlier = range(tried - _STRIDE + 1, tried) if readable else ()
            return next((each for each in earlier if _is_readable(connection, table, prefix, each)), tried)
    return None


def _is_readable(connection: sqlite3.Connection, table: Table, prefix: Key, after: int) -> bool | None:
    """Whether there is a row after a number; None where that cannot be read."""
    try:
        return next(_select(connection, table, prefix, after), None) is not None
    except _read_errors():
        return None

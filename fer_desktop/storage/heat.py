"""Reads the students of a session by time, in few enough columns to be drawn as a heat map."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from fer_desktop.storage.queries import MARKS, count_marks, mean_of, read_table
from fer_desktop.storage.rows import probabilities_of
from fer_desktop.storage.schema import Mood, Sample, Student
from fer_desktop.storage.values import Counts, HeatGrid
from fer_desktop.types import EXPRESSIONS, Floats

_MARKS: Final = tuple(reversed(MARKS))


def read_heat_grid(connection: Connection, session_id: int, *, columns: int) -> HeatGrid:
    """All students by number, over at most `columns` columns of equal length. One scan of the session's samples."""
    last = connection.scalar(select(func.max(Mood.second)).where(Mood.session_id == session_id)) or 0
    column_s = _divide_up(last + 1, columns)
    width = _divide_up(last + 1, column_s)
    students = _read_student_numbers(connection, session_id)
    counts, values = _read_cells(connection, session_id, students, last=last, column_s=column_s, width=width)
    tiles, cameras_on, people, faces = np.moveaxis(counts, -1, 0)
    return HeatGrid(
        students=students,
        column_s=column_s,
        recorded=_read_recorded(connection, session_id, column_s=column_s, width=width),
        tiles=tiles,
        cameras_on=cameras_on,
        people=people,
        faces=faces,
        probabilities=values[:, :, 1:],
        attention=values[:, :, 0],
    )


def _divide_up(number: int, divisor: int) -> int:
    return -(-number // divisor)


def _read_student_numbers(connection: Connection, session_id: int) -> Counts:
    query = select(Student.student).where(Student.session_id == session_id).order_by(Student.student)
    return np.array(connection.scalars(query).all(), np.int64)


def _read_cells(
    connection: Connection, session_id: int, students: Counts, *, last: int, column_s: int, width: int
) -> tuple[Counts, Floats]:
    """(n, width, 4) counts of the marks; (n, width, 8) means of attention and seven probabilities, NaN if unread."""
    column = (Sample.second // column_s).label("column")
    means = [mean_of(getattr(Sample, name)) for name in ("attention", *EXPRESSIONS)]
    query = (
        select(Sample.student, column, *count_marks(*_MARKS), *means)
        .where(Sample.session_id == session_id, Sample.second <= last)
        .group_by(Sample.student, "column")
    )
    table = read_table(connection, query)
    cells = np.full((len(students), width, len(_MARKS) + len(means)), np.nan)
    cells[:, :, : len(_MARKS)] = 0
    _count_unknown_people(table[:, 2 : 2 + len(_MARKS)])
    cells[np.searchsorted(students, table[:, 0]), table[:, 1].astype(np.int64)] = table[:, 2:]
    return cells[:, :, : len(_MARKS)].astype(np.int64), probabilities_of(cells[:, :, len(_MARKS) :])


def _count_unknown_people(counts: NDArray[np.float64]) -> None:
    """Where nobody looked for people, whoever had the camera on counts as there. `counts`: (rows, 4), changed."""
    people, cameras_on = _MARKS.index(Sample.person_seen), _MARKS.index(Sample.camera_on)
    unknown = np.isnan(counts[:, people])
    counts[unknown, people] = counts[unknown, cameras_on]


def _read_recorded(connection: Connection, session_id: int, *, column_s: int, width: int) -> Counts:
    """(width,) recorded seconds of each column."""
    column = (Mood.second // column_s).label("column")
    query = select(column, func.count()).where(Mood.session_id == session_id).group_by("column")
    recorded = np.zeros(width, np.int64)
    for index, seconds in connection.execute(query):
        recorded[index] = seconds
    return recorded

"""The students of a session by time, in few enough columns to be drawn: what the heat map shows."""

import numpy as np
from sqlalchemy import Connection, func, select

from fer_desktop.storage.queries import count_marks, read_table
from fer_desktop.storage.rows import probabilities_of
from fer_desktop.storage.schema import Mood, Sample, Student
from fer_desktop.storage.values import HeatGrid
from fer_desktop.types import EXPRESSIONS


def read_heat_grid(connection: Connection, session_id: int, *, columns: int) -> HeatGrid:
    """All students, by number, over at most so many columns of equal length. One scan of the session's samples."""
    last = connection.scalar(select(func.max(Mood.second)).where(Mood.session_id == session_id)) or 0
    column_s = -(-(last + 1) // columns)
    width = -(-(last + 1) // column_s)
    place = (Sample.second // column_s).label("place")
    marks = (Sample.tile_seen, Sample.camera_on, Sample.face_found)
    means = [func.avg(getattr(Sample, name)) for name in EXPRESSIONS]
    query = (
        select(Sample.student, place, *count_marks(*marks), func.avg(Sample.attention), *means)
        .where(Sample.session_id == session_id, Sample.second <= last)
        .group_by(Sample.student, "place")
    )
    of_session = select(Student.student).where(Student.session_id == session_id).order_by(Student.student)
    students = np.array(connection.scalars(of_session).all(), np.int64)
    table = read_table(connection, query)
    filled = np.full((len(students), width, table.shape[1] - 2), np.nan)
    filled[:, :, : len(marks)] = 0
    filled[np.searchsorted(students, table[:, 0]), table[:, 1].astype(np.int64)] = table[:, 2:]
    counts = filled[:, :, : len(marks)].astype(np.int64)
    attention, probabilities = probabilities_of(filled[:, :, 3]), probabilities_of(filled[:, :, 4:])
    recorded = np.zeros(width, np.int64)
    moods = select((Mood.second // column_s).label("place"), func.count()).where(Mood.session_id == session_id)
    for column, seconds in connection.execute(moods.group_by("place")):
        recorded[column] = seconds
    tiles, cameras_on, faces = np.moveaxis(counts, -1, 0)
    return HeatGrid(students, column_s, recorded, tiles, cameras_on, faces, probabilities, attention)

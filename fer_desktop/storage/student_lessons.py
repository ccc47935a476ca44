"""Reads a student's lessons across the sessions of a course, as functions of an open connection."""

from collections import defaultdict

import numpy as np
from sqlalchemy import Connection, select

from fer_desktop.roster.names import fold_name
from fer_desktop.storage.queries import EXCLUSION_KINDS, read_events, read_session, read_students
from fer_desktop.storage.rows import BAD_VALUES
from fer_desktop.storage.schema import Mood, Session, Student
from fer_desktop.storage.values import Seconds, SessionSummary, StoredLesson, StoredLessons


def read_student_lessons(connection: Connection, session_id: int, student: int) -> StoredLessons:
    """The student in all ended lessons of the same course, the earliest first, found by their stored name.

    Only the requested lesson is listed if the student has no name, or if two students have that name in it. Another
    lesson in which two students have the name is omitted and counted.
    """
    name = connection.scalar(select(Student.name).where(Student.session_id == session_id, Student.student == student))
    own = _read_lesson(connection, session_id, student)
    if name is None or not own.session.course:
        return StoredLessons((own,), named=name is not None, namesakes=0)
    bearers = _find_bearers(connection, own.session, fold_name(name))
    if len(bearers.get(session_id, ())) > 1:
        return StoredLessons((own,), named=True, namesakes=1)
    others = [
        lesson
        for session, found in bearers.items()
        if session != session_id and len(found) == 1
        if (lesson := _read_if_readable(connection, session, found[0])) is not None
    ]
    lessons = sorted([own, *others], key=lambda lesson: (lesson.session.started_at, lesson.session.id))
    return StoredLessons(tuple(lessons), named=True, namesakes=sum(len(found) > 1 for found in bearers.values()))


def _read_if_readable(connection: Connection, session_id: int, student: int) -> StoredLesson | None:
    """None for a lesson with a damaged value, which costs that lesson only."""
    try:
        return _read_lesson(connection, session_id, student)
    except BAD_VALUES:
        return None


def _read_lesson(connection: Connection, session_id: int, student: int) -> StoredLesson:
    (summary,) = read_students(connection, session_id, only=student)
    exclusions = read_events(connection, session_id, student=student, kinds=EXCLUSION_KINDS)
    recorded = _read_recorded_seconds(connection, session_id) if exclusions else None
    return StoredLesson(read_session(connection, session_id), summary, tuple(exclusions), recorded)


def _read_recorded_seconds(connection: Connection, session_id: int) -> Seconds:
    query = select(Mood.second).where(Mood.session_id == session_id).order_by(Mood.second)
    return np.array(connection.scalars(query).all(), np.int64)


def _find_bearers(connection: Connection, own: SessionSummary, folded: str) -> dict[int, list[int]]:
    """The students with that folded name, by session of the course: the ended sessions and `own`."""
    included = Session.ended_at.is_not(None) | (Session.id == own.id)
    query = (
        select(Student.session_id, Student.student, Student.name)
        .join(Session, Session.id == Student.session_id)
        .where(Session.course == own.course, Session.purged_at.is_(None), included)
        .order_by(Student.session_id)
    )
    bearers: defaultdict[int, list[int]] = defaultdict(list)
    for session_id, student, name in connection.execute(query):
        if isinstance(name, str) and fold_name(name) == folded:
            bearers[session_id].append(student)
    return bearers

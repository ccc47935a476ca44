"""What review reads across sessions, as functions of an open connection: a student's lessons, and texts to search."""

from collections import Counter, defaultdict

import numpy as np
from sqlalchemy import Connection, select

from fer_desktop.analysis.exclusions import count_excluded, count_watched
from fer_desktop.storage.queries import read_exclusions, read_session, read_students
from fer_desktop.storage.schema import EventRow, Mood, Session, Student
from fer_desktop.storage.values import SessionSummary, StudentLesson, StudentTerm
from fer_desktop.types import EventKind
from fer_desktop.vision.names.matching import fold_name


def read_student_term(connection: Connection, session_id: int, student: int) -> StudentTerm:
    """The student in all ended lessons of the same course, the earliest first, found by the name that is stored.

    Without a name, or where two of the session bear it, nobody can tell who they were in other lessons: then there is
    only the lesson itself. A lesson in which two bear the name is left out and counted.
    """
    wanted = connection.scalar(select(Student.name).where(Student.session_id == session_id, Student.student == student))
    own = _read_lesson(connection, session_id, student)
    if wanted is None or not own.session.course:
        return StudentTerm((own,), named=wanted is not None, namesakes=0)
    numbers = _find_namesakes(connection, own.session, fold_name(wanted))
    if len(numbers.get(session_id, ())) > 1:
        return StudentTerm((own,), named=True, namesakes=1)
    lessons = [own]
    for session, found in numbers.items():
        if session != session_id and len(found) == 1:
            lessons.append(_read_lesson(connection, session, found[0]))
    lessons.sort(key=lambda lesson: (lesson.session.started_at, lesson.session.id))
    return StudentTerm(tuple(lessons), named=True, namesakes=sum(len(found) > 1 for found in numbers.values()))


def _read_lesson(connection: Connection, session_id: int, student: int) -> StudentLesson:
    (summary,) = read_students(connection, session_id, only=student)
    session = read_session(connection, session_id)
    left_out = _count_excluded(connection, session_id, student)
    watched = count_watched(session.watched_seconds, left_out, seen_seconds=summary.tile_seconds)
    return StudentLesson(session, summary, watched)


def _count_excluded(connection: Connection, session_id: int, student: int) -> int:
    turns = read_exclusions(connection, session_id, student)
    if not turns:
        return 0
    query = select(Mood.second).where(Mood.session_id == session_id).order_by(Mood.second)
    return count_excluded(turns, np.array(connection.scalars(query).all(), np.int64))


def read_search_texts(connection: Connection) -> dict[int, str]:
    """What can be searched of each session besides its summary: notes, bookmarks and students' names, a line each."""
    lines: defaultdict[int, Counter[str]] = defaultdict(Counter)
    own = select(EventRow.session_id, EventRow.text).where(EventRow.kind.in_([EventKind.BOOKMARK, EventKind.NOTE]))
    names = select(Student.session_id, Student.name).where(Student.name.is_not(None))
    for query in (own, names):
        for session_id, text in connection.execute(query):
            if text:
                lines[session_id][text] += 1
    return {session_id: "\n".join(texts) for session_id, texts in lines.items()}


def _find_namesakes(connection: Connection, own: SessionSummary, folded: str) -> dict[int, list[int]]:
    """Who bears the name, by session of the course: those that have ended, and the own one."""
    told = Session.ended_at.is_not(None) | (Session.id == own.id)
    query = (
        select(Student.session_id, Student.student, Student.name)
        .join(Session, Session.id == Student.session_id)
        .where(Session.course == own.course, told)
        .order_by(Student.session_id)
    )
    numbers: defaultdict[int, list[int]] = defaultdict(list)
    for session_id, student, name in connection.execute(query):
        if name is not None and fold_name(name) == folded:
            numbers[session_id].append(student)
    return numbers

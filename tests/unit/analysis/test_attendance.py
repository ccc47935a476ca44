"""Attendance: by number, with the roster if the course has one; excluded students without figures."""

from datetime import UTC, datetime

import numpy as np

from fer_desktop.analysis.attendance import AttendanceRow, list_attendance
from fer_desktop.messages import literal
from fer_desktop.storage.values import SessionSummary, StudentSummary
from fer_desktop.types import Event, EventKind

RECORDED = np.arange(600)


def session(*, aggregate_only: bool = False) -> SessionSummary:
    began = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    return SessionSummary(
        id=1,
        started_at=began,
        ended_at=began,
        seconds=600,
        watched_seconds=600,
        source=literal(""),
        course="Physics",
        simulated=False,
        expressions_on=True,
        aggregate_only=aggregate_only,
        interrupted=False,
        place=None,
        model="",
        students=3,
        mean_mood=None,
        bookmarks=0,
        flags=0,
    )


def student(number: int, name: str | None = None, *, seconds: int = 60, camera: int = 40) -> StudentSummary:
    return StudentSummary(
        student=number,
        name=name,
        label=name or f"Student {number}",
        first_second=5,
        last_second=300,
        face_seconds=30,
        person_seconds=30,
        camera_on_seconds=camera,
        tile_seconds=seconds,
        mean_probabilities=None,
        flags=0,
    )


def excluded(number: int, second: int = 3) -> Event:
    return Event(EventKind.STUDENT_EXCLUDED, second, student=number)


def included(number: int, second: int = 4) -> Event:
    return Event(EventKind.STUDENT_INCLUDED, second, student=number)


def places(rows: list[AttendanceRow]) -> list[tuple[int | None, str, bool | None, bool]]:
    return [(row.student, row.label, row.on_roster, row.excluded) for row in rows]


def test_without_a_roster_all_seen_students_are_listed() -> None:
    (row,) = list_attendance(session(), [student(4)], [], [], RECORDED)
    assert (row.student, row.label, row.first_second, row.last_second) == (4, "Student 4", 5, 300)
    assert (row.view_seconds, row.camera_on_seconds, row.on_roster, row.excluded) == (60, 40, None, False)


def test_with_a_roster_strangers_are_marked_and_the_other_names_come_last() -> None:
    students = [student(1, "Zoe Kim"), student(2), student(3, "Guest")]
    rows = list_attendance(session(), students, [], ["Adil", "Zoë Kim", "Bea"], RECORDED)
    assert places(rows) == [
        (1, "Zoe Kim", True, False),
        (2, "Student 2", False, False),
        (3, "Guest", False, False),
        (None, "Adil", True, False),
        (None, "Bea", True, False),
    ]
    assert (rows[3].first_second, rows[3].view_seconds, rows[3].camera_on_seconds) == (None, None, None)


def test_a_roster_is_ignored_if_no_names_were_stored() -> None:
    rows = list_attendance(session(), [student(1), student(2)], [], ["Adil", "Bea"], RECORDED)
    assert places(rows) == [(1, "Student 1", None, False), (2, "Student 2", None, False)]


def test_an_excluded_student_has_no_figures_and_stays_on_the_roster() -> None:
    students = [student(2, "Zoe Kim"), student(3)]
    rows = list_attendance(session(), students, [excluded(2), excluded(1, 9)], ["Zoë Kim", "Bea"], RECORDED)
    assert places(rows) == [
        (1, "Student 1", False, True),
        (2, "Zoe Kim", True, True),
        (3, "Student 3", False, False),
        (None, "Bea", True, False),
    ]
    for row in rows[:2]:
        assert (row.first_second, row.last_second, row.view_seconds, row.camera_on_seconds) == (None,) * 4


def test_a_student_included_again_is_like_the_others() -> None:
    events = [excluded(4), included(4), excluded(5), included(5), excluded(5, 9)]
    rows = list_attendance(session(), [student(4), student(5)], events, [], RECORDED)
    assert [(row.excluded, row.view_seconds) for row in rows] == [(False, 60), (True, None)]


def test_excluded_time_is_neither_present_nor_absent() -> None:
    events = [excluded(4, 100), included(4, 250), excluded(4, 300), included(4, 350), excluded(5, 0), included(5, 10)]
    students = [student(4, seconds=400, camera=200), student(5, seconds=590), student(6, seconds=300)]
    rows = list_attendance(session(), students, events, [], RECORDED)
    assert [(row.watched_seconds, row.excluded_seconds) for row in rows] == [(400, 200), (590, 10), (600, 0)]
    assert [row.view_share for row in rows] == [1, 1, 0.5]
    assert rows[0].camera_on_share == 0.5


def test_unrecorded_seconds_are_not_excluded() -> None:
    recorded = np.concatenate((np.arange(100), np.arange(400, 600)))  # a pause
    (row,) = list_attendance(session(), [student(4)], [excluded(4, 90), included(4, 410)], [], recorded)
    assert (row.watched_seconds, row.excluded_seconds) == (280, 20)


def test_a_second_in_which_a_student_was_seen_counts_whoever_they_were_joined_with() -> None:
    events = [excluded(4, 0), included(4, 500)]
    (row,) = list_attendance(session(), [student(4, seconds=300)], events, [], RECORDED)
    assert (row.watched_seconds, row.excluded_seconds, row.view_share) == (300, 300, 1)


def test_a_row_without_seconds_has_no_shares() -> None:
    rows = list_attendance(session(), [student(4, "Ada")], [excluded(4)], ["Bea"], RECORDED)
    assert [(row.view_share, row.camera_on_share, row.excluded_seconds) for row in rows] == [(None, None, None)] * 2


def test_a_class_as_a_whole_has_no_attendance() -> None:
    assert list_attendance(session(aggregate_only=True), [], [excluded(1)], ["Zoë Kim"], RECORDED) == []

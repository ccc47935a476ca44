"""A correction of a session's students changes exactly that, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fer_desktop.analysis.exclusions import count_excluded, find_exclusion_toggles
from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import MoodSeries, StudentSeries
from fer_desktop.types import Event, EventKind, FlagKind, StudentSecond
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, reading, record, record_lesson, seen, unseen

pytestmark = pytest.mark.every_database

ROUNDING = 1.1e-4


def snapshot(store: Store, session: int) -> tuple[object, ...]:
    """All that is stored of a session, comparable."""
    students = store.students(session)
    return (
        store.session(session),
        [(each.student, each.name, each.tile_seconds, each.flags) for each in students],
        [_lists(store.student_series(session, each.student)) for each in students],
        _lists(store.mood_series(session)),
        store.events(session),
    )


def _lists(series: StudentSeries | MoodSeries) -> list[object]:
    fields = [getattr(series, name) for name in series.__slots__]
    return [np.nan_to_num(values, nan=-1).tolist() for values in fields]


def test_a_student_gets_a_name_another_one_and_none_again(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1), seen(2)])])
    store.rename_student(session, 2, "  Zoë   Kim ")
    assert [each.label for each in store.students(session)] == ["Student 1", "Zoë Kim"]
    store.rename_student(session, 2, "Zoe")
    store.rename_student(session, 2, " ")
    assert [each.name for each in store.students(session)] == [None, None]


@pytest.mark.parametrize(
    "take_away",
    [
        lambda store, session: store.rename_student(session, 1, None),
        lambda store, session: store.rename_student(session, 1, "Ann"),
        lambda store, session: store.merge_students(session, 1, 2),
        lambda store, session: store.erase_student(session, 1),
    ],
)
def test_a_name_that_is_taken_away_is_in_no_file(
    store: Store, database_path: Path, take_away: Callable[[Store, int], None]
) -> None:
    session = record_lesson(store, [record(0, [seen(1), seen(2)], names=[(2, "Bob")])])
    store.rename_student(session, 1, "Name-to-be-forgotten")
    take_away(store, session)
    assert not any(b"to-be-forgotten" in path.read_bytes() for path in database_path.parent.iterdir() if path.is_file())


def test_a_student_with_only_a_name_is_listed_and_erased(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1)], names=[(2, "Bob")])])
    named = store.students(session)[1]
    assert (named.student, named.label, named.tile_seconds, named.first_second) == (2, "Bob", 0, None)
    assert named.mean_probabilities is None
    assert store.session(session).students == len(store.students(session)) == 2
    with raises_message(StorageError, MessageKey.UNSEEN_STUDENT_NOT_SPLIT):
        store.split_student(session, 2, 1)
    store.erase_student(session, 2)
    assert store.session(session).students == len(store.students(session)) == 1


def test_joined_students_are_one_with_their_flags_and_seconds(store: Store) -> None:
    flag = Event(EventKind.FLAG_RAISED, 2, "camera off", 2, FlagKind.CAMERA_OFF)
    lesson = [record(0, [seen(1)]), record(1, [seen(1), seen(3)]), record(2, [unseen(2)], [flag]), record(3, [seen(2)])]
    session = record_lesson(store, lesson)
    store.merge_students(session, 2, 1)
    assert store.session(session).students == 2
    series = store.student_series(session, 1)
    assert series.seconds.tolist() == [0, 1, 2, 3]
    assert series.camera_on.tolist() == [True, True, False, True]
    np.testing.assert_allclose(series.probabilities[3], reading(2), atol=ROUNDING)
    assert [event.student for event in store.events(session)] == [1]
    with raises_message(StorageError, MessageKey.NO_STUDENT, student=2):
        store.student_series(session, 2)


def test_a_second_of_both_becomes_one_and_the_class_counts_one(store: Store) -> None:
    mine, theirs, other = reading(10), reading(11), reading(12)
    both = [seen(1, mine), seen(2, theirs), seen(3, other)]
    half = [unseen(1), seen(2, theirs)]
    session = record_lesson(store, [record(0, both), record(1, half), record(2, [seen(3, other)])])
    before = store.mood_series(session).probabilities[2].copy()

    store.merge_students(session, 2, 1)

    series = store.student_series(session, 1)
    np.testing.assert_allclose(series.probabilities[0], (mine + theirs) / 2, atol=ROUNDING)
    np.testing.assert_allclose(series.probabilities[1], theirs, atol=ROUNDING)
    assert all(marks.all() for marks in (series.face_found, series.camera_on, series.tile_seen))
    moods = store.mood_series(session)
    assert moods.students.tolist() == [2, 1, 1]
    assert moods.faces.tolist() == [2, 1, 1]
    np.testing.assert_allclose(moods.probabilities[0], ((mine + theirs) / 2 + other) / 2, atol=2 * ROUNDING)
    np.testing.assert_array_equal(moods.probabilities[2], before)


@pytest.mark.parametrize(
    ("names", "left"), [({1: "Ann", 2: "Bob"}, "Ann"), ({2: "Bob"}, "Bob"), ({1: "Ann"}, "Ann"), ({}, None)]
)
def test_the_target_of_a_merge_keeps_its_name(store: Store, names: dict[int, str], left: str | None) -> None:
    session = record_lesson(store, [record(0, [seen(1)]), record(1, [seen(2)], names=list(names.items()))])
    store.merge_students(session, 2, 1)
    assert [each.name for each in store.students(session)] == [left]


def test_a_split_gives_what_follows_to_a_new_student(store: Store) -> None:
    events = [Event(EventKind.FLAG_RAISED, second, "away", 2, FlagKind.AWAY) for second in (1, 4)]
    lesson = [record(second, [seen(2)], names=[(2, "Ann")]) for second in (0, 1)]
    lesson += [record(second, [seen(2), seen(5)]) for second in (4, 6)]
    lesson[1], lesson[2] = replace(lesson[1], events=(events[0],)), replace(lesson[2], events=(events[1],))
    session = record_lesson(store, lesson)
    assert store.split_student(session, 2, 4) == 6
    assert [(each.student, each.name) for each in store.students(session)] == [(2, "Ann"), (5, None), (6, None)]
    assert store.student_series(session, 2).seconds.tolist() == [0, 1]
    assert store.student_series(session, 6).seconds.tolist() == [4, 6]
    assert [event.student for event in store.events(session)] == [2, 6]


@pytest.mark.parametrize(
    ("at_second", "first", "other"),
    [(1, [], [2, 8]), (2, [], [2, 8]), (5, [2, 5], [5, 8]), (8, [2, 8], []), (9, [2, 8], [])],
)
def test_an_exclusion_that_spans_the_split_is_split_too(
    store: Store, at_second: int, first: list[int], other: list[int]
) -> None:
    """Otherwise one of the two would count as excluded to the end."""
    out, back = Event(EventKind.STUDENT_EXCLUDED, 2, "", 1), Event(EventKind.STUDENT_INCLUDED, 8, "", 1)
    lesson = [record(second, [seen(1)] if not 2 <= second < 8 else []) for second in range(10)]
    lesson[2], lesson[8] = replace(lesson[2], events=(out,)), replace(lesson[8], events=(back,))
    session = record_lesson(store, lesson)
    new = store.split_student(session, 1, at_second)
    toggles = find_exclusion_toggles(store.events(session))
    assert (toggles[1], toggles[new]) == (first, other)
    store.merge_students(session, new, 1)
    assert count_excluded(find_exclusion_toggles(store.events(session))[1], np.arange(10)) == 6


def test_a_new_number_is_never_one_that_an_event_has(store: Store) -> None:
    excluded = Event(EventKind.STUDENT_EXCLUDED, 0, "", 9)
    session = record_lesson(store, [record(0, [seen(1)], [excluded]), record(1, [seen(1)])])
    assert store.split_student(session, 1, 1) == 10


SECONDS = st.lists(
    st.lists(
        st.builds(
            StudentSecond,
            student=st.sampled_from([1, 2, 3]),
            face_found=st.booleans(),
            camera_on=st.booleans(),
            tile_seen=st.booleans(),
            probabilities=st.none() | st.integers(0, 99).map(reading),
        ),
        unique_by=lambda sample: sample.student,
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SECONDS, st.integers(1, 7))
def test_joining_again_undoes_a_split(store: Store, seconds: list[list[StudentSecond]], at_second: int) -> None:
    whole = [[seen(1)], *seconds, [seen(1)]]
    session = record_lesson(store, [record(second, samples) for second, samples in enumerate(whole)])
    before = snapshot(store, session)
    new = store.split_student(session, 1, min(at_second, len(whole) - 1))
    assert new == 1 + max(sample.student for samples in whole for sample in samples)
    store.merge_students(session, new, 1)
    assert snapshot(store, session) == before


def test_seconds_together_are_counted_for_each_other_student(store: Store) -> None:
    lesson = [record(0, [seen(1), seen(2)]), record(1, [seen(1), seen(2), seen(3)]), record(2, [seen(4)])]
    session = record_lesson(store, lesson)
    assert store.seconds_together(session, 1) == {2: 2, 3: 1}
    assert store.seconds_together(session, 4) == {}


@pytest.mark.parametrize(
    ("correct", "key"),
    [
        (lambda store, session: store.rename_student(session, 9, "Ann"), MessageKey.NO_STUDENT),
        (lambda store, session: store.merge_students(session, 9, 1), MessageKey.NO_STUDENT),
        (lambda store, session: store.merge_students(session, 1, 9), MessageKey.NO_STUDENT),
        (lambda store, session: store.merge_students(session, 1, 1), MessageKey.STUDENT_MERGED_INTO_SELF),
        (lambda store, session: store.split_student(session, 9, 1), MessageKey.NO_STUDENT),
        (lambda store, session: store.split_student(session, 1, 0), MessageKey.STUDENT_NOT_SPLIT),
        (lambda store, session: store.split_student(session, 1, 3), MessageKey.STUDENT_NOT_SPLIT),
        (lambda store, session: store.split_student(session, 1, -5), MessageKey.STUDENT_NOT_SPLIT),
        (lambda store, session: store.seconds_together(session, 9), MessageKey.NO_STUDENT),
        (lambda store, session: store.merge_students(session + 1, 1, 2), MessageKey.NO_SESSION),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(store: Store, correct: object, key: MessageKey) -> None:
    assert callable(correct)
    session = record_lesson(store, [record(second, [seen(1), seen(2)], names=[(1, "Ann")]) for second in range(3)])
    before = snapshot(store, session)
    with raises_message(StorageError, key):
        correct(store, session)
    assert snapshot(store, session) == before


def test_a_session_that_is_being_recorded_is_not_corrected(store: Store) -> None:
    writer = store.begin_session(new_session())
    session = writer.session_id
    for correct in (
        lambda: store.rename_student(session, 1, "Ann"),
        lambda: store.merge_students(session, 1, 2),
        lambda: store.split_student(session, 1, 2),
    ):
        with raises_message(StorageError, MessageKey.SESSION_BEING_RECORDED):
            correct()
    writer.close()


def test_two_hours_of_two_students_are_joined(store: Store) -> None:
    sample = reading(1)
    session = record_lesson(store, [record(n, [seen(1, sample), seen(2, sample)]) for n in range(1700)])
    store.merge_students(session, 1, 2)
    assert store.students(session)[0].tile_seconds == 1700
    assert set(store.mood_series(session).students.tolist()) == {1}


def test_a_session_gets_another_course_and_nothing_else_changes(store: Store) -> None:
    session = record_lesson(store, [record(n, [seen(1), seen(2)]) for n in range(3)], new_session(course=""))
    before = store.session(session)
    store.set_course(session, "  Physics 101 ")
    assert store.session(session) == replace(before, course="Physics 101")
    store.set_course(session, "")
    assert store.session(session) == before


def test_a_missing_session_gets_no_course(store: Store) -> None:
    with raises_message(StorageError, MessageKey.NO_SESSION, session=7):
        store.set_course(7, "Physics")


def test_a_session_that_is_being_recorded_keeps_its_course(store: Store) -> None:
    recording = store.begin_session(new_session(course="Chemistry"))
    with pytest.raises(StorageError, match="being recorded"):
        store.set_course(recording.session_id, "Physics")
    recording.close()
    assert store.session(recording.session_id).course == "Chemistry"

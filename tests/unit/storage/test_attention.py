"""The attention index in the store: written, read, corrected, and kept out where it must not be."""

from dataclasses import replace

import numpy as np
import pytest

from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind, FlagKind, SecondRecord, StudentSecond
from tests.unit.storage.lessons import new_session, record, record_lesson, seen, unseen

pytestmark = pytest.mark.every_database


def attending(student: int, attention: float | None) -> StudentSecond:
    return replace(seen(student), attention=attention)


def second_of(second: int, students: list[StudentSecond], attention: float | None = None) -> SecondRecord:
    """With the class's own index."""
    made = record(second, students)
    return replace(made, mood=replace(made.mood, attention=attention))


def test_the_index_is_read_as_stored_and_nan_where_it_is_unknown(store: Store) -> None:
    session = record_lesson(
        store,
        [
            second_of(0, [attending(1, 0.6543), unseen(2)], 0.6543),
            second_of(1, [attending(1, None), unseen(2)]),
            second_of(2, [attending(1, 0.3457), unseen(2)], 0.3457),
        ],
    )
    series = store.student_series(session, 1)
    assert series.attention == pytest.approx([0.6543, np.nan, 0.3457], nan_ok=True)
    assert store.mood_series(session).attention == pytest.approx([0.6543, np.nan, 0.3457], nan_ok=True)
    first, second = store.students(session)
    assert first.attention == pytest.approx(0.5)
    assert second.attention is None


@pytest.mark.parametrize("index", [-0.1, 1.01, float("nan")])
def test_an_index_outside_its_range_is_refused(store: Store, index: float) -> None:
    writer = store.begin_session(new_session())
    with pytest.raises(ValueError, match="an attention index is 0 to 1"):
        writer.record(second_of(0, [attending(1, index)]))
    writer.close()


def test_where_expressions_are_off_no_index_is_stored(store: Store) -> None:
    session = record_lesson(store, [second_of(0, [attending(1, 0.5)], 0.5)], new_session(expressions_on=False))
    assert np.isnan(store.student_series(session, 1).attention).all()
    assert np.isnan(store.mood_series(session).attention).all()


def test_an_erased_student_has_no_part_in_the_classs_index(store: Store) -> None:
    session = record_lesson(store, [second_of(0, [attending(1, 0.2), attending(2, 0.8)], 0.5)])
    store.erase_student(session, 1)
    assert store.mood_series(session).attention == pytest.approx([0.8])


@pytest.mark.parametrize(("theirs", "mine", "joined"), [(0.2, 0.8, 0.5), (0.2, None, 0.2), (None, None, np.nan)])
def test_a_merge_takes_the_mean_of_the_known_values(
    store: Store, theirs: float | None, mine: float | None, joined: float
) -> None:
    session = record_lesson(store, [second_of(0, [attending(1, theirs), attending(2, mine)])])
    store.merge_students(session, 1, 2)
    assert store.student_series(session, 2).attention == pytest.approx([joined], nan_ok=True)
    assert store.mood_series(session).attention == pytest.approx([joined], nan_ok=True)


def test_a_flag_of_the_class_is_kept_where_those_of_students_are_not(store: Store) -> None:
    writer = store.begin_session(new_session(aggregate_only=True))
    writer.add_event(Event(EventKind.FLAG_RAISED, 3, "the mood fell", None, FlagKind.CLASS_DROP))
    writer.add_event(Event(EventKind.FLAG_RAISED, 3, "eyes closed", 4, FlagKind.DROWSY))
    writer.add_event(Event(EventKind.NOTE, 4, "ask why", 4))
    writer.add_event(Event(EventKind.NOTE, 5, "too fast"))
    writer.close()
    kinds = [(event.kind, event.flag) for event in store.events(writer.session_id)]
    assert kinds == [(EventKind.FLAG_RAISED, FlagKind.CLASS_DROP), (EventKind.NOTE, None)]


def test_stored_events_know_their_row(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1)], [Event(EventKind.NOTE, 0, "well done", 1)])])
    (note,) = store.events(session)
    assert note == Event(EventKind.NOTE, 0, "well done", 1)
    assert note.id is not None

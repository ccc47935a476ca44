"""The totals of a session are stored when it ends, and updated by every correction."""

import numpy as np
import pytest
from sqlalchemy import event

from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.queries import read_sessions
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.totals import read_totals
from tests.unit.storage.lessons import new_session, reading, record, record_lesson, seen, wait_until

pytestmark = pytest.mark.every_database

HAPPY = np.array([0, 0, 0, 1, 0, 0, 0], np.float32)
SAD = np.array([0, 0, 0, 0, 1, 0, 0], np.float32)


def listed_and_computed_mood(store: Store, url: str, session: int) -> tuple[float | None, float | None]:
    """The mood as a list shows it, and as the seconds give it."""
    with connect_database(url).read() as connection:
        computed = read_totals(connection, session)
    return store.session(session).mean_mood, computed.mean_mood


def test_a_finished_session_is_listed_without_reading_its_seconds(store: Store, url: str) -> None:
    record_lesson(store, [record(second, [seen(1, HAPPY), seen(2, SAD)]) for second in range(5)])
    statements: list[str] = []
    database = connect_database(url)
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    with database.read() as connection:
        (summary,) = read_sessions(connection)
    assert summary.mean_mood == 0
    assert summary.students == 2
    assert statements
    assert not [each for each in statements if "moods" in each or "samples" in each]


def test_a_running_session_is_listed_with_its_current_totals(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1, HAPPY)]))
    wait_until(lambda: store.session(writer.session_id).mean_mood == 1)
    writer.record(record(1, [seen(1, SAD)]))
    wait_until(lambda: store.session(writer.session_id).mean_mood == 0)
    writer.close()
    assert store.session(writer.session_id).mean_mood == 0


def test_a_pause_is_not_watched(store: Store) -> None:
    writer = store.begin_session(new_session())
    for second in (0, 1, 600, 601):
        writer.record(record(second, [seen(1, HAPPY)]))
    wait_until(lambda: store.session(writer.session_id).watched_seconds == 4)
    writer.close()
    assert (store.session(writer.session_id).seconds, store.session(writer.session_id).watched_seconds) == (602, 4)


@pytest.mark.parametrize("correction", ["erase", "merge", "split", "rename"])
def test_corrections_update_the_totals(store: Store, url: str, correction: str) -> None:
    session = record_lesson(store, [record(second, [seen(1, HAPPY), seen(2, SAD)]) for second in range(4)])
    if correction == "erase":
        store.erase_student(session, 2)
    elif correction == "merge":
        store.merge_students(session, 2, 1)
    elif correction == "split":
        store.split_student(session, 1, 2)
    else:
        store.rename_student(session, 1, "Ann")
    listed, computed = listed_and_computed_mood(store, url, session)
    assert listed == pytest.approx(computed, abs=1e-4)
    assert listed == pytest.approx(1 if correction == "erase" else 0, abs=1e-4)


def test_class_totals_count_the_most_students_at_one_time(store: Store) -> None:
    six = [seen(number) for number in range(1, 7)]
    session = record_lesson(store, [record(0, six), record(1, six[:5])], new_session(aggregate_only=True))
    assert store.session(session).students == 6


def test_a_crashed_session_gets_its_totals_at_the_next_start(store: Store, url: str) -> None:
    session = record_lesson(store, [record(0, [seen(1, HAPPY)])])
    database = connect_database(url)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE sessions SET ended_at = NULL, watched_seconds = NULL, mean_mood = NULL")
    store.close()
    with open_store(url) as reopened:
        assert reopened.session(session).interrupted
        assert (reopened.session(session).mean_mood, reopened.session(session).watched_seconds) == (1, 1)


def test_a_session_without_a_reading_has_no_mood(store: Store, url: str) -> None:
    session = record_lesson(store, [record(0, [seen(1, reading())])], new_session(expressions_on=False))
    assert listed_and_computed_mood(store, url, session) == (None, None)

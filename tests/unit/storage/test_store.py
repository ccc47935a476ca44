"""What is recorded is what review reads; what is deleted is gone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey, literal
from fer_desktop.storage.retention import Clock
from fer_desktop.storage.schema import PROBABILITY_SCALE
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import Event, EventKind, FlagKind, Floats, StudentSecond
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, reading, record, record_lesson, seen, unseen, wait_until

pytestmark = pytest.mark.every_database

ROUNDING = 0.5 / PROBABILITY_SCALE + 1e-7

SAMPLES = st.lists(
    st.builds(
        StudentSecond,
        student=st.integers(1, 60),
        face_found=st.booleans(),
        camera_on=st.booleans(),
        tile_seen=st.booleans(),
        probabilities=st.none() | arrays.arrays(np.float32, 7, elements=st.floats(0, 1, width=32)),
    ),
    unique_by=lambda sample: sample.student,
    max_size=6,
)


def test_a_new_database_has_no_sessions(store: Store) -> None:
    assert store.list_sessions() == []


def test_a_session_is_listed_with_what_it_was(store: Store) -> None:
    flag = Event(EventKind.FLAG_RAISED, 1, "no tile for 2 minutes", 2, FlagKind.AWAY)
    writer = store.begin_session(
        NewSession(BEGAN, literal("lecture.mp4"), "Physics", simulated=True, place="US", model="fernet 1")
    )
    writer.record(record(0, [seen(1), seen(2)]))
    writer.record(record(1, [seen(1), unseen(2)], [flag]))
    writer.add_event(Event(EventKind.BOOKMARK, 1, "a good question"))
    writer.close()

    (summary,) = store.list_sessions()
    assert summary == store.session(writer.session_id)
    assert (summary.started_at, summary.ended_at, summary.seconds) == (BEGAN, BEGAN + timedelta(seconds=2), 2)
    assert (summary.source, summary.course, summary.place, summary.model) == (
        literal("lecture.mp4"),
        "Physics",
        "US",
        "fernet 1",
    )
    assert summary.simulated
    assert not summary.interrupted
    assert (summary.students, summary.bookmarks, summary.flags) == (2, 1, 1)


def test_sessions_are_listed_newest_first(store: Store) -> None:
    older = record_lesson(store, [], new_session(started_at=BEGAN - timedelta(days=1)))
    newer = record_lesson(store, [], new_session())
    oldest = record_lesson(store, [], new_session(started_at=BEGAN - timedelta(days=2)))
    assert [each.id for each in store.list_sessions()] == [newer, older, oldest]


def test_a_running_session_is_listed_without_an_end(store: Store) -> None:
    writer = store.begin_session(new_session())
    assert store.session(writer.session_id).ended_at is None
    writer.close()


def test_mood_is_happy_less_the_negative_ones_and_its_mean_is_listed(store: Store) -> None:
    happy = np.array([0, 0, 0, 1, 0, 0, 0], np.float32)
    sad = np.array([0.25, 0, 0, 0, 0.25, 0, 0.5], np.float32)
    session = record_lesson(store, [record(0, [seen(1, happy)]), record(1), record(2, [seen(1, sad)])])

    series = store.mood_series(session)
    np.testing.assert_array_equal(series.seconds, [0, 1, 2])
    np.testing.assert_allclose(series.mood, [1, np.nan, -0.5])
    assert np.isnan(series.probabilities[1]).all()
    np.testing.assert_array_equal(series.faces, [1, 0, 1])
    assert store.session(session).mean_mood == pytest.approx(0.25)


def test_a_student_has_totals_and_a_mean_over_the_seconds_that_were_read(store: Store) -> None:
    first, second = reading(10), reading(11)
    session = record_lesson(
        store, [record(3, [seen(7, first)]), record(4, [unseen(7)]), record(9, [seen(7, second), seen(2)])]
    )
    two, seven = store.students(session)
    assert (two.student, two.label, seven.student, seven.label) == (2, "Student 2", 7, "Student 7")
    assert (seven.first_second, seven.last_second) == (3, 9)
    assert (seven.tile_seconds, seven.camera_on_seconds, seven.face_seconds) == (3, 2, 2)
    assert seven.mean_probabilities is not None
    np.testing.assert_allclose(seven.mean_probabilities, (first + second) / 2, atol=2 * ROUNDING)


def test_a_student_whose_face_was_never_read_has_no_mean(store: Store) -> None:
    session = record_lesson(store, [record(0, [unseen(1)])])
    assert store.students(session)[0].mean_probabilities is None


def test_a_name_is_shown_in_place_of_the_pseudonym(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1), seen(2)], names=[(1, "Zoë")])])
    assert [(each.name, each.label) for each in store.students(session)] == [("Zoë", "Zoë"), (None, "Student 2")]


def test_a_name_may_come_before_its_student_and_the_last_one_counts(store: Store) -> None:
    seconds = [
        record(0, [seen(2)], names=[(1, "Zo")]),
        record(1, [seen(1), seen(2)], names=[(1, " Zoë\n Kim ")]),
    ]
    session = record_lesson(store, seconds)
    assert [each.name for each in store.students(session)] == ["Zoë Kim", None]


def test_namesakes_are_labelled_with_their_numbers(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1), seen(4)], names=[(1, "Anna Li"), (4, "Anna Li")])])
    assert [each.label for each in store.students(session)] == ["Anna Li (1)", "Anna Li (4)"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAMPLES, min_size=1, max_size=5))
def test_samples_come_back_as_they_were_written(store: Store, seconds: list[list[StudentSecond]]) -> None:
    session = record_lesson(store, [record(second, samples) for second, samples in enumerate(seconds)])
    for student in {sample.student for samples in seconds for sample in samples}:
        expected = [(n, each) for n, samples in enumerate(seconds) for each in samples if each.student == student]
        series = store.student_series(session, student)
        np.testing.assert_array_equal(series.seconds, [second for second, _ in expected])
        np.testing.assert_array_equal(series.face_found, [each.face_found for _, each in expected])
        np.testing.assert_array_equal(series.camera_on, [each.camera_on for _, each in expected])
        np.testing.assert_array_equal(series.tile_seen, [each.tile_seen for _, each in expected])
        np.testing.assert_allclose(
            series.probabilities, [_row(each.probabilities) for _, each in expected], atol=ROUNDING
        )


def _row(probabilities: Floats | None) -> Floats:
    return np.full(7, np.nan, np.float32) if probabilities is None else probabilities


def test_events_come_back_in_the_order_of_their_seconds(store: Store) -> None:
    bookmark = Event(EventKind.BOOKMARK, 8, "=1+1; 'quoted' \U0001f600")
    dismissed = Event(EventKind.FLAG_DISMISSED, 2, "", 4, FlagKind.NEGATIVE)
    writer = store.begin_session(new_session())
    writer.add_event(bookmark)
    writer.add_event(dismissed)
    writer.close()
    assert store.events(writer.session_id) == [dismissed, bookmark]


@pytest.mark.parametrize("ask", ["session", "mood_series", "students", "events", "delete_session"])
def test_a_session_that_is_not_there_is_named(store: Store, ask: str) -> None:
    with raises_message(StorageError, MessageKey.NO_SESSION, session=7):
        getattr(store, ask)(7)


def test_a_missing_student_is_named(store: Store) -> None:
    session = record_lesson(store, [record(0, [seen(1)])])
    with raises_message(StorageError, MessageKey.NO_STUDENT, student=5):
        store.student_series(session, 5)


def test_a_deleted_session_is_gone_and_its_number_is_not_given_again(store: Store) -> None:
    kept = record_lesson(store, [record(0, [seen(1)])])
    session = record_lesson(store, [record(0, [seen(1)])])
    summary = store.session(session)
    assert store.delete_session(session) == summary
    assert [each.id for each in store.list_sessions()] == [kept]
    assert len(store.students(kept)) == 1
    assert record_lesson(store, []) > session


def test_a_session_that_is_being_recorded_is_not_deleted(store: Store) -> None:
    writer = store.begin_session(new_session())
    with raises_message(StorageError, MessageKey.SESSION_BEING_RECORDED):
        store.delete_session(writer.session_id)
    writer.close()
    store.delete_session(writer.session_id)


def test_an_erased_student_leaves_nothing_not_even_in_the_mood(store: Store) -> None:
    flag = Event(EventKind.FLAG_RAISED, 0, "camera off", 2, FlagKind.CAMERA_OFF)
    with_two = [record(0, [seen(1), seen(2), seen(3)], [flag]), record(1, [seen(2)])]
    without = [record(0, [seen(1), seen(3)]), record(1)]
    session, expected = record_lesson(store, with_two), record_lesson(store, without)

    store.erase_student(session, 2)

    assert [each.student for each in store.students(session)] == [1, 3]
    assert store.events(session) == []
    with pytest.raises(StorageError):
        store.student_series(session, 2)
    left, right = store.mood_series(session), store.mood_series(expected)
    np.testing.assert_allclose(left.probabilities, right.probabilities, atol=2 * ROUNDING)
    np.testing.assert_array_equal(left.faces, right.faces)
    np.testing.assert_array_equal(left.cameras_on, right.cameras_on)
    np.testing.assert_array_equal(left.students, right.students)


def test_old_sessions_are_purged_and_running_ones_are_not(store: Store) -> None:
    now = datetime.now(UTC)
    old = record_lesson(store, [], new_session(started_at=now - timedelta(days=31)))
    recent = record_lesson(store, [], new_session(started_at=now - timedelta(days=29)))
    running = store.begin_session(new_session(started_at=now - timedelta(days=40)))
    expired = store.expired_sessions(30)
    assert [each.id for each in expired.sessions] == [old]
    assert {each.id for each in store.list_sessions()} == {old, recent, running.session_id}
    assert store.purge_expired(expired) == 1
    assert {each.id for each in store.list_sessions()} == {recent, running.session_id}
    running.close()


@pytest.mark.parametrize(("days", "clock"), [(-1, Clock.BEHIND), (1, Clock.PLAUSIBLE), (40, Clock.AHEAD)])
def test_with_a_clock_that_cannot_be_right_nothing_is_purged(store: Store, days: int, clock: Clock) -> None:
    begun = datetime(2026, 11, 2, 9, tzinfo=UTC)
    for age in (0, 20):
        record_lesson(store, [], new_session(started_at=begun - timedelta(days=age)))
    now = begun + timedelta(days=days)
    expired = store.expired_sessions(10, now=now)
    assert expired.clock is clock
    if clock is not Clock.PLAUSIBLE:
        key = MessageKey.CLOCK_BEHIND if clock is Clock.BEHIND else MessageKey.CLOCK_AHEAD
        with raises_message(StorageError, key):
            store.purge_expired(expired, now=now)
        assert len(store.list_sessions()) == 2
    if clock is Clock.BEHIND:
        with pytest.raises(StorageError):
            store.purge_expired(expired, clock_confirmed=True, now=now)
    else:
        confirmed = clock is Clock.AHEAD
        assert store.purge_expired(expired, clock_confirmed=confirmed, now=now) == len(expired.sessions)


@pytest.mark.parametrize(
    ("days", "key"), [(-60, MessageKey.CLOCK_BEHIND), (60, MessageKey.CLOCK_AHEAD)], ids=["set back", "set forward"]
)
def test_the_clock_is_judged_when_the_user_confirms(store: Store, days: int, key: MessageKey) -> None:
    found_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    for age in (0, 20):
        record_lesson(store, [], new_session(started_at=found_at - timedelta(days=age)))
    expired = store.expired_sessions(10, now=found_at + timedelta(days=1))
    assert expired.clock is Clock.PLAUSIBLE
    with raises_message(StorageError, key):
        store.purge_expired(expired, now=found_at + timedelta(days=days))
    assert len(store.list_sessions()) == 2


@pytest.mark.parametrize("way", ["delete", "erase", "purge"])
def test_nothing_of_what_was_deleted_stays_in_any_file(store: Store, database_path: Path, way: str) -> None:
    names = [f"Name-{number:04}-{'x' * 24}" for number in range(1, 200)]
    writer = store.begin_session(new_session(course="Course-to-be-forgotten"))
    students = range(1, 200)
    writer.record(record(0, [seen(each) for each in students], names=list(zip(students, names, strict=True))))
    writer.close()
    assert _find(database_path, names) == len(names)

    if way == "delete":
        store.delete_session(writer.session_id)
    elif way == "purge":
        later = store.session(writer.session_id).started_at + timedelta(days=2)
        store.purge_expired(store.expired_sessions(1, now=later), now=later)
        assert store.erase_due_purges(now=later + timedelta(days=7)) == 1
    else:
        for student in range(1, 100):
            store.erase_student(writer.session_id, student)

    assert _find(database_path, names) == (100 if way == "erase" else 0)
    assert _find(database_path, ["Course-to-be-forgotten"]) == (1 if way == "erase" else 0)


def _find(database_path: Path, texts: list[str]) -> int:
    """How many of the texts are in the database, its log, or any other file beside it."""
    content = b"".join(path.read_bytes() for path in database_path.parent.iterdir() if path.is_file())
    return sum(text.encode() in content for text in texts)


def test_times_must_be_utc() -> None:
    with pytest.raises(ValueError, match="UTC"):
        NewSession(started_at=datetime(2026, 1, 1), source=literal("x"))


def test_a_database_is_for_its_owner_only(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    wait_until(database_path.with_name(f"{database_path.name}-wal").exists)  # the writer's thread has opened it
    modes = {path.name: path.stat().st_mode & 0o777 for path in database_path.parent.iterdir() if path.is_file()}
    writer.close()
    assert set(modes.values()) == {0o600}


def test_opening_and_closing_leaks_nothing(url: str) -> None:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("needs /proc, which this operating system lacks")
    open_store(url).close()
    before = len(list(descriptors.iterdir()))
    for _ in range(20):
        with open_store(url) as store:
            record_lesson(store, [record(0, [seen(1)])])
    assert len(list(descriptors.iterdir())) <= before

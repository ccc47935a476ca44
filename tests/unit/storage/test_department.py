"""In a department's database teachers see their own lessons alone, and heads see groups of five or more."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import psycopg
import pytest

from fer_desktop.cli.department import DEPARTMENT
from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.department import make_setup, read_course_weeks, set_up_department
from fer_desktop.storage.store import open_store
from fer_desktop.types import EXPRESSIONS, ClockReading
from tests.postgres import PASSWORD, PostgresServer
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, reading, record, record_lesson, seen

TEACHERS = ("anna", "ben")
HEAD = "carla"
LARGE = [seen(n) for n in range(1, 7)]


@pytest.fixture
def database(postgres_server: PostgresServer) -> Iterator[str]:
    """A department with two teachers and a head."""
    name = postgres_server.new_database()
    set_up_department(postgres_server.url(name), TEACHERS, [HEAD])
    for role in (*TEACHERS, HEAD):
        postgres_server.execute(f"ALTER ROLE {role} PASSWORD '{PASSWORD}'")
    yield name
    postgres_server.drop_database(name)
    for role in (*TEACHERS, HEAD, "fer_department"):
        postgres_server.execute(f"DROP ROLE {role}")


def test_a_teacher_sees_the_own_lessons_alone(postgres_server: PostgresServer, database: str) -> None:
    for teacher in TEACHERS:
        with open_store(postgres_server.url(database, user=teacher)) as store:
            record_lesson(store, [record(0, [seen(1)], names=[(1, "Ann")])], new_session(course=teacher))
    for teacher, other in (TEACHERS, TEACHERS[::-1]):
        with open_store(postgres_server.url(database, user=teacher)) as store:
            assert [each.course for each in store.list_sessions()] == [teacher]
        with postgres_server.connect(database, user=teacher) as connection:
            for table in ("sessions", "students", "samples", "moods", "events", "rosters"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"SELECT * FROM {other}.{table}")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("SELECT * FROM department.weeks()")


def test_a_head_sees_courses_by_week_of_groups_of_five_and_nothing_else(
    postgres_server: PostgresServer, database: str
) -> None:
    large, small = [seen(n) for n in range(1, 7)], [seen(n) for n in range(1, 5)]
    with open_store(postgres_server.url(database, user="anna")) as store:
        record_lesson(store, [record(n, large) for n in range(120)], new_session(course="Physics"))
        record_lesson(store, [record(n, small) for n in range(60)], new_session(course="Latin"))
        record_lesson(
            store,
            [record(n, large if n < 60 else small) for n in range(120)],
            new_session(course="Physics", started_at=BEGAN + timedelta(days=7)),
        )
    with open_store(postgres_server.url(database, user="ben")) as store:
        record_lesson(store, [record(n, large) for n in range(60)], new_session(course="Physics"))
    mean = np.mean([reading(n) for n in range(1, 7)], axis=0)
    by_name = dict(zip(map(str, EXPRESSIONS), mean, strict=True))
    mood = by_name["happy"] - sum(by_name[name] for name in ("angry", "disgust", "fear", "sad"))

    weeks = read_course_weeks(postgres_server.url(database, user=HEAD))
    assert [(each.course, each.week, each.lessons, each.minutes, each.most_students) for each in weeks] == [
        ("Physics", date(2026, 11, 2), 2, 3, 6),
        ("Physics", date(2026, 11, 9), 1, 1, 6),
    ]
    assert [each.mood for each in weeks] == [pytest.approx(mood, abs=0.01)] * 2
    with postgres_server.connect(database, user=HEAD) as connection:
        for table in ("sessions", "students", "moods"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT * FROM anna.{table}")


def test_the_aggregates_can_read_nothing_of_a_single_student(postgres_server: PostgresServer, database: str) -> None:
    open_store(postgres_server.url(database, user="anna")).close()
    query = (
        "SELECT DISTINCT table_name FROM information_schema.column_privileges "
        "WHERE grantee = 'fer_department' AND table_schema = 'anna' ORDER BY 1"
    )
    assert postgres_server.execute(query, database) == [("clock_readings",), ("moods",), ("sessions",)]


def test_a_lesson_that_its_age_has_hidden_counts_no_more_at_once(
    postgres_server: PostgresServer, database: str
) -> None:
    with open_store(postgres_server.url(database, user="anna")) as store:
        for days in (0, 14):
            began = BEGAN + timedelta(days=days)
            record_lesson(store, [record(n, LARGE) for n in range(60)], new_session(course="Art", started_at=began))
        now = BEGAN + timedelta(days=15)
        assert store.purge_expired(store.expired_sessions(10, now=now), now=now) == 1
        weeks = read_course_weeks(postgres_server.url(database, user=HEAD))
        assert [(each.week, each.lessons) for each in weeks] == [(date(2026, 11, 16), 1)]
        store.restore_purged()
    assert len(read_course_weeks(postgres_server.url(database, user=HEAD))) == 2


@pytest.mark.parametrize(("hours", "week"), [(9, date(2026, 11, 9)), (0, date(2026, 11, 2)), (-5, date(2026, 11, 2))])
def test_a_week_begins_as_at_the_place_of_the_lesson(
    postgres_server: PostgresServer, database: str, hours: int, week: date
) -> None:
    """Sunday 23:30 in UTC is Monday 8:30 in Tokyo."""
    began = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)
    with open_store(postgres_server.url(database, user="anna")) as store:
        writer = store.begin_session(new_session(course="Art", started_at=began))
        writer.note_clock(ClockReading(0, began.astimezone(timezone(timedelta(hours=hours)))))
        writer.note_clock(ClockReading(30, began.astimezone(timezone(timedelta(hours=-hours)))))
        for second in range(60):
            writer.record(record(second, LARGE))
        writer.close()
    assert [each.week for each in read_course_weeks(postgres_server.url(database, user=HEAD))] == [week]


def test_a_schema_that_an_earlier_version_shared_counts_once_its_teacher_has_opened_it(
    postgres_server: PostgresServer, database: str
) -> None:
    head = postgres_server.url(database, user=HEAD)
    for teacher in TEACHERS:
        with open_store(postgres_server.url(database, user=teacher)) as store:
            record_lesson(store, [record(n, LARGE) for n in range(60)], new_session(course=teacher))
    postgres_server.execute("REVOKE SELECT (purged_at) ON anna.sessions FROM fer_department", database)
    postgres_server.execute(
        "REVOKE ALL (session_id, second, utc_offset_s) ON anna.clock_readings FROM fer_department", database
    )
    assert [each.course for each in read_course_weeks(head)] == ["ben"]
    open_store(postgres_server.url(database, user="anna")).close()
    assert [each.course for each in read_course_weeks(head)] == ["anna", "ben"]


def test_setting_up_again_adds_people_and_changes_nothing_else(postgres_server: PostgresServer, database: str) -> None:
    with open_store(postgres_server.url(database, user="anna")) as store:
        record_lesson(store, [record(0)])
    set_up_department(postgres_server.url(database), TEACHERS, [HEAD])
    with open_store(postgres_server.url(database, user="anna")) as store:
        assert len(store.list_sessions()) == 1
    assert read_course_weeks(postgres_server.url(database, user=HEAD)) == []


def test_a_teacher_deletes_from_the_files_of_the_server(postgres_server: PostgresServer, database: str) -> None:
    with open_store(postgres_server.url(database, user="anna")) as store:
        session = record_lesson(store, [record(0, [seen(1)], names=[(1, "Name-of-a-student")])])
        store.delete_session(session)
    postgres_server.execute("CHECKPOINT")
    assert postgres_server.find("Name-of-a-student") == []


@pytest.mark.parametrize("name", ["Anna", "anna;drop", "pg_read_all_data", "department", "public", ""])
def test_a_name_that_is_no_role_is_refused(name: str) -> None:
    with raises_message(StorageError, MessageKey.ROLE_NAME_REFUSED):
        make_setup("lessons", [name], [])


def test_a_database_without_a_department_and_a_file_are_named(postgres_url: str, url: str) -> None:
    with raises_message(StorageError, MessageKey.NO_DEPARTMENT):
        read_course_weeks(postgres_url)
    for use in (read_course_weeks, lambda url: set_up_department(url, ["anna"], [])):
        with raises_message(StorageError, MessageKey.DEPARTMENT_NEEDS_SERVER):
            use(url)


def test_four_lessons_at_once_lose_nothing(postgres_server: PostgresServer, database: str) -> None:
    """Two of each teacher, 49 students each."""
    full_class = [seen(student) for student in range(1, 50)]
    stores = [open_store(postgres_server.url(database, user=teacher)) for teacher in (*TEACHERS, *TEACHERS)]
    writers = [store.begin_session(new_session()) for store in stores]
    for second in range(30):
        for writer in writers:
            writer.record(record(second, full_class))
    for writer, store in zip(writers, stores, strict=True):
        writer.close(patience_s=60)
        assert writer.fault is None
        assert [each.tile_seconds for each in store.students(writer.session_id)] == [30] * 49
        store.close()


def test_the_sql_can_be_printed_and_carried_out_by_hand(
    postgres_server: PostgresServer, capsys: pytest.CaptureFixture[str]
) -> None:
    name = postgres_server.new_database()
    url = postgres_server.url(name)
    parser = ArgumentParser()
    DEPARTMENT.add_arguments(parser)
    assert DEPARTMENT.run(parser.parse_args(["setup", url, "--teacher", "dora", "--print"])) == 0
    printed = capsys.readouterr().out
    assert PASSWORD not in printed
    postgres_server.execute(printed, name)
    postgres_server.execute(f"ALTER ROLE dora PASSWORD '{PASSWORD}'")
    with open_store(postgres_server.url(name, user="dora")) as store:
        record_lesson(store, [record(n, [seen(k) for k in range(6)]) for n in range(60)], new_session(course="[Art]"))
    assert DEPARTMENT.run(parser.parse_args(["show", "--db", url])) == 0
    assert "[Art]" in capsys.readouterr().out
    assert DEPARTMENT.run(parser.parse_args(["show", "--db", url, "--json"])) == 0
    assert json.loads(capsys.readouterr().out)[0]["lessons"] == 1
    postgres_server.drop_database(name)
    for role in ("dora", "fer_department"):
        postgres_server.execute(f"DROP ROLE {role}")

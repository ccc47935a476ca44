"""Faults of a database server pass: nothing of the lesson is lost, and nothing is stored twice."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage import postgres
from fer_desktop.storage import writer as writer_module
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import KeptSeconds
from fer_desktop.storage.writer import SessionWriter
from fer_desktop.types import Event, EventKind
from tests.broken_line import BrokenLine, broken_line
from tests.postgres import PostgresServer, running_server
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, record, record_lesson, seen, wait_until

STUDENTS = range(1, 6)


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "RETRY_PAUSE_S", 0.05)
    monkeypatch.setattr(writer_module, "LONGEST_RETRY_PAUSE_S", 0.2)


@pytest.fixture(scope="module")
def faulty_server() -> Iterator[PostgresServer]:
    """One of these tests' own, as they stop it."""
    with running_server() as server:
        yield server


@pytest.fixture
def server(faulty_server: PostgresServer) -> PostgresServer:
    if not faulty_server.running:
        faulty_server.start()
    return faulty_server


@pytest.fixture
def database(server: PostgresServer) -> str:
    return server.new_database()


@pytest.fixture
def url(server: PostgresServer, database: str) -> str:
    return server.url(database)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url) as store:
        yield store


def record_one(writer: SessionWriter, second: int) -> None:
    """A second of the class in which the teacher bookmarks something, and is only then given a name."""
    writer.record(
        record(
            second,
            [seen(student) for student in STUDENTS],
            [Event(EventKind.BOOKMARK, second, f"moment {second}")],
            [(1, f"Ann {second}")],
        )
    )


def require_whole(store: Store, session: int, seconds: int) -> None:
    """Every second, sample and event once."""
    assert store.mood_series(session).seconds.tolist() == list(range(seconds))
    assert [event.text for event in store.events(session)] == [f"moment {second}" for second in range(seconds)]
    assert [each.tile_seconds for each in store.students(session)] == [seconds] * len(STUDENTS)


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_restart_during_the_lesson_loses_nothing(server: PostgresServer, store: Store, mode: str) -> None:
    faults: list[StorageError | None] = []
    writer = store.begin_session(new_session(), on_fault=faults.append)
    record_one(writer, 0)
    wait_until(lambda: writer.kept.stored == 1)
    server.stop(mode)
    for second in range(1, 20):
        record_one(writer, second)
        time.sleep(0.1)
    assert writer.kept.stored == 1
    server.start()
    wait_until(lambda: writer.fault is None)
    record_one(writer, 20)
    writer.close()
    assert writer.kept == KeptSeconds(recorded=21, stored=21, rescued=0)
    require_whole(store, writer.session_id, 21)
    assert faults[0] is not None
    assert faults[0].message.key == MessageKey.DATABASE_SERVER_UNREACHABLE
    assert faults[-1] is None


def test_an_outage_is_kept_in_rescue_files_and_delivered(server: PostgresServer, store: Store) -> None:
    writer = store.begin_session(new_session())
    record_one(writer, 0)
    wait_until(lambda: writer.kept.stored == 1)
    server.stop()
    for second in range(1, 10):
        record_one(writer, second)
    wait_until(lambda: writer.kept.rescued == 9)
    server.start()
    wait_until(lambda: writer.kept.stored == 10)
    writer.close()
    assert writer.rescue_file is None
    require_whole(store, writer.session_id, 10)


def test_a_server_that_is_gone_until_after_the_lesson_gets_it_at_the_next_start(
    server: PostgresServer, store: Store, url: str
) -> None:
    writer = store.begin_session(new_session())
    record_one(writer, 0)
    wait_until(lambda: writer.kept.stored == 1)
    server.stop()
    for second in range(1, 5):
        record_one(writer, second)
    began_s = time.monotonic()
    writer.close(patience_s=0.5)
    assert time.monotonic() - began_s < 5
    assert writer.kept == KeptSeconds(recorded=5, stored=1, rescued=4)
    server.start()
    with open_store(url) as again:
        assert again.rescued_seconds == 4
        require_whole(again, writer.session_id, 5)
        assert not again.session(writer.session_id).interrupted


def test_connections_that_an_administrator_ends_are_made_anew(
    server: PostgresServer, store: Store, database: str
) -> None:
    writer = store.begin_session(new_session())
    for second in range(40):
        record_one(writer, second)
        if second % 4 == 0:
            server.end_connections(database)
        time.sleep(0.02)
    writer.close()
    assert writer.fault is None
    require_whole(store, writer.session_id, 40)


def test_statements_that_are_cancelled_are_tried_again(server: PostgresServer, store: Store, database: str) -> None:
    writer = store.begin_session(new_session())
    with server.connect(database) as other, other.transaction():
        other.execute("LOCK TABLE moods IN ACCESS EXCLUSIVE MODE")
        record_one(writer, 0)
        waiting = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        wait_until(lambda: server.execute(waiting)[0][0] > 0)
        wait_until(lambda: writer.fault is not None)
        assert writer.fault is not None
        assert writer.fault.message.key == MessageKey.DATABASE_BUSY
    wait_until(lambda: writer.fault is None)
    writer.close()
    require_whole(store, writer.session_id, 1)


def test_a_server_that_hangs_holds_nobody_up(
    server: PostgresServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As behind a network that delivers nothing any more."""
    monkeypatch.setattr(postgres, "RECORDING_ANSWER_TIMEOUT_S", 0.5)
    monkeypatch.setitem(postgres.CONNECT_OPTIONS, "connect_timeout", 2)  # the shortest that libpq knows
    writer = store.begin_session(new_session())
    record_one(writer, 0)
    wait_until(lambda: writer.kept.stored == 1)
    with server.frozen():
        record_one(writer, 1)
        wait_until(lambda: writer.fault is not None, timeout_s=10)
        began_s = time.monotonic()
        with raises_message(StorageError, MessageKey.DATABASE_SERVER_UNREACHABLE):
            store.list_sessions()
        assert time.monotonic() - began_s < 8
    record_one(writer, 2)
    wait_until(lambda: writer.fault is None)
    writer.close()
    require_whole(store, writer.session_id, 3)


def test_the_end_of_a_lesson_does_not_wait_for_a_server_that_hangs(
    server: PostgresServer, store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "RECORDING_ANSWER_TIMEOUT_S", 0.5)
    monkeypatch.setitem(postgres.CONNECT_OPTIONS, "connect_timeout", 2)
    writer = store.begin_session(new_session())
    record_one(writer, 0)
    wait_until(lambda: writer.kept.stored == 1)
    with server.frozen():
        record_one(writer, 1)
        began_s = time.monotonic()
        writer.close(patience_s=0.5)
        assert time.monotonic() - began_s < 10
        assert writer.kept.recorded == writer.kept.stored + writer.kept.rescued
    with open_store(url) as again:
        require_whole(again, writer.session_id, 2)


@pytest.fixture
def line(server: PostgresServer) -> Iterator[BrokenLine]:
    with broken_line(server.port) as line:
        yield line


@pytest.fixture
def far_store(url: str, line: BrokenLine) -> Iterator[Store]:
    """The store at the other end of the line."""
    far_url = make_url(url).set(port=line.port, query={"sslmode": "disable"})
    with open_store(far_url.render_as_string(hide_password=False)) as store:
        yield store


def test_a_commit_whose_answer_is_lost_is_not_repeated(line: BrokenLine, far_store: Store) -> None:
    writer = far_store.begin_session(new_session())
    for second in range(12):
        line.cut_next_commits(1 if second % 3 == 0 else 0)
        record_one(writer, second)
        wait_until(lambda wanted=second + 1: writer.kept.stored == wanted)  # type: ignore[misc]
    writer.close()
    assert writer.kept == KeptSeconds(recorded=12, stored=12, rescued=0)
    require_whole(far_store, writer.session_id, 12)
    assert len(far_store.list_sessions()) == 1


def test_a_session_begins_once_though_the_answer_is_lost(line: BrokenLine, far_store: Store) -> None:
    line.cut_next_commits(1)
    writer = far_store.begin_session(new_session())
    record_one(writer, 0)
    writer.close()
    assert [(each.id, each.seconds) for each in far_store.list_sessions()] == [(writer.session_id, 1)]


def test_rescue_files_are_delivered_once_though_answers_are_lost(
    server: PostgresServer, line: BrokenLine, far_store: Store
) -> None:
    writer = far_store.begin_session(new_session())
    line.cut_next_commits(1)
    record_one(writer, 0)
    wait_until(lambda: line.cuts_left == 0)
    server.stop()
    record_one(writer, 1)
    wait_until(lambda: writer.rescue_file is not None)
    record_one(writer, 2)
    line.cut_next_commits(3)
    server.start()
    wait_until(lambda: writer.kept.stored == 3)
    writer.close()
    require_whole(far_store, writer.session_id, 3)


def test_the_end_is_stored_though_its_answer_is_lost(line: BrokenLine, far_store: Store) -> None:
    writer = far_store.begin_session(new_session())
    record_one(writer, 0)
    wait_until(lambda: writer.kept.stored == 1)
    line.cut_next_commits(1)
    writer.close()
    summary = far_store.session(writer.session_id)
    assert (summary.seconds, summary.interrupted, summary.ended_at is not None) == (1, False, True)


def test_a_lesson_is_read_while_the_server_restarts(server: PostgresServer, store: Store) -> None:
    session = record_lesson(store, [record(0)])
    server.stop()
    restart = threading.Timer(0.5, server.start)
    restart.start()
    assert store.session(session).started_at == BEGAN
    restart.join()

"""On a server, programs on other computers know whether a session is still being recorded."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.store import open_store
from tests.postgres import PostgresServer
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, record, seen, wait_until

ROOT = Path(__file__).resolve().parents[3]

RECORDER = """
import sys
from tests.unit.storage.lessons import new_session, record, seen, wait_until
from fer_desktop.storage.store import open_store
writer = open_store(sys.argv[1]).begin_session(new_session())
for second in range(3):
    writer.record(record(second, [seen(1)]))
wait_until(lambda: writer.kept.stored == 3)
sys.stdout.write(f"{writer.session_id}\\n")
sys.stdout.flush()
sys.stdin.read()
"""


@pytest.fixture
def go_to_another_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], None]:
    """Lock files and rescue files lie in the program's own folder, which no other computer sees."""

    def go() -> None:
        monkeypatch.setenv("FER_DESKTOP_HOME", str(tmp_path / "another computer"))

    return go


def start_recorder(url: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", RECORDER, url]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("elsewhere", [False, True], ids=["here", "elsewhere"])
def test_a_session_whose_program_was_killed_is_closed_wherever_the_database_is_opened_next(
    postgres_url: str, elsewhere: bool, go_to_another_computer: Callable[[], None]
) -> None:
    recorder = start_recorder(postgres_url)
    assert recorder.stdout is not None
    session = int(recorder.stdout.readline())
    recorder.kill()
    recorder.communicate()
    if elsewhere:
        go_to_another_computer()
    with open_store(postgres_url) as store:
        assert store.crashed == (session,)
        summary = store.session(session)
        assert (summary.seconds, summary.interrupted) == (3, True)
        assert summary.ended_at == BEGAN + timedelta(seconds=3)


def test_a_session_that_is_being_recorded_stays_open_and_is_not_deleted_elsewhere(
    postgres_url: str, go_to_another_computer: Callable[[], None]
) -> None:
    with open_store(postgres_url) as here:
        writer = here.begin_session(new_session())
        writer.record(record(0, [seen(1)]))
        wait_until(lambda: writer.kept.stored == 1)
        go_to_another_computer()
        with open_store(postgres_url) as store:
            assert store.crashed == ()
            assert store.session(writer.session_id).ended_at is None
            changes: tuple[Callable[[], object], ...] = (
                lambda: store.delete_session(writer.session_id),
                lambda: store.rename_student(writer.session_id, 1, "Ann"),
            )
            for change in changes:
                with raises_message(StorageError, MessageKey.SESSION_BEING_RECORDED):
                    change()
        writer.close()
        assert not here.session(writer.session_id).interrupted


def test_a_recorder_whose_connection_was_lost_takes_its_session_back(
    postgres_server: PostgresServer,
    postgres_database: str,
    postgres_url: str,
    go_to_another_computer: Callable[[], None],
) -> None:
    """Another computer ends the session while the recorder cannot be seen, as its laptop sleeps."""
    with open_store(postgres_url) as here:
        writer = here.begin_session(new_session())
        writer.record(record(0, [seen(1)]))
        wait_until(lambda: writer.kept.stored == 1)
        postgres_server.end_connections(postgres_database)
        go_to_another_computer()
        with open_store(postgres_url) as store:
            assert store.crashed == (writer.session_id,)
        writer.record(record(1, [seen(1)]))
        wait_until(lambda: writer.kept.stored == 2)
        assert here.session(writer.session_id).ended_at is None
        writer.close()
        summary = here.session(writer.session_id)
        assert (summary.seconds, summary.interrupted) == (2, False)


def test_sessions_of_two_schemas_have_locks_of_their_own(postgres_server: PostgresServer) -> None:
    """Both have the number 1."""
    name = postgres_server.new_database()
    urls = []
    for schema in ("ann", "ben"):
        postgres_server.execute(f"CREATE SCHEMA {schema}", name)
        urls.append(postgres_server.url(name, options=f"-csearch_path={schema}"))
    with open_store(urls[0]) as ann, open_store(urls[1]) as ben:
        writer = ann.begin_session(new_session())
        ended = ben.begin_session(new_session())
        ended.close()
        assert writer.session_id == ended.session_id
        ben.delete_session(ended.session_id)
        writer.close()
        assert len(ann.list_sessions()) == 1
    postgres_server.drop_database(name)

"""A write that hangs: the session goes on, and its end waits no longer than it is asked to."""

import math
import threading
import time
from pathlib import Path

import pytest

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage import writer as writer_module
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import KeptSeconds
from tests.unit.storage.lessons import new_session, record, seen, wait_until
from tests.unit.storage.rescues import locked, moods, rescue_files

pytestmark = pytest.mark.usefixtures("short_waits")


@pytest.fixture
def long_waits(short_waits: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An attempt to write takes half a minute, as on a disk that hangs."""
    monkeypatch.setattr("fer_desktop.storage.engine.LOCK_TIMEOUT_S", 30.0)
    monkeypatch.setattr(writer_module, "NO_ANSWER_AFTER_S", 1.5)


@pytest.mark.usefixtures("long_waits")
def test_a_write_that_hangs_delays_neither_the_session_nor_its_end(url: str, database_path: Path) -> None:
    faults: list[StorageError | None] = []
    with open_store(url) as store, locked(database_path):
        began_s = time.monotonic()
        writer = store.begin_session(new_session(), on_fault=faults.append)
        assert time.monotonic() - began_s < 10
        for second in range(3):
            writer.record(record(second, [seen(1)]))
        wait_until(lambda: writer.kept.rescued == 3, timeout_s=15)
        wait_until(lambda: bool(faults))
        assert faults[-1] is not None
        assert faults[-1].message.key == MessageKey.DATABASE_NOT_ANSWERING
        closing_s = time.monotonic()
        writer.close()
        assert time.monotonic() - closing_s < 15
        assert writer.kept == KeptSeconds(recorded=3, stored=0, rescued=3)
    wait_until(lambda: "session writer" not in {each.name for each in threading.enumerate()})
    with open_store(url) as again:
        assert [(each.seconds, each.interrupted) for each in again.list_sessions()] == [(3, False)]


def test_closing_waits_as_long_as_it_is_asked_to(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1)]))
        closing = threading.Thread(target=writer.close, kwargs={"patience_s": math.inf})
        closing.start()
        time.sleep(1.5)
        assert closing.is_alive()
    closing.join(10)
    assert writer.kept == KeptSeconds(recorded=1, stored=1, rescued=0)
    assert rescue_files() == []


def test_waiting_for_the_database_can_be_ended(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1)]))
        closing = threading.Thread(target=writer.close, kwargs={"patience_s": math.inf})
        closing.start()
        writer.stop_waiting()
        closing.join(10)
        assert not closing.is_alive()
    assert writer.kept == KeptSeconds(recorded=1, stored=0, rescued=1)


@pytest.mark.usefixtures("long_waits")
def test_a_lock_that_is_given_after_the_session_was_closed_changes_nothing(url: str, database_path: Path) -> None:
    """Its seconds were reported as rescued, and the file may have been given another key meanwhile."""
    with open_store(url) as store:
        writer = store.begin_session(new_session())
        writer.record(record(0, [seen(1)]))
        wait_until(lambda: writer.kept.stored == 1)
        with locked(database_path):
            writer.record(record(1, [seen(1)]))
            wait_until(lambda: writer.kept.rescued == 1)
            writer.close()
        wait_until(lambda: "session writer" not in {thread.name for thread in threading.enumerate()})
        assert moods(database_path) == [(writer.session_id, 0)]
    with open_store(url) as again:
        assert again.rescued_seconds == 1

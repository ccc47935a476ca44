"""Where the n-th grab, run of a network, statement or commit fails: what came before is stored, or it is said."""

import gc
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.errors import ModelError, SourceError
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import Box, EventKind, PipelineState, Tile
from fer_desktop.vision.analyzer import Analyzer
from tests.fakes import (
    FakeClassifier,
    FakeFaceDetector,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    ScriptedSource,
    make_face,
    make_frame,
    make_probabilities,
)
from tests.faults.moments import pick_moments
from tests.faults.nth_call import FaultAfter, FaultyClassifier, FaultySource, faulty_statements, sqlite_error
from tests.faults.scenes import DATABASE, hasten
from tests.faults.templates import check_integrity, stale_files

SECONDS = 5
FRAMES_A_SECOND = 2
TILES = [Tile(Box(0, 0, 30, 40), camera_on=True)]
FACES = {0: make_face(Box(4, 4, 20, 20), tile=0)}
MOST = 8


@pytest.fixture(autouse=True)
def no_kept_errors(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)  # a kept log record keeps its error, and that the connection that failed


@pytest.fixture
def hastened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the database fails; where it does not, a busy computer may take longer than this to end a session."""
    hasten(monkeypatch.setattr)


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    (folder / "tmp").mkdir(parents=True)
    with open_store(str(folder / DATABASE)) as store:
        yield store


def run_session(store: Store, *, grabs: FaultAfter | None = None, runs: FaultAfter | None = None) -> LiveSession:
    """A recorded class of `SECONDS` seconds, to its end or its fault."""
    nothing = FaultAfter(0, RuntimeError)
    frames = [make_frame(index, at_s=index / FRAMES_A_SECOND) for index in range(SECONDS * FRAMES_A_SECOND)]
    session = LiveSession(
        source=FaultySource(ScriptedSource(frames), grabs or nothing),
        make_analyzer=lambda _on_notice: Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=FakeFaceDetector(FACES),
            people=FakePersonFinder(),
            tracker=FakeTracker(),
            classifier=FaultyClassifier(FakeClassifier(make_probabilities(happy=0.8)), runs or nothing),
            namer=None,
        ),
        store=store,
        new_session=NewSession(started_at=datetime.now(UTC), source=ScriptedSource([]).name),
        make_observer=lambda: ClassObserver(FlagRules()),
        clock=MonotonicClock(),
        period_s=0,
    )
    session.start()
    session.join()
    return session


@pytest.fixture
def check_folder(folder: Path) -> Callable[[], None]:
    """Nothing that this test began runs any more, the database is sound, and no file lies about."""
    running_before = set(threading.enumerate())

    def check() -> None:
        assert set(threading.enumerate()) - running_before == set()
        check_integrity(folder / DATABASE)
        assert stale_files(folder) == []

    return check


def check_end(session: LiveSession, check_folder: Callable[[], None]) -> None:
    assert session.state in (PipelineState.STOPPED, PipelineState.FAULTED)
    check_folder()


@pytest.mark.parametrize("make_error", [partial(SourceError, "the camera was unplugged"), partial(OSError, 5, "gone")])
def test_every_second_grabbed_before_a_failing_grab_is_stored(
    store: Store, check_folder: Callable[[], None], make_error: Callable[[], Exception]
) -> None:
    for n in range(1, SECONDS * FRAMES_A_SECOND + 2):  # the first call opens the source
        session = run_session(store, grabs=FaultAfter(n, make_error))
        assert session.fault is not None
        check_end(session, check_folder)
        seconds = sorted({index // FRAMES_A_SECOND for index in range(n - 2)})
        if not seconds:
            assert session.session_id is None
            continue
        assert session.session_id is not None
        assert store.mood_series(session.session_id).seconds.tolist() == seconds
        assert store.session(session.session_id).interrupted
        assert [each.message for each in store.events(session.session_id) if each.kind is EventKind.FAULT] == [
            session.fault
        ]


@pytest.mark.parametrize("make_error", [partial(ModelError, "the model is damaged"), partial(RuntimeError, "invoke")])
def test_every_second_before_a_failing_run_of_a_network_is_stored(
    store: Store, check_folder: Callable[[], None], make_error: Callable[[], Exception]
) -> None:
    for n in range(1, SECONDS * FRAMES_A_SECOND + 1):
        session = run_session(store, runs=FaultAfter(n, make_error))
        assert session.fault is not None
        check_end(session, check_folder)
        assert session.session_id is not None
        stored = store.mood_series(session.session_id).seconds.tolist()
        assert stored == sorted({index // FRAMES_A_SECOND for index in range(n - 1)}), n
        assert store.session(session.session_id).interrupted


@pytest.mark.usefixtures("hastened")
@pytest.mark.parametrize("ever_after", [False, True], ids=["once", "ever after"])
@pytest.mark.parametrize(
    "code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT]
)
def test_of_a_class_nothing_is_lost_where_a_statement_or_a_commit_fails(
    store: Store, folder: Path, check_folder: Callable[[], None], code: int, ever_after: bool
) -> None:
    counted = FaultAfter(0, RuntimeError)
    with faulty_statements(counted):
        run_session(store)
    for n in pick_moments(counted.met, MOST):
        fault = FaultAfter(n, partial(sqlite_error, "injected", code), ever_after=ever_after)
        recording = open_store(str(folder / DATABASE))  # one that met damage writes nothing more
        with faulty_statements(fault):
            session = run_session(recording)
        kept = session.kept
        assert kept.recorded == SECONDS
        assert kept.stored + kept.rescued == SECONDS, n
        assert kept.rescued == 0 or session.notice is not None, n
        recording.close()
        with open_store(str(folder / DATABASE)) as again:
            newest = again.list_sessions()[0]
            assert len(again.mood_series(newest.id).seconds) == SECONDS, n
            again.delete_session(newest.id)
        del session, recording, fault  # errors hold the statements that failed, and those their connection
        gc.collect()
        store.list_sessions()  # the last connection to close empties the log
        check_folder()

"""A store, and sessions that end with the test."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.vision.analyzer import Analyzer
from tests.fakes import (
    ListSink,
    ScriptedSource,
)
from tests.unit.session.live import Maker, make_analyzer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/sessions.sqlite") as store:
        yield store


@pytest.fixture
def make_session(store: Store) -> Iterator[Maker]:
    made: list[LiveSession] = []

    def make(
        source: ScriptedSource,
        *sinks: ListSink,
        analyzer: Callable[..., Analyzer] = make_analyzer,
        aggregate_only: bool = False,
        period_s: float = 0,
    ) -> LiveSession:
        session = LiveSession(
            source=source,
            make_analyzer=analyzer,
            store=store,
            new_session=NewSession(started_at=datetime.now(UTC), source=source.name, aggregate_only=aggregate_only),
            make_observer=lambda: ClassObserver(FlagRules()),
            clock=MonotonicClock(),
            period_s=period_s,
            sinks=sinks,
        )
        made.append(session)
        return session

    yield make
    for session in made:
        session.stop()

"""A real call window that freezes, is minimised and is covered while a session watches it: none of that time counts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.analysis.gaps import find_gap, list_gaps
from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.desktop.x11 import X11Finder
from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.messages import MessageKey
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.session.live_session import LiveSession
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import Box, EventKind, Tile
from fer_desktop.vision.analyzer import Analyzer
from tests.e2e.shown import show_window
from tests.fakes import (
    FakeClassifier,
    FakeFaceDetector,
    FakePersonFinder,
    FakeTileFinder,
    FakeTracker,
    make_face,
    make_probabilities,
)
from tests.needs import LINUX, SCREEN

pytestmark = [LINUX, SCREEN]
WIDTH, HEIGHT = 640, 400
TILES = [Tile(Box(20, 20, 280, 340), camera_on=True), Tile(Box(340, 20, 280, 340), camera_on=True)]
FACES = {index: make_face(Box(100 + 320 * index, 100, 120, 120), tile=index) for index in range(2)}
PATIENCE_MS = 60_000
_NO_PROCESS = -1


class CallWindow(QWidget):
    """Two cameras with noise, ten pictures a second, until it is frozen."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Zoom Meeting")
        self.setGeometry(200, 150, WIDTH, HEIGHT)
        self._random = np.random.default_rng(1)
        self._draw()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._draw)
        self.timer.start(100)

    def _draw(self) -> None:
        noise = self._random.normal(110, 6, (HEIGHT, WIDTH))
        self._picture = np.ascontiguousarray(np.clip(noise, 0, 255).astype(np.uint8))
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        image = QImage(self._picture.data, WIDTH, HEIGHT, WIDTH, QImage.Format.Format_Grayscale8)
        with QPainter(self) as painter:
            painter.drawImage(0, 0, image)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path}/sessions.sqlite") as store:
        yield store


@pytest.fixture
def call(qtbot: QtBot, manager: None) -> CallWindow:
    call = CallWindow()
    qtbot.addWidget(call)
    show_window(qtbot, call)
    return call


@pytest.fixture
def session(call: CallWindow, store: Store) -> Iterator[LiveSession]:
    clock = MonotonicClock()
    source = WindowSource(
        WindowSelector("Zoom Meeting"), clock=clock, open_finder=lambda: X11Finder(own_process_id=_NO_PROCESS)
    )
    session = LiveSession(
        source=source,
        make_analyzer=lambda _: Analyzer(
            tiles=FakeTileFinder(TILES),
            faces=FakeFaceDetector(FACES),
            people=FakePersonFinder(),
            tracker=FakeTracker(),
            classifier=FakeClassifier(make_probabilities(happy=0.8)),
        ),
        store=store,
        new_session=NewSession(started_at=datetime.now(UTC), source=source.name),
        make_observer=lambda: ClassObserver(FlagRules()),
        clock=clock,
        period_s=0.2,
    )
    yield session
    session.stop()


def test_a_call_that_freezes_is_minimised_and_covered_counts_only_while_it_is_seen(
    qtbot: QtBot, call: CallWindow, session: LiveSession, store: Store
) -> None:
    def wait_for(key: MessageKey | None) -> None:
        """Until the picture is lost for that reason, or back."""
        qtbot.waitUntil(lambda: (session.picture_lost and session.picture_lost.key) == key, timeout=PATIENCE_MS)

    def wait_for_seconds(count: int) -> None:
        def recorded() -> bool:
            assert session.fault is None, session.fault
            return session.kept.recorded >= count

        qtbot.waitUntil(recorded, timeout=PATIENCE_MS)

    session.start()
    wait_for_seconds(3)
    call.timer.stop()
    wait_for(MessageKey.CALL_FROZEN)
    call.timer.start(100)
    wait_for(None)
    wait_for_seconds(5)
    call.showMinimized()
    wait_for(MessageKey.WINDOW_HIDDEN)
    qtbot.wait(2000)
    call.showNormal()
    wait_for(None)
    wait_for_seconds(7)
    other = QWidget()
    qtbot.addWidget(other)
    other.setWindowTitle("Photos")
    other.setGeometry(100, 50, 900, 700)
    other.show()
    other.raise_()
    qtbot.waitUntil(lambda: session.picture_lost is not None, timeout=PATIENCE_MS)
    qtbot.wait(2000)
    other.close()
    wait_for(None)
    wait_for_seconds(9)
    session.stop()

    assert session.session_id is not None
    events = store.events(session.session_id)
    assert [event.kind for event in events] == [
        EventKind.PICTURE_FROZEN,
        EventKind.PICTURE_MOVING,
        EventKind.CAPTURE_LOST,
        EventKind.CAPTURE_BACK,
        EventKind.CAPTURE_LOST,
        EventKind.CAPTURE_BACK,
    ]
    gaps, seconds = list_gaps(events), store.mood_series(session.session_id).seconds.tolist()
    began = {gap.second for gap in gaps}  # until some moment within this second the call was seen
    assert [second for second in seconds if find_gap(gaps, second) and second not in began] == []
    assert all(gap.end is not None and gap.end > gap.second for gap in gaps)
    assert len(seconds) < store.session(session.session_id).seconds - 10

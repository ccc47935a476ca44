"""A live window on the screen, and a session that runs."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fer_desktop.types import PipelineState
from tests.ui.fakes import FakeLiveSession
from ui.live.live_window import LiveWindow


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[LiveWindow]:
    window = LiveWindow()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.detach()


@pytest.fixture
def session() -> FakeLiveSession:
    return FakeLiveSession(state=PipelineState.RUNNING)

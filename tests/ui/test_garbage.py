"""Closed windows and timers are deleted on the Qt thread, whichever thread allocates."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.garbage import QtThreadCollector


class Window(QWidget):
    """In a reference cycle, as windows are by their connections."""

    def __init__(self) -> None:
        super().__init__()
        self.cycle = self


class Timer(QTimer):
    def __init__(self) -> None:
        super().__init__()
        self.cycle = self


@pytest.fixture
def deletions() -> Iterator[list[str]]:
    """The threads on which what `drop` dropped was deleted."""
    threads: list[str] = []
    yield threads
    gc.collect()


def drop(kind: type[QObject], threads: list[str]) -> None:
    kind().destroyed.connect(
        lambda: threads.append(threading.current_thread().name), Qt.ConnectionType.DirectConnection
    )


def allocate_on_a_worker_thread() -> list[list[object]]:
    """As much as makes Python's own collector go through everything."""
    kept: list[list[object]] = []
    first, second, third = gc.get_threshold()
    worker = threading.Thread(target=lambda: kept.extend([] for _ in range(2 * first * second * max(third, 10))))
    worker.start()
    worker.join()
    return kept


@pytest.mark.parametrize("kind", [Window, Timer])
def test_they_are_deleted_on_the_qt_thread(
    qapp: QApplication, qtbot: QtBot, deletions: list[str], kind: type[QObject]
) -> None:
    gc.collect()
    drop(kind, deletions)
    kept = allocate_on_a_worker_thread()
    assert (deletions, bool(kept)) == ([], True)
    qtbot.waitUntil(lambda: bool(deletions))
    assert deletions == [threading.main_thread().name]


def test_once_stopped_python_collects_by_itself_again(qapp: QApplication) -> None:
    assert not gc.isenabled()
    collector = QtThreadCollector(qapp)
    try:
        collector.stop()
        assert gc.isenabled()
    finally:
        gc.disable()
        collector.setParent(None)

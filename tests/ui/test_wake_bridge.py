"""Waking the window from worker threads."""

from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject, Signal
from pytestqt.qtbot import QtBot

from ui.wake_bridge import WakeBridge


class Counter:
    def __init__(self) -> None:
        self.wakes = 0

    def count(self) -> None:
        self.wakes += 1


def test_a_storm_of_wake_ups_becomes_few_calls(qtbot: QtBot) -> None:
    counter, owner = Counter(), QObject()
    bridge = WakeBridge(counter.count, owner)

    def storm() -> None:
        for _ in range(10_000):
            bridge.wake()

    worker = Thread(target=storm)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: counter.wakes > 0)
    QCoreApplication.processEvents()
    assert counter.wakes == 1


def test_what_arrives_while_a_result_is_read_wakes_again(qtbot: QtBot) -> None:
    wakes: list[int] = []

    def read() -> None:
        wakes.append(1)
        if len(wakes) == 1:
            bridge.wake()

    owner = QObject()
    bridge = WakeBridge(read, owner)
    bridge.wake()
    qtbot.waitUntil(lambda: len(wakes) == 2)


def test_the_calls_come_on_the_qt_thread(qtbot: QtBot) -> None:
    threads: list[object] = []
    owner = QObject()
    bridge = WakeBridge(lambda: threads.append(owner.thread().isCurrentThread()), owner)
    worker = Thread(target=bridge.wake)
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: threads == [True])


def test_two_thousand_signals_can_be_emitted(qtbot: QtBot) -> None:
    """Qt for Python 6.12.0 loses a reference with each emit on this Python and ends the process within a thousand."""

    class Emitter(QObject):
        emitted = Signal(bool)

    received: list[bool] = []
    emitter = Emitter()
    emitter.emitted.connect(received.append)
    for _ in range(2_000):
        emitter.emitted.emit(True)
    assert received == [True] * 2_000

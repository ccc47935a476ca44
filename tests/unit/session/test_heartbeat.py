"""Beats come once a period, and count how long an operation of another thread lasts."""

import threading

from fer_desktop.session.heartbeat import Heartbeat, Watched


def test_it_beats_until_it_is_stopped() -> None:
    beats, enough = [], threading.Event()

    def beat() -> None:
        beats.append(threading.current_thread().name)
        if len(beats) == 3:
            enough.set()

    heartbeat = Heartbeat(beat, period_s=0.01)
    heartbeat.start()
    assert enough.wait(10)
    heartbeat.stop()
    count = len(beats)
    threading.Event().wait(0.05)
    assert (len(beats), set(beats)) == (count, {"heartbeat"})


def test_it_may_be_stopped_without_a_start_and_twice() -> None:
    heartbeat = Heartbeat(lambda: None)
    heartbeat.stop()
    heartbeat.stop()


def test_an_operation_that_lasts_too_long_is_reported_once() -> None:
    watched = Watched(most_beats=2)
    assert not watched.beat()
    with watched:
        assert [watched.beat() for _ in range(5)] == [False, False, True, False, False]
    with watched:
        assert [watched.beat() for _ in range(3)] == [False, False, True]


def test_short_operations_are_not_added_up() -> None:
    watched = Watched(most_beats=2)
    for _ in range(10):
        with watched:
            assert not watched.beat()

"""Slow calls beside the window."""

from threading import Event

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from fer_desktop.errors import StorageError
from ui.background import BackgroundCalls, describe_error


def test_a_result_comes_back_and_the_call_is_over(qtbot: QtBot) -> None:
    owner, results = QObject(), list[int]()
    calls = BackgroundCalls(owner)
    calls.run(lambda: 42, on_done=results.append, on_failed=lambda _: None)
    assert calls.busy
    qtbot.waitUntil(lambda: results == [42])
    assert not calls.busy


def test_an_error_comes_back_whatever_its_kind(qtbot: QtBot) -> None:
    owner, errors = QObject(), list[Exception]()
    calls = BackgroundCalls(owner)
    calls.run(lambda: 1 // 0, on_done=lambda _: None, on_failed=errors.append)
    qtbot.waitUntil(lambda: len(errors) == 1)
    assert isinstance(errors[0], ZeroDivisionError)


def test_only_the_newest_answer_of_a_kind_is_wanted(qtbot: QtBot) -> None:
    owner, results, gate = QObject(), list[str](), Event()
    calls = BackgroundCalls(owner)
    calls.run(lambda: str(gate.wait(5)), on_done=results.append, on_failed=lambda _: None, kind="session")
    calls.run(lambda: "newest", on_done=results.append, on_failed=lambda _: None, kind="session")
    gate.set()
    qtbot.waitUntil(lambda: not calls.busy)
    assert results == ["newest"]


def test_waiting_ends_all_calls_and_drops_their_answers(qtbot: QtBot) -> None:
    owner, results, gate = QObject(), list[bool](), Event()
    calls = BackgroundCalls(owner)
    calls.run(lambda: gate.wait(5), on_done=results.append, on_failed=lambda _: None)
    gate.set()
    calls.wait()
    qtbot.wait(1)
    assert not calls.busy
    assert results == []


def test_our_own_errors_speak_for_themselves() -> None:
    assert describe_error(StorageError("the disk is full: make room")) == "The disk is full: make room."
    assert describe_error(KeyError("x")).startswith("Something unexpected went wrong (KeyError")

"""One window per database: a second start raises the first window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from fer_desktop.system.folders import HOME_VARIABLE
from ui.single_instance import SingleInstance, claim_instance

Open = Callable[[str], SingleInstance]


@pytest.fixture
def open_one(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    opened: list[SingleInstance] = []

    def open_one(database: str) -> SingleInstance:
        opened.append(SingleInstance(database))
        return opened[-1]

    yield open_one
    for each in opened:
        each.release()


def server_of(instance: SingleInstance) -> QLocalServer:
    [server] = instance.findChildren(QLocalServer)
    return server


def test_the_second_is_heard_by_the_first(qtbot: QtBot, open_one: Open) -> None:
    first, second = open_one("/lessons.db"), open_one("/lessons.db")
    assert first.acquire()
    assert not second.acquire()
    with qtbot.waitSignal(first.raise_requested):
        assert second.raise_running()


def test_one_that_does_not_answer_is_passed_over(open_one: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.single_instance._TIMEOUT_MS", 50)
    hanging = open_one("/lessons.db")
    assert hanging.acquire()
    server_of(hanging).blockSignals(True)
    with claim_instance("/lessons.db") as instance:
        assert instance is not None


def test_a_lock_without_a_door_is_knocked_at_in_vain(open_one: Open) -> None:
    first, second = open_one("/lessons.db"), open_one("/lessons.db")
    assert first.acquire()
    server_of(first).close()
    assert not second.acquire()
    assert not second.raise_running()


def test_one_that_was_busy_at_first_is_raised_when_it_is_asked_again(
    open_one: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have been opening the lessons, as the second start does too meanwhile."""
    monkeypatch.setattr("ui.single_instance._TIMEOUT_MS", 50)
    opening = open_one("/lessons.db")
    assert opening.acquire()
    server_of(opening).blockSignals(True)
    with claim_instance("/lessons.db") as instance:
        assert instance is not None
        server_of(opening).blockSignals(False)
        monkeypatch.setattr("ui.single_instance._TIMEOUT_MS", 3000)
        assert not instance.acquire_or_raise_running()
        opening.release()
        assert instance.acquire_or_raise_running()


def test_each_database_has_its_own(open_one: Open) -> None:
    assert open_one("/one.db").acquire()
    assert open_one("/other.db").acquire()


def test_after_the_first_the_next_is_the_only_one(open_one: Open) -> None:
    first = open_one("/lessons.db")
    assert first.acquire()
    first.release()
    assert open_one("/lessons.db").acquire()


def test_where_no_lock_can_be_kept_the_window_opens_all_the_same(
    open_one: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "file"))
    assert open_one("/lessons.db").acquire()
    assert open_one("/lessons.db").acquire()

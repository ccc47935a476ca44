"""One window over a database: who comes second asks the first one to come to the front."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fer_desktop.system.folders import HOME_VARIABLE
from ui.one_window import OneWindow, only_window

Open = Callable[[str], OneWindow]


@pytest.fixture
def open_one(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    opened: list[OneWindow] = []

    def open_one(database: str) -> OneWindow:
        opened.append(OneWindow(database))
        return opened[-1]

    yield open_one
    for each in opened:
        each.release()


def test_the_second_is_heard_by_the_first(qtbot: QtBot, open_one: Open) -> None:
    first, second = open_one("/lessons.db"), open_one("/lessons.db")
    assert first.take()
    assert not second.take()
    with qtbot.waitSignal(first.wanted):
        assert second.knock()


def test_one_that_does_not_answer_is_passed_over(open_one: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.one_window._PATIENCE_MS", 50)
    hanging = open_one("/lessons.db")
    assert hanging.take()
    hanging._server.blockSignals(True)
    with only_window("/lessons.db") as one:
        assert one is not None


def test_a_lock_without_a_door_is_knocked_at_in_vain(open_one: Open) -> None:
    first, second = open_one("/lessons.db"), open_one("/lessons.db")
    assert first.take()
    first._server.close()
    assert not second.take()
    assert not second.knock()


def test_each_database_has_its_own(open_one: Open) -> None:
    assert open_one("/one.db").take()
    assert open_one("/other.db").take()


def test_after_the_first_the_next_is_the_only_one(open_one: Open) -> None:
    first = open_one("/lessons.db")
    assert first.take()
    first.release()
    assert open_one("/lessons.db").take()


def test_where_no_lock_can_be_kept_the_window_opens_all_the_same(
    open_one: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "file"))
    assert open_one("/lessons.db").take()
    assert open_one("/lessons.db").take()

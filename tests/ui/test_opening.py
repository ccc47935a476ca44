"""A file with lessons that cannot be opened: before there is a window, its backups are offered."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.copies import Copies
from fer_desktop.storage.store import open_store
from fer_desktop.system.signals import EndRequested
from tests.needs import SCREEN
from tests.raising import raises_message
from tests.unit.storage.lessons import record, record_lesson, seen
from ui.dialogs.backups_dialog import BackupsDialog
from ui.dialogs.base import Dialog
from ui.opening import open_store_or_offer_help

pytestmark = SCREEN
PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A database whose description of its tables is gone, and its backup."""
    path = tmp_path / "lessons.sqlite"
    with open_store(str(path)) as store:
        record_lesson(store, [record(0, [seen(1)])])
        store.copies.back_up()
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xa5" * (PAGE - 100))
    return path


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Callable[[Callable[[list[Dialog]], None]], None]]:
    """Calls a function with all visible dialogs, five times a second."""
    timer = QTimer()

    def begin(act: Callable[[list[Dialog]], None]) -> None:
        def find() -> None:
            act([each for each in qapp.topLevelWidgets() if isinstance(each, Dialog) and each.isVisible()])

        timer.timeout.connect(find)
        timer.start(200)

    yield begin
    timer.stop()


def test_a_backup_is_put_back_and_the_lessons_open(
    qtbot: QtBot, damaged: Path, look: Callable[[Callable[[list[Dialog]], None]], None]
) -> None:
    asked: list[str] = []

    def put_back(dialogs: list[Dialog]) -> None:
        for dialog in dialogs:
            if not isinstance(dialog, BackupsDialog):
                dialog.accept()
            elif not asked:
                assert dialog.windowTitle() == "The lessons cannot be opened"
                assert not dialog.back_up_button.isVisible()
                assert dialog.salvage_button.isVisible()
                asked.append(dialog.problem.text)
                dialog.restore_button.click()

    look(put_back)
    with open_store_or_offer_help(str(damaged)) as store:
        assert [each.seconds for each in store.list_sessions()] == [1]
    assert len(asked) == 1
    assert "so damaged that it cannot be opened" in asked[0]


def test_a_signal_closes_the_dialog_and_ends_the_program(
    qtbot: QtBot, damaged: Path, look: Callable[[Callable[[list[Dialog]], None]], None]
) -> None:
    seen: list[Dialog] = []

    def send(dialogs: list[Dialog]) -> None:
        if dialogs and not seen:
            seen.extend(dialogs)
            signal.raise_signal(signal.SIGTERM)

    look(send)
    with pytest.raises(EndRequested) as raised:
        open_store_or_offer_help(str(damaged))
    assert raised.value.exit_code == 128 + signal.SIGTERM
    assert not any(dialog.isVisible() for dialog in seen)


def test_a_signal_while_a_backup_is_put_back_ends_the_program_once_it_is(
    qtbot: QtBot,
    damaged: Path,
    look: Callable[[Callable[[list[Dialog]], None]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    restore = Copies.restore

    def restore_slowly(copies: Copies, backup: Path) -> Path:
        signal.raise_signal(signal.SIGTERM)
        time.sleep(1)
        return restore(copies, backup)

    def put_back(dialogs: list[Dialog]) -> None:
        for dialog in dialogs:
            if not isinstance(dialog, BackupsDialog):
                dialog.accept()
            elif not dialog.busy:
                dialog.restore_button.click()

    monkeypatch.setattr(Copies, "restore", restore_slowly)
    look(put_back)
    with pytest.raises(EndRequested):
        open_store_or_offer_help(str(damaged))
    with open_store(str(damaged)) as store:
        assert len(store.list_sessions()) == 1


def test_what_keeps_it_from_opening_is_raised_when_the_dialog_is_closed(
    qtbot: QtBot, damaged: Path, look: Callable[[Callable[[list[Dialog]], None]], None]
) -> None:
    def close(dialogs: list[Dialog]) -> None:
        for dialog in dialogs:
            dialog.accept()

    before = damaged.read_bytes()
    look(close)
    with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
        open_store_or_offer_help(str(damaged))
    assert damaged.read_bytes() == before

"""The settings of windows that are open at the same time, over one file."""

import pytest
from PySide6.QtWidgets import QApplication

from fer_desktop.errors import SettingsError
from fer_desktop.settings import Settings, load_settings, save_changes
from ui.settings_keeper import SettingsKeeper

FULL = "no room"


class FullDisk:
    """Takes nothing while it is full."""

    full = False

    def save(self, before: Settings, after: Settings) -> None:
        if self.full:
            raise SettingsError(FULL)
        save_changes(before, after)


def open_keeper(disk: FullDisk) -> SettingsKeeper:
    return SettingsKeeper(load_settings()[0], disk.save, place=None, guess=None)


@pytest.fixture
def disk(qapp: QApplication) -> FullDisk:
    return FullDisk()


def test_a_window_leaves_what_another_one_has_changed(disk: FullDisk) -> None:
    first, second = open_keeper(disk), open_keeper(disk)
    first.answer_place("DE")
    first.remember(aggregate_only=True, retention_days=30)
    second.remember(always_on_top=True)
    second.remember(theme="dark")
    assert load_settings()[0] == Settings(
        place="DE", aggregate_only=True, retention_days=30, always_on_top=True, theme="dark"
    )


def test_what_could_not_be_saved_is_saved_with_the_next_change(disk: FullDisk) -> None:
    keeper = open_keeper(disk)
    keeper.remember(course="Art")
    failures: list[object] = []
    keeper.failed.connect(failures.append)
    disk.full = True
    keeper.remember(aggregate_only=True)
    assert keeper.stored.aggregate_only
    assert len(failures) == 1
    disk.full = False
    keeper.remember(theme="dark")
    assert load_settings()[0] == Settings(course="Art", aggregate_only=True, theme="dark")

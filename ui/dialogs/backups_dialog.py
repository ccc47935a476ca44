"""Backups: the copies of the lessons with date and size, one more now, and putting one back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from fer_desktop.storage.backups import Backup
from fer_desktop.storage.salvage import Salvaged
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.base import Dialog, make_confirmation_dialog
from ui.file_dialog import make_file_dialog
from ui.language import current_language, tr, tr_count
from ui.ports import CopiesPort
from ui.widgets.banner import Banner
from ui.widgets.basics import make_label

T = TypeVar("T")


class BackupsDialog(Dialog):
    """`restoring(bool)`: a backup is being put back, and not any more, whether it was or could not be.

    `restored`: it was.
    """

    restoring = Signal(bool)
    restored = Signal()

    def __init__(self, parent: QWidget | None, copies: CopiesPort, *, opened: bool = True) -> None:
        """`opened`: whether the lessons could be. Otherwise the dialog is there before a window is."""
        title = tr("Backups") if opened else tr("The lessons cannot be opened")
        super().__init__(parent, title=title, about=_explain(), accept=tr("Close"), reject="")
        self._copies = copies
        self._opened = opened
        self._backups: Sequence[Backup] = ()
        self._is_restoring = False
        self._calls = BackgroundCalls(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Backups"))
        self.list.currentRowChanged.connect(lambda _: self._show_choice())
        self.empty = make_label(_explain_none(opened=opened), "muted", wrap=True)
        self.problem = Banner("danger", name=tr("Problem"))
        self.outcome = Banner("info", name=tr("Backups"))
        self.back_up_button = self._add_button(tr("Back up now"), self._back_up)
        self.restore_button = self._add_button(tr("Restore…"), self._confirm_restore)
        self.salvage_button = self._add_button(tr("Save what can be read…"), self._choose_salvage_file)
        row = QHBoxLayout()
        for button in (self.back_up_button, self.restore_button, self.salvage_button):
            row.addWidget(button)
        row.addStretch(1)
        for widget in (self.problem, self.outcome, self.empty, self.list):
            self.body.addWidget(widget)
        self.body.addLayout(row)
        self.set_least_width(480)
        self._refresh()

    @property
    def busy(self) -> bool:
        """Whether a call is under way."""
        return self._calls.busy

    def accept(self) -> None:
        """Stays open while it works: what came of it would not be shown."""
        if not self.busy:
            super().accept()

    def reject(self) -> None:
        if not self.busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.busy:
            event.ignore()
        else:
            super().closeEvent(event)

    def done(self, result: int) -> None:
        """Closes the dialog once nothing is under way any more: the program may be ending."""
        self._calls.wait()
        self._end_restoring()
        super().done(result)

    def _add_button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _refresh(self) -> None:
        self._backups = self._copies.list_backups()
        damage = self._copies.damage
        self.list.clear()
        for backup in self._backups:
            self.list.addItem(QListWidgetItem(describe_backup(backup)))
        self.list.setVisible(bool(self._backups))
        self.empty.setVisible(not self._backups)
        self.salvage_button.setVisible(damage is not None)
        self.back_up_button.setEnabled(damage is None)
        self.back_up_button.setVisible(self._opened)
        if damage is not None:
            self.problem.show_message(explain_damage() if self._opened else _explain_unopened())
        if self._backups:
            self.list.setCurrentRow(0)
        self._show_choice()

    def _show_choice(self) -> None:
        self.restore_button.setEnabled(self.list.currentRow() >= 0)

    def _back_up(self) -> None:
        self._run(self._copies.back_up, lambda _: tr("The backup is made."))

    def _confirm_restore(self) -> None:
        backup = self._backups[self.list.currentRow()]
        dialog = make_confirmation_dialog(
            self,
            title=tr("Put back this backup?"),
            about=tr(
                "Your lessons become those of {time}. The present ones are kept as a backup.", time=format_time(backup)
            ),
            action=tr("Put back"),
        )
        dialog.accepted.connect(partial(self._restore, backup.path))
        dialog.open()

    def _restore(self, path: Path) -> None:
        def describe(_: Path) -> str:
            self.restored.emit()
            if not self._opened:
                self.accept()
            return tr("The backup was put back. The lessons of before are kept as a backup.")

        self._is_restoring = True
        self.restoring.emit(True)
        self._run(partial(self._copies.restore, path), describe)

    def _end_restoring(self) -> None:
        if self._is_restoring:
            self._is_restoring = False
            self.restoring.emit(False)

    def _choose_salvage_file(self) -> None:
        dialog = make_file_dialog(self, tr("Save what can be read…"), start="lessons.sqlite", save=True)
        dialog.fileSelected.connect(self._salvage)
        dialog.open()

    def _salvage(self, path: str) -> None:
        self._run(partial(self._copies.salvage, Path(path)), _describe_saved(path))

    def _run(self, call: Callable[[], T], describe: Callable[[T], str]) -> None:
        self.problem.show_message(None)
        self.outcome.show_message(tr("Working…"), busy=True)
        self._set_enabled(enabled=False)

        def end(answer: T) -> None:
            self._end_restoring()
            self._set_enabled(enabled=True)
            self._refresh()
            self.outcome.show_message(describe(answer))
            self.make_room()

        def fail(error: Exception) -> None:
            self._end_restoring()
            self._set_enabled(enabled=True)
            self._refresh()
            self.outcome.show_message(None)
            self.problem.show_message(describe_error(error))
            self.make_room()

        self._calls.run(call, on_done=end, on_failed=fail)

    def _set_enabled(self, *, enabled: bool) -> None:
        buttons = self.back_up_button, self.restore_button, self.salvage_button, self.accept_button
        for widget in (*buttons, self.list):
            widget.setEnabled(enabled)


def _explain_none(*, opened: bool) -> str:
    if opened:
        return tr('No backup yet. Choose "Back up now" to make one.')
    return tr('There is no backup of these lessons. Choose "Save what can be read…".')


def _explain_unopened() -> str:
    return tr(
        "The file with your lessons is so damaged that it cannot be opened, and nothing is written into it. Put back a "
        "backup, or save what can be read into another file."
    )


def explain_damage() -> str:
    """What a damaged database means to the teacher, and what to do."""
    return tr(
        "The file with your lessons is damaged. New lessons are kept apart. Choose Backups… in the menu to put back a "
        "backup, or to save what can be read."
    )


def describe_backup(backup: Backup) -> str:
    """Date and size."""
    size = current_language().number(f"{backup.size / 1e6:.1f}")
    return tr("{time}, {size} MB", time=format_time(backup), size=size)


def format_time(backup: Backup) -> str:
    """Local day and time."""
    moment = backup.made_at.astimezone()
    return f"{current_language().day(moment)}, {moment:%H:%M}"


def _describe_saved(path: str) -> Callable[[Salvaged], str]:
    return lambda saved: tr_count(
        "Saved {n} lesson in {path}.", "Saved {n} lessons in {path}.", saved.sessions, path=path
    )


def _explain() -> str:
    return tr(
        "A backup of your lessons is made once a day when you close the program; five are kept beside the lessons. "
        "Deleting anything removes all backups, so that nothing deleted stays in them."
    )

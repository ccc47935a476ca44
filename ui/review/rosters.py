"""Imports and deletes the roster of the open session's course."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from fer_desktop.storage.roster_file import RosterFile, read_roster
from ui.dialogs.base import ask, tell
from ui.ports import StorePort
from ui.review.corrections import Runner
from ui.review.session_page import SessionPage
from ui.words import capitalise, count

_MOST_REMARKS = 8


class Rosters:
    """`after(words)`: a roster was imported or deleted."""

    def __init__(
        self, window: QWidget, page: SessionPage, store: StorePort, *, run: Runner, after: Callable[[str], None]
    ) -> None:
        self._window = window
        self._page = page
        self._store = store
        self._run = run
        self._after = after
        page.students.roster_import_wanted.connect(self._ask_for_file)
        page.students.roster_delete_wanted.connect(self._ask_to_delete)

    def import_from(self, path: Path, course: str) -> None:
        """Reads the file and stores its names in place of what the course had."""

        def load() -> RosterFile:
            roster = read_roster(path)
            self._store.set_roster(course, roster.names)
            return roster

        self._run(load, lambda roster: self._tell_imported(roster, course))

    def _ask_for_file(self) -> None:
        course = self._page.summary.course if self._page.summary else ""
        if not course:
            return
        dialog = QFileDialog(self._window, f"Roster of {course}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["Tables (*.csv *.tsv *.txt)", "All files (*)"])
        dialog.fileSelected.connect(lambda path: self.import_from(Path(path), course))
        dialog.open()

    def _tell_imported(self, roster: RosterFile, course: str) -> None:
        self._after(f"Roster of {course}: {count(len(roster.names), 'name')}.")
        if roster.remarks:
            lines = [f"{capitalise(remark)}." for remark in roster.remarks[:_MOST_REMARKS]]
            more = len(roster.remarks) - _MOST_REMARKS
            lines += [f"And {count(more, 'line')} more."] if more > 0 else []
            tell(self._window, title="The roster was imported", about="\n".join(lines)).open()

    def _ask_to_delete(self) -> None:
        course = self._page.summary.course if self._page.summary else ""
        dialog = ask(
            self._window,
            title=f"Delete the roster of {course}?",
            about="The names of the course's students are removed for good. The sessions stay as they are.",
            action="Delete",
        )
        words = f"The roster of {course} was deleted."
        delete = partial(self._store.set_roster, course, ())
        dialog.accepted.connect(lambda: self._run(delete, lambda _: self._after(words)))
        dialog.open()

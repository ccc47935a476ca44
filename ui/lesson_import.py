"""Imports lessons that the web app or another computer exported, from the menu of the live window."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fer_desktop.errors import FerDesktopError
from fer_desktop.settings import Settings
from ui.background import BackgroundCalls, describe_error
from ui.dialogs.base import make_message_dialog
from ui.file_dialog import make_file_dialog
from ui.language import tr, tr_count
from ui.words import as_sentence

if TYPE_CHECKING:  # what reads the files is loaded with the first of them
    from fer_desktop.report.lesson_import import Imported

ImportFunction = Callable[[Path, Settings], "Imported"]


class LessonImport(QObject):
    """`imported(int)`: the number of the first lesson that has become one of this computer's."""

    imported = Signal(int)

    def __init__(
        self, window: QWidget, import_lesson: ImportFunction, current_settings: Callable[[], Settings]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._import_lesson = import_lesson
        self._current_settings = current_settings
        self._calls = BackgroundCalls(self)

    def ask(self) -> None:
        """Asks for the files."""
        dialog = make_file_dialog(self._window, tr("Import lessons"), many=True)
        dialog.setNameFilters([tr("Exported lessons (*.json)"), tr("All files (*)")])
        dialog.filesSelected.connect(lambda paths: self.import_from([Path(path) for path in paths]))
        dialog.open()

    def import_from(self, paths: Sequence[Path]) -> None:
        """Imports the files in order; one that cannot be imported keeps no other out."""
        settings = self._current_settings()
        self._calls.run(
            lambda: [self._try(path, settings) for path in paths],
            on_done=self._report,
            on_failed=lambda error: self._show([describe_error(error)]),
        )

    def wait(self) -> None:
        """Blocks until the import has ended."""
        self._calls.wait()

    def _try(self, path: Path, settings: Settings) -> "Imported | FerDesktopError":
        try:
            return self._import_lesson(path, settings)
        except FerDesktopError as error:
            return error

    def _report(self, outcomes: "Sequence[Imported | FerDesktopError]") -> None:
        """Opens the first new lesson; what else happened is said."""
        done = [outcome for outcome in outcomes if not isinstance(outcome, FerDesktopError)]
        new = [outcome.session for outcome in done if outcome.session is not None]
        lines = [as_sentence(outcome.message) for outcome in outcomes if isinstance(outcome, FerDesktopError)]
        lines += dict.fromkeys(as_sentence(message) for outcome in done for message in outcome.left_out)
        if hidden := sum(outcome.hidden for outcome in done):
            lines.append(
                tr_count(
                    "{n} lesson was deleted here because of its age. Restore in the review brings it back.",
                    "{n} lessons were deleted here because of their age. Restore in the review brings them back.",
                    hidden,
                )
            )
        if there := len(done) - len(new) - hidden:
            lines.append(tr_count("{n} lesson was already here.", "{n} lessons were already here.", there))
        if new:
            self.imported.emit(new[0])
        if lines and new:
            lines.insert(0, tr_count("{n} lesson was imported.", "{n} lessons were imported.", len(new)))
        if lines:
            self._show(lines)

    def _show(self, lines: Sequence[str]) -> None:
        make_message_dialog(self._window, title=tr("Import lessons"), about="\n".join(lines)).open()

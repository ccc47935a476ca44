"""The actions of the live window, shared by its menu, its shortcuts and the tray."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from fer_desktop.types import PipelineState
from ui.language import tr
from ui.live.strip import STRIP_KEYS


class LiveActions:
    """Connect to `triggered`, and to `toggled` of the two checkable ones."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.pause = self._make(tr("Pause"), "Ctrl+P")
        self.bookmark = self._make(tr("Bookmark"), "Ctrl+B")
        self.stop = self._make(tr("Stop"), "Ctrl+Shift+S")
        self.on_top = self._make(tr("Keep above other windows"), "Ctrl+T", checkable=True)
        self.strip = self._make(tr("Show as one line"), STRIP_KEYS, checkable=True)
        self.quiet = self._make(tr("Do not disturb"), "Ctrl+D", checkable=True)
        self.review = self._make(tr("Review lessons…"), "Ctrl+R")
        self.settings = self._make(tr("Settings…"), "Ctrl+,")
        self.backups = self._make(tr("Backups…"), "")
        self.import_lessons = self._make(tr("Import lessons…"), "")
        self.user_guide = self._make(tr("User guide"), "F1")
        self.first_steps = self._make(tr("First steps…"), "")
        self.accuracy = self._make(tr("How accurate is this?"), "")
        self.about = self._make(tr("About FER Desktop"), "")
        self.quit = self._make(tr("Quit"), "Ctrl+Q")
        self.show_state(PipelineState.STOPPED)

    def fill_menu(self, menu: QMenu) -> None:
        """Adds all actions to the menu in the corner of the window."""
        for group in (
            (self.strip, self.on_top, self.quiet),
            (self.review, self.import_lessons, self.settings, self.backups),
            (self.user_guide, self.first_steps, self.accuracy, self.about),
            (self.quit,),
        ):
            menu.addActions(list(group))
            menu.addSeparator()

    def show_state(self, state: PipelineState) -> None:
        """Enables what is possible in `state`."""
        watching = state in (PipelineState.RUNNING, PipelineState.PAUSED)
        self.pause.setEnabled(watching)
        self.pause.setText(tr("Resume") if state is PipelineState.PAUSED else tr("Pause"))
        self.bookmark.setEnabled(watching)
        self.strip.setEnabled(state is not PipelineState.STOPPED)
        self.stop.setEnabled(state not in (PipelineState.STOPPED, PipelineState.STOPPING))

    def _make(self, text: str, keys: str, *, checkable: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(keys))
        action.setCheckable(checkable)
        self._window.addAction(action)
        return action

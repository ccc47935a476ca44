"""What can be done from the live window's menu, its keys, and the tray: one action each, shared by all three."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from fer_desktop.types import PipelineState
from ui.language import tr


class LiveActions:
    """Connect `triggered` of the plain ones and `toggled` of the two that can be ticked."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.pause = self._make(tr("Pause"), "Ctrl+P")
        self.bookmark = self._make(tr("Bookmark"), "Ctrl+B")
        self.stop = self._make(tr("Stop"), "Ctrl+Shift+S")
        self.on_top = self._make(tr("Keep above other windows"), "Ctrl+T", ticked=True)
        self.quiet = self._make(tr("Do not disturb"), "Ctrl+D", ticked=True)
        self.review = self._make(tr("Review sessions…"), "Ctrl+R")
        self.settings = self._make(tr("Settings…"), "Ctrl+,")
        self.user_guide = self._make(tr("User guide"), "")
        self.guide = self._make(tr("First steps…"), "")
        self.accuracy = self._make(tr("How sure is this?"), "F1")
        self.about = self._make(tr("About FER Desktop"), "")
        self.quit = self._make(tr("Quit"), "Ctrl+Q")
        self.show_state(PipelineState.STOPPED)

    def fill_menu(self, menu: QMenu) -> None:
        """The menu in the window's corner."""
        for group in (
            (self.on_top, self.quiet),
            (self.review, self.settings),
            (self.user_guide, self.guide, self.accuracy, self.about),
            (self.quit,),
        ):
            menu.addActions(list(group))
            menu.addSeparator()

    def show_state(self, state: PipelineState) -> None:
        """What can be done while the session is so."""
        watching = state in (PipelineState.RUNNING, PipelineState.PAUSED)
        self.pause.setEnabled(watching)
        self.pause.setText(tr("Resume") if state is PipelineState.PAUSED else tr("Pause"))
        self.bookmark.setEnabled(watching)
        self.stop.setEnabled(state not in (PipelineState.STOPPED, PipelineState.STOPPING))

    def _make(self, text: str, keys: str, *, ticked: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setShortcut(QKeySequence(keys))
        action.setCheckable(ticked)
        self._window.addAction(action)
        return action

"""Takes recordings that are dropped on a window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from fer_desktop.recording.finding import list_videos


class FileDrop(QObject):
    """`dropped(list[Path])`: files, and the videos of folders; may be empty."""

    dropped = Signal(list)

    def __init__(self, window: QWidget, *, may_drop: Callable[[], bool]) -> None:
        super().__init__(window)
        self._may_drop = may_drop
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accepts files of this computer, and nothing else."""
        if not isinstance(event, QDropEvent) or not self._may_drop():
            return super().eventFilter(watched, event)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop:
            self.dropped.emit(find_recordings(paths))
        return True


def find_recordings(paths: list[Path]) -> list[Path]:
    """The files, and in place of a folder its videos; of one that cannot be read, none."""
    found: list[Path] = []
    for path in paths:
        try:
            found += list_videos(path) if path.is_dir() else [path]
        except OSError:
            continue
    return found

"""The file dialog: the system's own, or Qt's."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from fer_desktop.recording.finding import VIDEO_SUFFIXES
from ui.language import tr
from ui.on_top import is_anything_on_top, keep_on_top


def make_file_dialog(
    parent: QWidget | None, title: str, *, start: str = "", save: bool = False, many: bool = False
) -> QFileDialog:
    """Asks for a file to read, for `many` of them, or with `save` to write. `start`: the initial folder or file.

    It begins in the documents folder, wherever the program was started from. The labels are the program's own, as Qt
    has no Hindi translation.
    """
    dialog = QFileDialog(parent, title, str(_documents_folder() / start))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if save else QFileDialog.AcceptMode.AcceptOpen)
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.AnyFile if save else modes.ExistingFiles if many else modes.ExistingFile)
    labels = QFileDialog.DialogLabel
    for label, words in (
        (labels.LookIn, tr("Look in:")),
        (labels.FileName, tr("File name:")),
        (labels.FileType, tr("Files of type:")),
        (labels.Accept, tr("Save") if save else tr("Open")),
        (labels.Reject, tr("Cancel")),
    ):
        dialog.setLabelText(label, words)
    keep_on_top(dialog, on=is_anything_on_top())
    return dialog


def _documents_folder() -> Path:
    """The user's documents folder; the home folder if there is none."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    return folder if folder.is_dir() else Path.home()


def video_filter() -> str:
    """The name filter for recordings."""
    return tr("Videos ({kinds});;All files (*)", kinds=" ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES)))

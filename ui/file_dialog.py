"""The file dialog: the system's own, or Qt's."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.language import tr
from ui.on_top import is_anything_on_top, keep_on_top


def make_file_dialog(parent: QWidget | None, title: str, *, start: str = "", save: bool = False) -> QFileDialog:
    """Asks for a file to read, or with `save` to write. `start`: the initial folder or file.

    The labels are the program's own, as Qt has no Hindi translation.
    """
    dialog = QFileDialog(parent, title, start)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave if save else QFileDialog.AcceptMode.AcceptOpen)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile if save else QFileDialog.FileMode.ExistingFile)
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

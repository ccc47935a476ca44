"""Shows the recovery key, once."""

import os
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from ui.dialogs.base import Dialog
from ui.file_dialog import make_file_dialog
from ui.language import tr
from ui.widgets.basics import TickBox, make_label

_GROUPS_A_LINE = 4
_LINES_SHOWN = 4


class RecoveryDialog(Dialog):
    """Accepted once the teacher has confirmed that the key is kept somewhere."""

    def __init__(self, parent: QWidget | None, recovery_key: str) -> None:
        super().__init__(
            parent,
            title=tr("Keep this recovery key"),
            about=tr(
                "It opens the lessons if you lose the computer or forget the password. Write it on paper or print it, "
                "and keep it away from this computer. It is not shown again."
            ),
            accept=tr("Encrypt"),
        )
        self.set_least_width(440)
        self._key = recovery_key
        self.shown = QPlainTextEdit(_in_lines(recovery_key))
        self.shown.setReadOnly(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(QApplication.font().pointSizeF())  # the system's own does not follow the text size
        self.shown.setFont(font)
        self.shown.setFixedHeight(QFontMetrics(font).lineSpacing() * _LINES_SHOWN + 28)
        self.shown.setAccessibleName(tr("Recovery key"))
        self.shown.setTabChangesFocus(True)
        self.body.addWidget(self.shown)
        self.body.addLayout(self._make_buttons())
        self.remark = make_label("", "small", wrap=True)
        self.body.addWidget(self.remark)
        self.kept = TickBox(tr("I have kept the recovery key in a safe place"))
        self.kept.setAccessibleName(self.kept.text())
        self.kept.toggled.connect(self.accept_button.setEnabled)
        self.body.addWidget(self.kept)
        self.accept_button.setEnabled(False)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for words, action in ((tr("Save as a file…"), self._ask_for_file), (tr("Copy"), self._copy)):
            button = QPushButton(words)
            button.setAccessibleName(words)
            button.setAutoDefault(False)
            button.clicked.connect(action)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self._remark(tr("Copied. Paste it where you keep passwords."))

    def _ask_for_file(self) -> None:
        start = f"{tr('recovery-key')}.txt"
        dialog = make_file_dialog(self, tr("Save the recovery key"), start=start, save=True)
        dialog.setDefaultSuffix("txt")
        dialog.fileSelected.connect(lambda path: self.save(Path(path)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Writes the key into a file that only its owner may read; says so, or why not."""
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(f"{tr('Recovery key of the lessons in FER Desktop')}\n\n{_in_lines(self._key)}\n")
        except OSError as error:
            self._remark(tr("It could not be saved ({reason}).", reason=error.strerror or str(error)))
        else:
            self._remark(tr("Saved. Print it or move it to a USB stick, then delete it from this computer."))

    def _remark(self, words: str) -> None:
        self.remark.setText(words)
        self.make_room()


def _in_lines(recovery_key: str) -> str:
    groups = recovery_key.split("-")
    starts = range(0, len(groups), _GROUPS_A_LINE)
    return "\n".join("-".join(groups[start : start + _GROUPS_A_LINE]) for start in starts)

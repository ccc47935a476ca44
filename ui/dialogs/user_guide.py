"""The user guide that ships with the program, shown without a browser or network."""

import re
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QPushButton, QTextBrowser, QWidget

from ui.dialogs.base import Dialog, make_message_dialog
from ui.language import tr

GUIDE: Final = Path(__file__).resolve().parents[2] / "docs" / "guide.md"
_PICTURE: Final = re.compile(r"^<img (.*)>$", re.MULTILINE)
_PICTURE_IN_WORDS: Final = "\N{ZERO WIDTH SPACE}<img \\1/>"


class GuidePages(QTextBrowser):
    """Shows Markdown files with their pictures. Follows links to headings and to other local files only."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("User guide"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._follow)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Works around Qt, which appends a picture on a line of its own to the text before and drops what follows."""
        found: QByteArray | None = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.MarkdownResource.value or found is None:
            return found
        return _PICTURE.sub(_PICTURE_IN_WORDS, bytes(found.data()).decode())

    def _follow(self, link: QUrl) -> None:
        """Follows a link; Back also returns from jumps within a page."""
        target = self.source().resolved(link)
        if not target.isLocalFile() or not target.path().endswith(".md"):
            return
        self.setSource(target)
        if link.hasFragment():
            self._show_heading(link.fragment())

    def _show_heading(self, name: str) -> None:
        """Scrolls to a heading. Qt creates no anchors for headings, so it is found by its text."""
        document = self.document()
        document.size()  # forces the layout: what is not laid out cannot be scrolled to
        block = document.begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and _name_heading(block.text()) == name:
                self.setTextCursor(QTextCursor(block))
                self.verticalScrollBar().setValue(int(document.documentLayout().blockBoundingRect(block).top()))
            block = block.next()


def _name_heading(words: str) -> str:
    return re.sub(r"[^\w-]", "", words.strip().lower().replace(" ", "-"))


def make_user_guide(parent: QWidget | None, path: Path = GUIDE) -> Dialog:
    """To be shown, not opened, so that the window behind stays in use. A missing guide gives a message."""
    if not path.is_file():
        return make_message_dialog(
            parent,
            title=tr("User guide"),
            about=tr(
                "The guide is missing: {path}. The program was installed without it. It is included in the program's "
                "own folder.",
                path=path,
            ),
        )
    dialog = Dialog(parent, title=tr("User guide"), accept=tr("Close"), reject="")
    dialog.resize(900, 760)
    pages = GuidePages()
    pages.setSource(QUrl.fromLocalFile(str(path)))
    back = QPushButton(tr("Back"))
    back.setAutoDefault(False)
    back.setAccessibleName(tr("Back"))
    back.setEnabled(False)
    back.clicked.connect(pages.backward)
    pages.backwardAvailable.connect(back.setEnabled)
    dialog.buttons.insertWidget(0, back)
    dialog.body.addWidget(pages)
    pages.setFocus()
    return dialog

"""Bookmarks of the running session, with or without a note."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from fer_desktop.messages.words import format_clock
from ui.language import tr
from ui.live.attached_session import AttachedSession
from ui.live.note_bar import NoteBar


class BookmarkBar(NoteBar):
    """Bookmarks the session that `shown` returns; reports each bookmark by `show_status`.

    `bookmarked(int)`: a bookmark was set, of that second.
    """

    bookmarked = Signal(int)

    def __init__(self, *, shown: Callable[[], AttachedSession | None], show_status: Callable[[str], None]) -> None:
        super().__init__(tr("Bookmark"), placeholder=tr("Note (optional)"), empty_allowed=True)
        self._shown = shown
        self._show_status = show_status
        self._second: int | None = None
        self.saved.connect(lambda note: self._bookmark(note, self._second))

    def ask_for_note(self) -> None:
        """Opens the bar; the bookmark is of the moment at which it opened, however long the note takes to write."""
        shown = self._shown()
        if shown is not None and shown.is_active:
            self.keep()
            self._second = shown.second
            self.open()

    def bookmark_now(self) -> None:
        """Sets a bookmark without a note."""
        shown = self._shown()
        if shown is not None and shown.is_active:
            self._bookmark("", shown.second)

    def _bookmark(self, note: str, second: int | None) -> None:
        shown = self._shown()
        if shown is not None:
            shown.port.bookmark(note, second=second)
            if second is not None:
                self.bookmarked.emit(second)
            text = tr("Bookmark saved at {time}.", time=format_clock(second or 0))
            self._show_status(text if second is not None else tr("It will be saved once there is a picture."))

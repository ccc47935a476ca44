"""The banner over the review that names lessons which cannot be shown, and deletes them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.dialogs.base import make_confirmation_dialog
from ui.language import tr, tr_count
from ui.widgets.banner import Banner


class UnreadableLessons(Banner):
    """Hidden while every lesson can be shown. `delete`: deletes them, on a background thread."""

    def __init__(self, parent: QWidget, delete: Callable[[Sequence[int]], None]) -> None:
        super().__init__("warning", name=tr("Damaged lessons"), action=tr("Delete…"))
        self._parent = parent
        self._delete = delete
        self._sessions: Sequence[int] = ()
        self.acted.connect(self._confirm)

    def show_sessions(self, sessions: Sequence[int]) -> None:
        """`sessions`: the numbers of those that cannot be shown."""
        self._sessions = sessions
        words = tr_count(
            "{n} lesson cannot be shown because its entry is damaged. Put back a backup, or delete it.",
            "{n} lessons cannot be shown because their entries are damaged. Put back a backup, or delete them.",
            len(sessions),
        )
        self.show_message(words if sessions else None)

    def _confirm(self) -> None:
        dialog = make_confirmation_dialog(
            self._parent,
            title=tr_count("Delete {n} damaged lesson?", "Delete {n} damaged lessons?", len(self._sessions)),
            about=tr("Once deleted, they cannot be restored."),
            action=tr("Delete for good"),
        )
        dialog.accepted.connect(partial(self._delete, self._sessions))
        dialog.open()

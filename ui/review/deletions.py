"""Deleting a session, with some time to take it back: until then it is only out of sight."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from fer_desktop.errors import FerDesktopError
from fer_desktop.storage.values import SessionSummary
from ui.ports import StorePort
from ui.review.corrections import Runner

UNDO_S: Final = 30
"""How long a deletion can be taken back; closing the window ends it at once."""


class Deletions:
    """Holds one session back. The store still has it until `undo_s` are over, so a crash in between loses nothing.

    `changed()`: what is out of sight is another session now, or none. `failed(error)`: it could not be deleted.
    """

    def __init__(
        self,
        owner: QObject,
        store: StorePort,
        *,
        undo_s: float = UNDO_S,
        run: Runner,
        changed: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._store = store
        self._undo_s = undo_s
        self._run = run
        self._changed = changed
        self._failed = failed
        self._held: SessionSummary | None = None
        self._unreported: FerDesktopError | None = None
        self._timer = QTimer(owner)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.settle)

    @property
    def hidden(self) -> int | None:
        """The session that is out of sight."""
        return self._held.id if self._held is not None else None

    def begin(self, summary: SessionSummary) -> None:
        """Puts a session out of sight; one that was so before is deleted now."""
        self.settle()
        self._held = summary
        self._timer.start(round(1000 * self._undo_s))
        self._changed()

    def undo(self) -> None:
        """Brings it back."""
        self._timer.stop()
        self._held = None
        self._changed()

    def settle(self) -> None:
        """Deletes what is held, for good, on the background thread; where that fails it is in the list again."""
        self._timer.stop()
        held, self._held = self._held, None
        if held is None:
            return
        session = held.id

        def delete() -> None:
            try:
                self._store.delete_session(session)
            except FerDesktopError as error:
                self._unreported = error

        self._run(delete, lambda _: self._finish())

    def settle_now(self) -> None:
        """As `settle`, before the window closes, when nothing runs any more.

        Raises `FerDesktopError` where it, or the one before it, could not be deleted.
        """
        self._timer.stop()
        held, self._held = self._held, None
        if held is not None:
            self._store.delete_session(held.id)
        untold, self._unreported = self._unreported, None
        if untold is not None:
            raise untold

    def _finish(self) -> None:
        self._changed()
        untold, self._unreported = self._unreported, None
        if untold is not None:
            self._failed(untold)

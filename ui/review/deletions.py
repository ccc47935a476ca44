"""Deletes sessions after a delay, during which the deletion can be undone."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from fer_desktop.errors import FerDesktopError
from fer_desktop.storage.values import SessionSummary
from ui.ports import StorePort
from ui.review.context import Runner

UNDO_S: Final = 30
"""How long a deletion can be undone; closing the window ends this at once."""


class Deletions:
    """Hides one session at a time. The store keeps it until `undo_s` have passed, so a crash meanwhile loses nothing.

    `changed()`: another session is hidden now, or none. `failed(error)`: it could not be deleted.
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
        """The id of the hidden session."""
        return self._held.id if self._held is not None else None

    def begin(self, summary: SessionSummary) -> None:
        """Hides a session; one that was hidden before is deleted now."""
        self.settle()
        self._held = summary
        self._timer.start(round(1000 * self._undo_s))
        self._changed()

    def undo(self) -> None:
        """Shows the hidden session again."""
        self._timer.stop()
        self._held = None
        self._changed()

    def settle(self) -> None:
        """Deletes the hidden session on the background thread; if that fails it is listed again."""
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
        """As `settle`, on this thread: for when the window closes and no call is running.

        Raises `FerDesktopError` if this session, or the one before, could not be deleted.
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

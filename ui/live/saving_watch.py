"""Asks what to do where a session that has ended cannot be saved completely."""

from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fer_desktop.types import PipelineState
from ui.dialogs.base import Dialog
from ui.language import tr
from ui.ports import LiveSessionPort
from ui.stylesheet import set_role
from ui.words import as_sentence, format_duration

ASK_AFTER_S: Final = 2.0
"""How long saving may take before the teacher is asked; the last second of a lesson takes far less."""
ASK_AGAIN_AFTER_S: Final = 30.0
_CLOSE_ANYWAY_AFTER_S: Final = 5.0
"""Where all seconds are saved, and only the end of the session is not."""
_LOOK_MS: Final = 250


class SavingWatch(QObject):
    """Looks while a session is stopped. Qt's thread, but `stop_waiting`."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._session: LiveSessionPort | None = None
        self._waited_s = 0.0
        self._ask_at_s = ASK_AFTER_S
        self._dialog: Dialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    def begin(self, session: LiveSessionPort) -> None:
        """The session is being stopped."""
        self._session = session
        self._waited_s, self._ask_at_s = 0.0, ASK_AFTER_S
        self._timer.start()

    def end(self) -> None:
        """The session has ended: there is nothing to ask any more."""
        self._timer.stop()
        self._session = None
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.close()
        self._dialog = None

    def ask_again(self) -> None:
        """The teacher wants to close: asks without further delay."""
        self._ask_at_s = min(self._ask_at_s, self._waited_s)

    def stop_waiting(self) -> None:
        """Any thread: keeps in a rescue file what is not saved."""
        session = self._session
        if session is not None:
            session.stop_waiting()

    def _look(self) -> None:
        session = self._session
        if session is None or session.state not in (PipelineState.STOPPED, PipelineState.FAULTED):
            return  # frames are still being analysed
        self._waited_s += _LOOK_MS / 1000
        if session.kept.stored == session.kept.recorded:
            if self._waited_s >= _CLOSE_ANYWAY_AFTER_S:
                session.stop_waiting()
        elif self._waited_s >= self._ask_at_s and not self._is_asking():
            self._ask(session)

    def _is_asking(self) -> bool:
        return self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()

    def _ask(self, session: LiveSessionPort) -> None:
        self._dialog = dialog = make_unsaved_dialog(self._window, session)
        dialog.accepted.connect(self.stop_waiting)
        dialog.rejected.connect(self._wait_longer)
        dialog.open()

    def _wait_longer(self) -> None:
        self._ask_at_s = self._waited_s + ASK_AGAIN_AFTER_S


def make_unsaved_dialog(parent: QWidget, session: LiveSessionPort) -> Dialog:
    """`accepted`: close, and keep what is not saved where that is possible; `rejected`: wait."""
    kept = session.kept
    lost = kept.recorded - kept.stored - kept.rescued
    missing = tr(
        "{duration} of it are not among your lessons yet.", duration=format_duration(kept.recorded - kept.stored)
    )
    reason = as_sentence(session.notice) if session.notice else ""
    if lost:
        choice = tr(
            "If you wait, saving is tried again. If you do not, {duration} are lost, as no other folder can be written "
            "either.",
            duration=format_duration(lost),
        )
    else:
        choice = tr(
            "If you wait, saving is tried again. If you do not, nothing is lost either: it stays in the rescue file, "
            "and FER Desktop adds it to the lesson as soon as that is possible."
        )
    dialog = Dialog(
        parent,
        title=tr("The lesson is not completely saved"),
        about=" ".join(filter(None, (missing, reason, choice))),
        accept=tr("Do not wait, and lose them") if lost else tr("Keep in the rescue file"),
        reject=tr("Wait"),
    )
    if lost:
        set_role(dialog.accept_button, "danger")
        dialog.accept_button.setDefault(False)
        dialog.reject_button.setAutoDefault(True)
        dialog.reject_button.setFocus()
    dialog.set_least_width(400)
    return dialog

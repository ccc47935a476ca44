"""Students whom the teacher removed: hidden at once, and removed from the session when the offer to undo ends."""

from dataclasses import replace
from functools import partial

from fer_desktop.types import Observation
from ui.language import tr
from ui.live.window_parts import WindowParts
from ui.ports import LiveSessionPort


class Removals:
    """For what is listed as a student and is none: a poster or a shared screen. Nothing of them stays stored.

    Delays removals until the offer to undo has ended, as what was stored cannot be brought back.
    """

    def __init__(self, window: WindowParts) -> None:
        self._window = window
        self._hidden: set[int] = set()

    def remove(self, student: int) -> None:
        """Removes a student with an offer to undo. Does nothing without a session."""
        session = self._window.session()
        if session is None:
            return
        words = tr("{who} was removed.", who=self._window.name(student))
        self._window.offer(
            words, undo=partial(self._undo, student), otherwise=partial(self._carry_out, session, student)
        )
        self._hidden.add(student)
        self._window.refresh()

    def hide(self, observation: Observation) -> Observation:
        """The observation without the removed students."""
        if not self._hidden:
            return observation
        students = tuple(state for state in observation.students if state.student not in self._hidden)
        return replace(observation, students=students)

    def forget(self) -> None:
        """Clears everything for a new session, whose student numbers mean other students."""
        self._hidden.clear()

    def _undo(self, student: int) -> None:
        self._hidden.discard(student)
        self._window.refresh()

    def _carry_out(self, session: LiveSessionPort, student: int) -> None:
        if self._window.session() is session:
            session.remove(student)

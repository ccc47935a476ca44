"""Students whom the teacher removed: hidden at once, and erased from the session when the offer to undo ends."""

from dataclasses import replace
from functools import partial

from fer_desktop.types import Observation
from ui.language import tr
from ui.live.window_parts import WindowParts
from ui.ports import LiveSessionPort


class Removals:
    """For what is listed as a student and is none: a poster or a shared screen. Nothing of them stays stored.

    Delays the erasure until the offer to undo has ended, as what was stored cannot be brought back. The session knows
    of it from the beginning: who turns out to be a listed student meanwhile, by a name that is read, is listed again.
    """

    def __init__(self, window: WindowParts) -> None:
        self._window = window
        self._asked: set[int] = set()  # of a session that has yet to publish an observation without them

    def remove(self, student: int) -> None:
        """Removes a student with an offer to undo. Does nothing without a session."""
        session = self._window.session()
        if session is None:
            return
        words = tr("{who} was removed.", who=self._window.name(student))
        session.remove(student)
        self._window.offer(
            words, undo=partial(self._undo, session, student), otherwise=partial(self._carry_out, session, student)
        )
        self._asked.add(student)
        self._window.refresh()

    def hide(self, observation: Observation) -> Observation:
        """The observation without the removed students."""
        self._asked &= {state.student for state in observation.students}
        if not self._asked:
            return observation
        students = tuple(state for state in observation.students if state.student not in self._asked)
        return replace(observation, students=students)

    def forget(self) -> None:
        """Clears everything for a new session, whose student numbers mean other students."""
        self._asked.clear()

    def _undo(self, session: LiveSessionPort, student: int) -> None:
        self._asked.discard(student)
        if self._window.session() is session:
            session.restore(student)
        self._window.refresh()

    def _carry_out(self, session: LiveSessionPort, student: int) -> None:
        if self._window.session() is session:
            session.erase(student)

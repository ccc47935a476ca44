"""Students whom the teacher removed: hidden at once, and removed from the session when the offer to undo ends."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from fer_desktop.types import Observation
from ui.language import tr
from ui.live.dismissals import OfferUndo
from ui.ports import LiveSessionPort


class Removals:
    """For what is listed as a student and is none: a poster or a shared screen. Nothing of them stays stored.

    Delays removals until `offer` has ended, as what was stored cannot be brought back. `session` returns the current
    session; `name` a student's name; `refresh` repaints the newest observation.
    """

    def __init__(
        self,
        *,
        session: Callable[[], LiveSessionPort | None],
        name: Callable[[int], str],
        offer: OfferUndo,
        refresh: Callable[[], None],
    ) -> None:
        self._session = session
        self._name = name
        self._offer = offer
        self._refresh = refresh
        self._hidden: set[int] = set()

    def remove(self, student: int) -> None:
        """Removes a student with an offer to undo. Does nothing without a session."""
        session = self._session()
        if session is None:
            return
        words = tr("{who} was removed.", who=self._name(student))
        self._offer(words, undo=partial(self._undo, student), otherwise=partial(self._carry_out, session, student))
        self._hidden.add(student)
        self._refresh()

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
        self._refresh()

    def _carry_out(self, session: LiveSessionPort, student: int) -> None:
        if self._session() is session:
            session.remove(student)

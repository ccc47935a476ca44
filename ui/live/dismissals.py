"""Flags that the teacher dismissed: out of sight at once, and out of the session once it cannot be undone any more."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from fer_desktop.types import Flag, FlagKind, Observation
from ui.language import tr
from ui.ports import LiveSessionPort

_Key = tuple[int | None, FlagKind]


class OfferUndo(Protocol):
    """`Footer.offer`."""

    def __call__(self, text: str, *, undo: Callable[[], None], otherwise: Callable[[], None]) -> None: ...


class Dismissals:
    """Holds dismissals back, so that an undone one has never been: the session hears of it when `offer` has ended.

    `session`: that of now; `name`: what a student is called; `refresh`: paints the students and the class anew.
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
        self._held_back: set[_Key] = set()
        self._sent_back: set[_Key] = set()  # the session was told, and shows them until it has heard

    def dismiss(self, flags: tuple[Flag, ...]) -> None:
        """All with one undo. Without a session, or a flag, nothing."""
        session = self._session()
        if session is None or not flags:
            return
        carry_out = partial(self._carry_out, session, flags)
        self._offer(self._describe(flags), undo=partial(self._undo, flags), otherwise=carry_out)
        self._held_back |= _keys(flags)
        self._refresh()

    def hide(self, observation: Observation) -> Observation:
        """The observation without the flags that were dismissed."""
        current = (*observation.class_flags, *(flag for state in observation.students for flag in state.flags))
        self._sent_back &= _keys(current)
        hidden = self._held_back | self._sent_back
        if not hidden:
            return observation

        def without_hidden(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
            return tuple(flag for flag in flags if (flag.student, flag.kind) not in hidden)

        students = tuple(replace(state, flags=without_hidden(state.flags)) for state in observation.students)
        return replace(observation, students=students, class_flags=without_hidden(observation.class_flags))

    def forget(self) -> None:
        """For a new session, whose students are others."""
        self._held_back.clear()
        self._sent_back.clear()

    def _undo(self, flags: tuple[Flag, ...]) -> None:
        self._held_back -= _keys(flags)
        self._refresh()

    def _carry_out(self, session: LiveSessionPort, flags: tuple[Flag, ...]) -> None:
        self._held_back -= _keys(flags)
        if self._session() is session:
            self._sent_back |= _keys(flags)
            for flag in flags:
                session.dismiss(flag)

    def _describe(self, flags: tuple[Flag, ...]) -> str:
        student = flags[0].student
        if student is None:
            return tr("Flag of the class dismissed.")
        return tr("Flag of {who} dismissed.").format(who=self._name(student))


def _keys(flags: tuple[Flag, ...]) -> set[_Key]:
    return {(flag.student, flag.kind) for flag in flags}

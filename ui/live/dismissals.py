"""Dismissed flags: hidden at once, and dismissed in the session when the offer to undo ends."""

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
    """Delays dismissals until `offer` has ended, so that an undone one leaves no trace in the record.

    `session` returns the current session; `name` a student's name; `refresh` repaints the newest observation.
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
        self._pending: set[_Key] = set()
        self._sent: set[_Key] = set()  # dismissed in the session, which has yet to publish an observation without them

    def dismiss(self, flags: tuple[Flag, ...]) -> None:
        """Dismisses the flags with a single offer to undo. Does nothing without a session or a flag."""
        session = self._session()
        if session is None or not flags:
            return
        carry_out = partial(self._carry_out, session, flags)
        self._offer(self._describe(flags), undo=partial(self._undo, flags), otherwise=carry_out)
        self._pending |= _keys(flags)
        self._refresh()

    def hide(self, observation: Observation) -> Observation:
        """The observation without the dismissed flags."""
        current = (*observation.class_flags, *(flag for state in observation.students for flag in state.flags))
        self._sent &= _keys(current)
        hidden = self._pending | self._sent
        if not hidden:
            return observation

        def without_hidden(flags: tuple[Flag, ...]) -> tuple[Flag, ...]:
            return tuple(flag for flag in flags if (flag.student, flag.kind) not in hidden)

        students = tuple(replace(state, flags=without_hidden(state.flags)) for state in observation.students)
        return replace(observation, students=students, class_flags=without_hidden(observation.class_flags))

    def forget(self) -> None:
        """Clears everything for a new session, whose student numbers mean other students."""
        self._pending.clear()
        self._sent.clear()

    def _undo(self, flags: tuple[Flag, ...]) -> None:
        self._pending -= _keys(flags)
        self._refresh()

    def _carry_out(self, session: LiveSessionPort, flags: tuple[Flag, ...]) -> None:
        self._pending -= _keys(flags)
        if self._session() is session:
            self._sent |= _keys(flags)
            for flag in flags:
                session.dismiss(flag)

    def _describe(self, flags: tuple[Flag, ...]) -> str:
        student = flags[0].student
        if student is None:
            return tr("Class flag dismissed.")
        return tr("Flag for {who} dismissed.", who=self._name(student))


def _keys(flags: tuple[Flag, ...]) -> set[_Key]:
    return {(flag.student, flag.kind) for flag in flags}

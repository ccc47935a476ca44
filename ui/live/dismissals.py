"""Dismissed flags: hidden at once, and dismissed in the session when the offer to undo ends."""

from dataclasses import replace
from functools import partial

from fer_desktop.types import Flag, FlagKind, Observation
from ui.language import tr
from ui.live.window_parts import WindowParts
from ui.ports import LiveSessionPort

_Key = tuple[int | None, FlagKind]


class Dismissals:
    """Delays dismissals until the offer to undo has ended, so that an undone one leaves no trace in the record."""

    def __init__(self, window: WindowParts) -> None:
        self._window = window
        self._pending: set[_Key] = set()
        self._sent: set[_Key] = set()  # dismissed in the session, which has yet to publish an observation without them

    def dismiss(self, flags: tuple[Flag, ...]) -> None:
        """Dismisses the flags with a single offer to undo. Does nothing without a session or a flag."""
        session = self._window.session()
        if session is None or not flags:
            return
        carry_out = partial(self._carry_out, session, flags)
        self._window.offer(self._describe(flags), undo=partial(self._undo, flags), otherwise=carry_out)
        self._pending |= _keys(flags)
        self._window.refresh()

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
        self._window.refresh()

    def _carry_out(self, session: LiveSessionPort, flags: tuple[Flag, ...]) -> None:
        self._pending -= _keys(flags)
        if self._window.session() is session:
            self._sent |= _keys(flags)
            for flag in flags:
                session.dismiss(flag)

    def _describe(self, flags: tuple[Flag, ...]) -> str:
        student = flags[0].student
        if student is None:
            return tr("Class flag dismissed.")
        return tr("Flag for {who} dismissed.", who=self._window.name(student))


def _keys(flags: tuple[Flag, ...]) -> set[_Key]:
    return {(flag.student, flag.kind) for flag in flags}

"""The live window while it watches a class of twenty-seven."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtWidgets import QWidget

import fer_desktop.capture.window  # noqa: F401 - the texts of its faults are known from then on
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.messages import Message, MessageKey
from fer_desktop.policy.expressions import LAW_LINE
from fer_desktop.types import (
    AttentionLevel,
    ClassMood,
    Expression,
    Flag,
    FlagKind,
    Floats,
    Observation,
    PipelineState,
    Presence,
    StudentState,
)
from tests.fakes import make_probabilities
from tests.ui.fakes import FakeLiveSession, make_observation
from tests.ui.looks.stage import Scene, on_stage, settle
from ui.language import tr
from ui.live.live_window import LiveWindow
from ui.start.choice import SourceChoice, describe_source

STUDENTS: Final = 27
NOW_S: Final = 1930
_SOURCE: Final = SourceChoice("", watched="call", window=WindowSelector("Zoom Meeting", "zoom"))
_HISTORY_S: Final = 600
_STEP_S: Final = 5
_NAMES: Final = {
    3: "Anna Schmidt",
    7: "Zoë Kim",
    12: "Adil O'Neil",
    19: "Priya Ramachandran-Venkataraman",
    22: "आरव शर्मा",
}
_FLAGS: Final = {
    4: Flag(FlagKind.AWAY, 4, 1790, Message(MessageKey.NOT_IN_CALL, lasted_s=120)),
    7: Flag(FlagKind.NEGATIVE, 7, 1840, Message(MessageKey.NEGATIVE, lasted_s=90)),
    12: Flag(FlagKind.CAMERA_OFF, 12, 1625, Message(MessageKey.CAMERA_OFF, lasted_s=300)),
    19: Flag(FlagKind.DROWSY, 19, 1895, Message(MessageKey.EYES_CLOSED, closed=88, samples=110, lasted_s=35)),
}
_CLASS_FLAG: Final = Flag(FlagKind.CLASS_DROP, None, 1915, Message(MessageKey.CLASS_MOOD_FELL, fell=17, students=22))
_ABSENT: Final = {
    4: (Presence.AWAY, 1790),
    12: (Presence.CAMERA_OFF, 1625),
    15: (Presence.UNREADABLE, 1924),
    20: (Presence.OUT_OF_VIEW, 1500),
    25: (Presence.CAMERA_OFF, 1911),
}
_SHOWN: Final = (Expression.NEUTRAL, Expression.HAPPY, Expression.NEUTRAL, Expression.SURPRISE, None, Expression.SAD)


def make_states(second: int, *, expressions_on: bool = True, flags: bool = True) -> tuple[StudentState, ...]:
    """The class at a second; each kind of flag is there once."""
    return tuple(
        _make_state(number, second, expressions_on=expressions_on, flags=flags) for number in range(1, STUDENTS + 1)
    )


def _make_state(number: int, second: int, *, expressions_on: bool, flags: bool) -> StudentState:
    presence, since = _ABSENT.get(number, (Presence.VISIBLE, 0))
    if second < since:
        presence, since = Presence.VISIBLE, 0
    is_read = expressions_on and presence is Presence.VISIBLE
    flag = _FLAGS.get(number) if flags else None
    shown = flag is not None and (expressions_on or flag.kind in (FlagKind.AWAY, FlagKind.CAMERA_OFF))
    return StudentState(
        student=number,
        label=_NAMES.get(number, f"Student {number}"),
        presence=presence,
        since_second=since,
        expression=_SHOWN[(number * 5 + second // (20 + number)) % len(_SHOWN)] if is_read else None,
        confidence=0.7,
        flags=(flag,) if shown and flag is not None else (),
        excluded=number == 26,
        attention=list(AttentionLevel)[number % 3] if is_read else None,
    )


def make_shares(second: int) -> Floats:
    """The class laughs now and then, and is sadder at the end."""
    wave = float(np.sin(second / 45))
    late = 0.25 * min(1.0, max(0.0, (second - NOW_S + 80) / 50))
    return make_probabilities(
        happy=max(0.05, 0.35 + 0.2 * wave - late), sad=0.1 + late, surprise=0.06, angry=0.03, fear=0.02
    )


def observe(*, expressions_on: bool = True, flags: bool = True) -> Observation:
    """The class now."""
    shares = make_shares(NOW_S) if expressions_on else None
    observation = make_observation(
        make_states(NOW_S, expressions_on=expressions_on, flags=flags), NOW_S, probabilities=shares
    )
    mood = replace(observation.mood, attention=0.58 if expressions_on else None)
    return replace(observation, mood=mood, class_flags=(_CLASS_FLAG,) if expressions_on and flags else ())


def _fill_history(window: LiveWindow, *, expressions_on: bool, aggregate_only: bool) -> None:
    panel = window.watch_panel
    for second in range(NOW_S - _HISTORY_S, NOW_S):
        shares = make_shares(second) if expressions_on else None
        faces = 22 + second // 60 % 4
        panel.series.add(ClassMood(second, shares, faces, faces + 1, faces + 1, STUDENTS))
        if not aggregate_only and second % _STEP_S == 0:
            panel.students.show_students(make_states(second, expressions_on=expressions_on, flags=False), second)


@contextmanager
def watching(
    width: int,
    height: int,
    *,
    session: FakeLiveSession | None = None,
    aggregate_only: bool = False,
    flags: bool = True,
    then: Callable[[LiveWindow], object] = lambda _: None,
) -> Iterator[QWidget]:
    """`then`: what the teacher does."""
    session = session or _running()
    on = session.expressions_on
    window = LiveWindow()
    window.resize(width, height)
    with on_stage(window):
        law_line = None if on else tr(LAW_LINE)
        window.attach(session, source=describe_source(_SOURCE), aggregate_only=aggregate_only, law_line=law_line)
        _fill_history(window, expressions_on=on, aggregate_only=aggregate_only)
        window.show_observation(observe(expressions_on=on, flags=flags))
        window.repaint_now()
        settle()
        then(window)
        window.repaint_now()
        yield window
        window.detach()


def _running(*, expressions_on: bool = True) -> FakeLiveSession:
    return FakeLiveSession(state=PipelineState.RUNNING, expressions_on=expressions_on)


def _select(window: LiveWindow) -> None:
    window.watch_panel.students.select(7)


def _write_a_note(window: LiveWindow) -> None:
    _select(window)
    window.watch_panel.students.note_button.click()
    window.watch_panel.students.note_bar.note.setText("ask about the essay")


def _pause_and_mark(window: LiveWindow) -> None:
    window.open_bookmark()
    window.toggle_pause()


def _bookmark(window: LiveWindow) -> None:
    window.watch_panel.show_bookmark(NOW_S - 300)
    window.watch_panel.show_bookmark(NOW_S - 20)


def _make_one_line(window: LiveWindow) -> None:
    window.shared_actions.strip.trigger()


def _show_preview(window: LiveWindow) -> None:
    _select(window)
    window.watch_panel.preview.toggle()


def _stopped_by_a_problem() -> FakeLiveSession:
    fault = Message(MessageKey.WINDOW_CLOSED)
    return FakeLiveSession(state=PipelineState.FAULTED, fault=fault)


def _waiting() -> FakeLiveSession:
    lost = Message(MessageKey.WINDOW_HIDDEN)
    return FakeLiveSession(state=PipelineState.RUNNING, notice=lost, picture_lost=lost)


LIVE_SCENES: Final[dict[str, Scene]] = {
    "live-narrow": Scene(lambda: watching(360, 900)),
    "live": Scene(lambda: watching(440, 900, then=_select)),
    "live-wide": Scene(lambda: watching(1000, 760, then=_show_preview)),
    "live-laptop": Scene(lambda: watching(440, 708, flags=False)),
    "live-maximised": Scene(lambda: watching(1366, 708, then=_bookmark)),
    "live-strip": Scene(lambda: watching(440, 900, then=_make_one_line)),
    "live-calm": Scene(lambda: watching(440, 900, flags=False)),
    "live-note": Scene(lambda: watching(440, 900, then=_write_a_note)),
    "live-paused": Scene(lambda: watching(440, 900, then=_pause_and_mark)),
    "live-quiet": Scene(
        lambda: watching(
            440, 900, then=lambda window: window.set_options(on_top=False, quiet=True, keys_everywhere=False)
        ),
    ),
    "live-expressions-off": Scene(lambda: watching(440, 900, session=_running(expressions_on=False))),
    "live-whole-class": Scene(lambda: watching(440, 900, aggregate_only=True)),
    "live-waiting": Scene(lambda: watching(440, 900, session=_waiting())),
    "live-problem": Scene(lambda: watching(440, 900, session=_stopped_by_a_problem())),
    "live-larger-text": Scene(lambda: watching(440, 900, then=_select), text_size="larger"),
}

"""The benchmark of the live window: its class is plausible, and its figures are what their names say."""

from argparse import Namespace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from fer_desktop.errors import SettingsError
from fer_desktop.types import FlagKind, Presence
from ui.bench.desk_command import BENCH_DESK
from ui.bench.live_window import LongRun, measure_long_run
from ui.bench.scripted_class import FRAMES_PER_SECOND, ScriptedClass


def test_the_scripted_class_has_everything_that_the_window_shows() -> None:
    made = ScriptedClass(49)
    seen = [made.observe(second * FRAMES_PER_SECOND) for second in range(0, 900, 30)]
    states = [state for observation in seen for state in observation.students]
    assert {state.presence for state in states} == {Presence.VISIBLE, Presence.AWAY, Presence.CAMERA_OFF}
    assert {flag.kind for state in states for flag in state.flags} == {FlagKind.AWAY, FlagKind.CAMERA_OFF}
    for observation in seen:
        assert len(observation.students) == 49
        assert observation.mood.faces == len(observation.result.faces)
        assert observation.mood.probabilities is not None
        assert float(np.sum(observation.mood.probabilities)) == pytest.approx(1)


def test_the_same_frame_gives_the_same_class() -> None:
    assert ScriptedClass(9).observe(77).students == ScriptedClass(9).observe(77).students


def test_a_lesson_in_fast_forward_is_painted_second_by_second(qtbot: QtBot) -> None:
    progress: list[int] = []
    lesson = measure_long_run(students=3, seconds=61, on_progress=progress.append)
    assert progress == [0, 60]
    assert lesson.early_ms > 0
    assert lesson.late_ms > 0


def test_the_end_is_compared_with_the_beginning() -> None:
    assert LongRun(7200, early_ms=4.0, late_ms=5.0).ratio == 1.25


def test_measuring_nothing_is_refused() -> None:
    with pytest.raises(SettingsError, match="at least one student"):
        BENCH_DESK.run(Namespace(students=0, seconds=1, lesson=0, json=False))

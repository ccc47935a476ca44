"""Runs trial classes through the program and scores their flags.

Drawn trials: every frame is drawn, read by the real networks at five a second, as in a lesson or completely, and
followed by the real observer; only the students are drawn and their behaviour scripted. Scripted trials: no picture;
the observer gets readings that are as often wrong as the expression network was about faces on which people agree, and
as eyes on photographs were.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

from fer_desktop.app import build_analyzer, build_classifier, build_namer
from fer_desktop.bench.flags.scripted_readings import ScriptedReadings
from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.errors import FerDesktopError
from fer_desktop.simulation.flag_score import FlagScore, StudentVotes, list_expected, score_flags
from fer_desktop.simulation.source import SimulatedSource
from fer_desktop.simulation.trials import Trial, make_trial
from fer_desktop.types import Event, FlagKind, FrameResult
from fer_desktop.vision.budget import FrameBudget, LiveBudget, PaceKeeper, look_everywhere

_FPS: Final = 5.0
_VOTE_EVERY: Final = 25
"""Of so many frames one votes on who is who, and reports the progress."""


@dataclass(frozen=True, slots=True)
class TrialSize:
    """How large a trial is: students, seconds of the script, pixels of a frame."""

    students: int
    seconds: float
    width: int = 1280
    height: int = 720


class ScriptClock:
    """The time of the script: however long a frame takes, none is late."""

    def __init__(self) -> None:
        self.at_s = 0.0

    def now_s(self) -> float:
        """The time of the newest frame."""
        return self.at_s


def score_drawn(
    size: TrialSize, *, seed: int, rules: FlagRules, on_progress: Callable[[str], None], full: bool = False
) -> dict[FlagKind, FlagScore]:
    """One trial of drawn faces, as fast as the computer reads it. Raises `SettingsError`, `ModelError`.

    `on_progress`: gets what is being read, every few seconds of the script. `full`: every face is read in every frame,
    not under the budget of a lesson.
    """
    trial = make_trial(students=size.students, seconds=size.seconds, seed=seed)
    source = SimulatedSource(trial.script, fps=_FPS, width=size.width, height=size.height)
    clock = ScriptClock()
    budget: FrameBudget = look_everywhere if full else LiveBudget(PaceKeeper(clock, lambda: False))
    analyzer = build_analyzer(
        build_classifier(expressions_on=True), build_namer(at_once=True), live=not full, budget=budget
    )

    def results() -> Iterator[tuple[FrameResult, float]]:
        while (frame := source.read()) is not None:
            clock.at_s = frame.captured_at_s
            if frame.index % _VOTE_EVERY == 0:
                on_progress(f"class {seed}, drawn: {frame.captured_at_s:.0f} of {size.seconds:.0f} seconds")
            yield analyzer.process(frame), frame.captured_at_s

    with closing(source), closing(analyzer):
        return _score(trial, rules, results())


def score_scripted(size: TrialSize, *, seed: int, rules: FlagRules) -> dict[FlagKind, FlagScore]:
    """One trial of scripted readings, one a second. Raises `SettingsError`, `ModelError`."""
    trial = make_trial(students=size.students, seconds=size.seconds, seed=seed)
    readings = ScriptedReadings(trial.script, seed=seed, width=size.width, height=size.height)
    return _score(trial, rules, ((readings.read(second + 0.5), float(second)) for second in range(int(size.seconds))))


def _score(trial: Trial, rules: FlagRules, results: Iterator[tuple[FrameResult, float]]) -> dict[FlagKind, FlagScore]:
    """`results`: frames in order, each with its time of the script."""
    observer, votes = ClassObserver(rules), StudentVotes(trial.script)
    events: list[Event] = []
    for index, (result, at_s) in enumerate(results):
        _, record = observer.observe(result, int(at_s))
        events += record.events if record else ()
        if index % _VOTE_EVERY == 0:
            votes.add(result, at_s)
    students = votes.assign()
    if not students:
        raise FerDesktopError("nobody was seen in the trial: the drawn class could not be read")
    return score_flags(list_expected(trial.script, rules, drop=trial.drop), events, students)

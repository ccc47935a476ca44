"""Scores the flags of a session against the script: how many were right, how many came, and how late."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.engagement import FlagRules
from fer_desktop.simulation.drawing import truth_at
from fer_desktop.simulation.script import Script, StudentScript
from fer_desktop.simulation.timeline import Span
from fer_desktop.types import NEGATIVE_EXPRESSIONS, Event, EventKind, FlagKind, FrameResult

_SURE_SHARE: Final = 0.8
"""A flag is right from so much of its time on: rules look for what mostly holds. It is due when all has passed."""
_AFTER_S: Final = 10.0
"""Rules look back: a flag may still be raised so long after its reason ended."""


@dataclass(frozen=True, slots=True)
class ExpectedFlag:
    """`due_s`: when its condition holds; raised from `from_s` to `until_s` it is right. `student`: None for the class.

    `surely`: whether it must be raised; one whose time is hardly over its limit may.
    """

    kind: FlagKind
    student: int | None
    from_s: float
    due_s: float
    until_s: float
    surely: bool


@dataclass(frozen=True, slots=True)
class FlagScore:
    """Of one kind. `raised`, of which `right` had a reason; `due` had to come, of which `came` did.

    `delays_s`: from when the condition held to when the flag was raised, of those that came; negative where the rule
    was sure before.
    """

    kind: FlagKind
    raised: int = 0
    right: int = 0
    due: int = 0
    came: int = 0
    delays_s: tuple[float, ...] = ()

    @property
    def precision(self) -> float | None:
        return self.right / self.raised if self.raised else None

    @property
    def recall(self) -> float | None:
        return self.came / self.due if self.due else None

    def joined(self, other: "FlagScore") -> "FlagScore":
        return FlagScore(
            self.kind,
            self.raised + other.raised,
            self.right + other.right,
            self.due + other.due,
            self.came + other.came,
            self.delays_s + other.delays_s,
        )


def list_expected(script: Script, rules: FlagRules, *, drop: Span | None = None) -> list[ExpectedFlag]:
    """The flags that the script calls for."""
    expected = [flag for student in script.students for flag in _list_of_student(student, script.seconds, rules)]
    if drop is not None:
        expected.append(_expect(FlagKind.CLASS_DROP, None, drop, after_s=0.0))
    return expected


class StudentVotes:
    """Which scripted student each observed one is: in whose tile they were seen most often."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._votes: dict[int, Counter[int]] = defaultdict(Counter)

    def add(self, result: FrameResult, at_s: float) -> None:
        truth = truth_at(self._script, at_s, result.frame.width, result.frame.height)
        for reading in result.tiles:
            if reading.student is None:
                continue
            for tile in truth:
                if tile.box.contains(*reading.tile.box.centre):
                    self._votes[reading.student][tile.student] += 1

    def assigned(self) -> dict[int, int]:
        return {number: votes.most_common(1)[0][0] for number, votes in self._votes.items()}


def score_flags(
    expected: Sequence[ExpectedFlag], events: Iterable[Event], students: Mapping[int, int]
) -> dict[FlagKind, FlagScore]:
    """`events`: of the session, in seconds of the script. `students`: the scripted one of each observed number."""
    raised = [event for event in events if event.kind is EventKind.FLAG_RAISED and event.flag is not None]
    return {kind: _score_kind(kind, expected, raised, students) for kind in FlagKind}


def _score_kind(
    kind: FlagKind, expected: Sequence[ExpectedFlag], raised: Sequence[Event], students: Mapping[int, int]
) -> FlagScore:
    wanted = [flag for flag in expected if flag.kind is kind]
    first_s: dict[ExpectedFlag, float] = {}
    right, of_kind = 0, [event for event in raised if event.flag is kind]
    for event in of_kind:
        who = None if event.student is None else students.get(event.student)
        # The second that an event stands for is over when it is raised.
        at_s = event.second + 1.0
        match = next((w for w in wanted if w.student == who and w.from_s <= at_s <= w.until_s), None)
        if match is not None:
            right += 1
            first_s.setdefault(match, at_s)
    due = [flag for flag in wanted if flag.surely]
    return FlagScore(
        kind,
        raised=len(of_kind),
        right=right,
        due=len(due),
        came=sum(flag in first_s for flag in due),
        delays_s=tuple(round(at_s - flag.due_s, 1) for flag, at_s in first_s.items()),
    )


def _list_of_student(student: StudentScript, seconds: float, rules: FlagRules) -> list[ExpectedFlag]:
    times: list[tuple[FlagKind, Iterable[Span], float]] = [
        (FlagKind.AWAY, (*student.away, *student.turned_away), rules.away_after_s),
        (FlagKind.CAMERA_OFF, student.camera_off, rules.camera_off_after_s),
        (FlagKind.DROWSY, student.drowsy, rules.drowsy_after_s),
        (FlagKind.NEGATIVE, _negative_times(student, seconds), rules.negative_after_s),
    ]
    return [
        _expect(kind, student.student, span, after_s=after_s)
        for kind, spans, after_s in times
        for span in spans
        if span.end_s - span.start_s >= _SURE_SHARE * after_s
    ]


def _expect(kind: FlagKind, student: int | None, span: Span, *, after_s: float) -> ExpectedFlag:
    return ExpectedFlag(
        kind,
        student,
        from_s=span.start_s + _SURE_SHARE * after_s,
        due_s=span.start_s + after_s,
        until_s=span.end_s + _AFTER_S,
        surely=span.end_s - span.start_s >= after_s + 15,
    )


def _negative_times(student: StudentScript, seconds: float) -> list[Span]:
    """Times in which one negative expression follows another."""
    times: list[Span] = []
    ends = [*(span.start_s for span in student.expressions[1:]), seconds]
    for span, end_s in zip(student.expressions, ends, strict=True):
        if span.expression not in NEGATIVE_EXPRESSIONS:
            continue
        if times and times[-1].end_s == span.start_s:
            times[-1] = Span(times[-1].start_s, end_s)
        else:
            times.append(Span(span.start_s, end_s))
    return times

"""Scores the flags of a session against the script: how many were correct, how many were raised, and how late."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.engagement import FlagRules
from fer_desktop.simulation.drawing import truth_at
from fer_desktop.simulation.script import Script, StudentScript
from fer_desktop.simulation.timeline import Span
from fer_desktop.types import NEGATIVE_EXPRESSIONS, Event, EventKind, FlagKind, FrameResult


@dataclass(frozen=True, slots=True)
class _Tolerance:
    """When a flag counts as correct, and when it must be raised."""

    from_share: float = 0.8
    """Rules look for what mostly holds: a flag is correct from this share of its time on."""
    until_s: float = 10.0
    """Rules look back: a flag may still be raised this long after its cause has ended."""
    required_s: float = 15.0
    """A flag must be raised where its cause outlasts its time by this much; else it may be."""


_TOLERANCE: Final = _Tolerance()


@dataclass(frozen=True, slots=True)
class ExpectedFlag:
    """A flag that the script calls for. `student`: None for the class.

    `due_s`: when its condition has held for its full time. Raised from `from_s` to `until_s` it is correct.
    `required`: whether it must be raised; one whose cause hardly lasts long enough need not be.
    """

    kind: FlagKind
    student: int | None
    from_s: float
    due_s: float
    until_s: float
    required: bool


@dataclass(frozen=True, slots=True)
class FlagScore:
    """Counts of one kind of flag: `raised` ones and how many of them were `correct`, `due` ones and how many `came`.

    `delays_s`: from the due time to the raising, of the correct ones; negative where the rule decided earlier.
    """

    kind: FlagKind
    raised: int = 0
    correct: int = 0
    due: int = 0
    came: int = 0
    delays_s: tuple[float, ...] = ()

    @property
    def precision(self) -> float | None:
        """Share of the raised flags that were correct; None without any."""
        return self.correct / self.raised if self.raised else None

    @property
    def recall(self) -> float | None:
        """Share of the due flags that came; None without any."""
        return self.came / self.due if self.due else None

    def __add__(self, other: "FlagScore") -> "FlagScore":
        """The counts of two classes, of the same kind of flag."""
        return FlagScore(
            self.kind,
            self.raised + other.raised,
            self.correct + other.correct,
            self.due + other.due,
            self.came + other.came,
            self.delays_s + other.delays_s,
        )


class StudentVotes:
    """Finds out which scripted student each observed one is: the one in whose tile they were seen most often."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._votes: dict[int, Counter[int]] = defaultdict(Counter)

    def add(self, result: FrameResult, at_s: float) -> None:
        """Counts a vote for each identified tile of a frame at that time of the script."""
        truth = truth_at(self._script, at_s, result.frame.width, result.frame.height)
        for reading in result.tiles:
            if reading.student is None:
                continue
            for tile in truth:
                if tile.box.contains(*reading.tile.box.centre):
                    self._votes[reading.student][tile.student] += 1

    def assign(self) -> dict[int, int]:
        """Observed student to scripted student."""
        return {number: votes.most_common(1)[0][0] for number, votes in self._votes.items()}


def list_expected(script: Script, rules: FlagRules, *, drop: Span | None = None) -> list[ExpectedFlag]:
    """The flags that the script calls for. `drop`: when the mood of the whole class falls."""
    expected = [flag for student in script.students for flag in _list_of_student(student, script.seconds, rules)]
    if drop is not None:
        expected.append(_expect(FlagKind.CLASS_DROP, None, drop, after_s=0.0))
    return expected


def _list_of_student(student: StudentScript, seconds: float, rules: FlagRules) -> list[ExpectedFlag]:
    causes: list[tuple[FlagKind, Iterable[Span], float]] = [
        (FlagKind.AWAY, (*student.away, *student.empty_chair), rules.away_after_s),
        (FlagKind.CAMERA_OFF, student.camera_off, rules.camera_off_after_s),
        (FlagKind.DROWSY, student.drowsy, rules.drowsy_after_s),
        (FlagKind.NEGATIVE, _negative_spans(student, seconds), rules.negative_after_s),
    ]
    return [
        _expect(kind, student.student, span, after_s=after_s)
        for kind, spans, after_s in causes
        for span in spans
        if span.end_s - span.start_s >= _TOLERANCE.from_share * after_s
    ]


def _expect(kind: FlagKind, student: int | None, cause: Span, *, after_s: float) -> ExpectedFlag:
    return ExpectedFlag(
        kind,
        student,
        from_s=cause.start_s + _TOLERANCE.from_share * after_s,
        due_s=cause.start_s + after_s,
        until_s=cause.end_s + _TOLERANCE.until_s,
        required=cause.end_s - cause.start_s >= after_s + _TOLERANCE.required_s,
    )


def _negative_spans(student: StudentScript, seconds: float) -> list[Span]:
    """Negative expressions that follow each other, as one span."""
    spans: list[Span] = []
    ends = [*(span.start_s for span in student.expressions[1:]), seconds]
    for span, end_s in zip(student.expressions, ends, strict=True):
        if span.expression not in NEGATIVE_EXPRESSIONS:
            continue
        if spans and spans[-1].end_s == span.start_s:
            spans[-1] = Span(spans[-1].start_s, end_s)
        else:
            spans.append(Span(span.start_s, end_s))
    return spans


def score_flags(
    expected: Sequence[ExpectedFlag], events: Iterable[Event], students: Mapping[int, int]
) -> dict[FlagKind, FlagScore]:
    """One score for each kind of flag.

    `events`: of the session, in seconds of the script. `students`: the scripted student of each observed one.
    """
    raised = [event for event in events if event.kind is EventKind.FLAG_RAISED and event.flag is not None]
    return {
        kind: _score_kind(
            kind,
            [flag for flag in expected if flag.kind is kind],
            [event for event in raised if event.flag is kind],
            students,
        )
        for kind in FlagKind
    }


def _score_kind(
    kind: FlagKind, expected: Sequence[ExpectedFlag], raised: Sequence[Event], students: Mapping[int, int]
) -> FlagScore:
    """`expected`, `raised`: those of this kind."""
    first_raised_s: dict[ExpectedFlag, float] = {}
    correct = 0
    for event in raised:
        at_s = event.second + 1.0  # the flag is raised when its second is over
        match = _find_match(expected, event, students, at_s)
        if match is not None:
            correct += 1
            first_raised_s.setdefault(match, at_s)
    due = [flag for flag in expected if flag.required]
    return FlagScore(
        kind,
        raised=len(raised),
        correct=correct,
        due=len(due),
        came=sum(flag in first_raised_s for flag in due),
        delays_s=tuple(round(at_s - flag.due_s, 1) for flag, at_s in first_raised_s.items()),
    )


def _find_match(
    expected: Sequence[ExpectedFlag], event: Event, students: Mapping[int, int], at_s: float
) -> ExpectedFlag | None:
    student = None if event.student is None else students.get(event.student)
    return next((flag for flag in expected if flag.student == student and flag.from_s <= at_s <= flag.until_s), None)

"""Follows the class through a session: every frame in, the state to show and the seconds to store out."""

from collections import Counter
from collections.abc import Sequence

from fer_desktop.engagement.flags import FlagRules, find_flags
from fer_desktop.engagement.history import StudentHistory, tell_presence
from fer_desktop.engagement.seconds import SecondGatherer, sum_up_class
from fer_desktop.labels import pseudonym
from fer_desktop.renumbering import Renumbering
from fer_desktop.types import (
    ClassMood,
    Event,
    EventKind,
    Flag,
    FlagKind,
    FrameResult,
    Observation,
    SecondRecord,
    StudentSecond,
    StudentState,
)


class ClassObserver:
    """Pure but for its memory: no thread, no clock. Seconds come from the frames' own times.

    Labels and records have the names that were read only where `names_allowed`; a name that the teacher gave they
    always have. A student who turned out to be another one may be asked for by either number.
    """

    def __init__(self, rules: FlagRules, *, names_allowed: bool = False) -> None:
        self._rules = rules
        self._names_allowed = names_allowed
        self._read_names: dict[int, str] = {}
        self._given_names: dict[int, str] = {}
        self._new_names: dict[int, str] = {}
        self._merges: list[tuple[int, int]] = []
        self._erased: list[int] = []
        self._numbers = Renumbering()
        self._result: FrameResult | None = None
        self._out_of_view: frozenset[int] = frozenset()
        self._gatherer = SecondGatherer()
        self._second: int | None = None
        self._histories: dict[int, StudentHistory] = {}
        self._excluded: set[int] = set()
        self._flags: dict[tuple[int | None, FlagKind], Flag] = {}
        self._dismissed: set[tuple[int | None, FlagKind]] = set()
        self._ended_flags: list[tuple[int | None, FlagKind]] = []
        self._mood = ClassMood(0, None, 0, 0, 0)
        self._states: tuple[StudentState, ...] = ()

    @property
    def excluded(self) -> frozenset[int]:
        return frozenset(self._excluded)

    def observe(self, result: FrameResult, second: int) -> tuple[Observation, SecondRecord | None]:
        """`second`: of the session, never going back. The record is that of the second before, once it is over."""
        record = self.finish() if self._second is not None and second > self._second else None
        self._second = second
        self._result = result
        for student, into in result.merges:
            self.merge(student, into)
        if self._names_allowed:
            self._take_names(result)
        self._out_of_view = result.out_of_view
        self._gatherer.add(result)
        return Observation(result, second, self._mood, self._states), record

    def observe_again(self) -> Observation | None:
        """The newest frame once more, after the teacher has changed something; None before the first."""
        if self._result is None:
            return None
        return Observation(self._result, self._mood.second, self._mood, self._states)

    def finish(self) -> SecondRecord | None:
        """Closes the second under way: at its end, and at the end of the session."""
        if self._second is None:
            return None
        second, self._second = self._second, None
        samples = tuple(sample for sample in self._gatherer.finish() if sample.student not in self._excluded)
        self._mood = sum_up_class(second, samples)
        self._remember(second, samples)
        events = self._update_flags(second)
        self._describe_all()
        names = {student: name for student, name in self._new_names.items() if student not in self._excluded}
        record = SecondRecord(
            second,
            self._mood,
            samples,
            tuple(events),
            tuple(sorted(names.items())),
            tuple(self._merges),
            tuple(self._erased),
        )
        self._new_names, self._merges, self._erased = {}, [], []
        return record

    def number_of(self, student: int) -> int:
        """The number by which the student goes now."""
        return self._numbers.now(student)

    def exclude(self, student: int) -> None:
        """From now on nothing of that student is looked at, shown or stored."""
        student = self.number_of(student)
        self._excluded.add(student)
        self._end_flags(student)
        self._describe_all()

    def include(self, student: int) -> None:
        student = self.number_of(student)
        self._excluded.discard(student)
        name = self._name(student)
        if name is not None:
            self._new_names[student] = name  # it was not stored meanwhile
        self._describe_all()

    def rename(self, student: int, name: str) -> None:
        """The teacher's own word: it is shown and stored whatever was read."""
        student = self.number_of(student)
        self._given_names[student] = self._new_names[student] = name
        self._describe_all()

    def merge(self, student: int, into: int) -> None:
        """`student` was `into` all along: one history, one name, and whoever was left out stays left out."""
        joined = self._numbers.join(student, into)
        if joined is None:
            return
        student, into = joined
        self._gatherer.merge(student, into)
        self._end_flags(student)
        self._merge_histories(student, into)
        self._dismissed |= {(into, kind) for number, kind in self._dismissed if number == student}
        self._merge_names(student, into)
        if into in self._excluded:
            self._erased.append(student)
        else:
            self._merges.append((student, into))
        if student in self._excluded:
            self._excluded.discard(student)
            self.exclude(into)
        self._describe_all()

    def dismiss(self, student: int | None, kind: FlagKind) -> None:
        """The flag is not shown again until its reason has ended and comes anew. Without a student: the class's."""
        student = None if student is None else self.number_of(student)
        self._dismissed.add((student, kind))
        self._flags.pop((student, kind), None)
        self._describe_all()

    def _take_names(self, result: FrameResult) -> None:
        for reading in result.tiles:
            student, name = reading.student, reading.tile.name
            if student is None or name is None or self._read_names.get(student) == name:
                continue
            self._read_names[student] = name
            if student not in self._given_names:
                self._new_names[student] = name

    def _merge_histories(self, student: int, into: int) -> None:
        history = self._histories.pop(student, None)
        if history is None:
            return
        if into in self._histories:
            self._histories[into].absorb(history)
        else:
            history.student = into
            self._histories[into] = history

    def _merge_names(self, student: int, into: int) -> None:
        self._new_names.pop(student, None)
        for names in (self._read_names, self._given_names):
            name = names.pop(student, None)
            if name is not None:
                names.setdefault(into, name)
        name = self._name(into)
        if name is not None:
            self._new_names[into] = name

    def _remember(self, second: int, samples: Sequence[StudentSecond]) -> None:
        by_student = {sample.student: sample for sample in samples}
        for student, sample in by_student.items():
            if student not in self._histories:
                self._histories[student] = StudentHistory(student, tell_presence(sample), second, second)
        for student, history in sorted(self._histories.items()):
            if student not in self._excluded:
                history.add(second, by_student.get(student), out_of_view=student in self._out_of_view)

    def _update_flags(self, second: int) -> list[Event]:
        holding = {
            (flag.student, flag.kind): flag
            for student, history in self._histories.items()
            if student not in self._excluded
            for flag in find_flags(history, self._rules)
        }
        self._dismissed &= holding.keys()
        shown = {key: flag for key, flag in holding.items() if key not in self._dismissed}
        raised = [
            Event(EventKind.FLAG_RAISED, second, flag.reason, student, kind)
            for (student, kind), flag in shown.items()
            if (student, kind) not in self._flags
        ]
        cleared = [
            Event(EventKind.FLAG_CLEARED, second, "", student, kind)
            for student, kind in (*self._ended_flags, *(key for key in self._flags if key not in holding))
        ]
        self._ended_flags.clear()
        self._flags = shown
        return raised + cleared

    def _end_flags(self, student: int) -> None:
        """Flags of a student who is left out are over; the next record says so."""
        for key in [key for key in self._flags if key[0] == student]:
            del self._flags[key]
            self._ended_flags.append(key)

    def _describe_all(self) -> None:
        names = {student: self._name(student) for student in self._histories}
        often = Counter(names.values())
        labels = {
            student: pseudonym(student) if name is None else name if often[name] == 1 else f"{name} ({student})"
            for student, name in names.items()
        }
        self._states = tuple(self._describe(history, labels[student]) for student, history in self._histories.items())

    def _describe(self, history: StudentHistory, label: str) -> StudentState:
        expression, confidence = history.smoothed()
        return StudentState(
            student=history.student,
            label=label,
            presence=history.presence,
            since_second=history.since_second,
            expression=expression,
            confidence=confidence,
            flags=tuple(flag for (student, _), flag in self._flags.items() if student == history.student),
            excluded=history.student in self._excluded,
        )

    def _name(self, student: int) -> str | None:
        return self._given_names.get(student) or self._read_names.get(student)

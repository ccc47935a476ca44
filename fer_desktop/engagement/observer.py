"""Follows the class through a session: every frame in, the state to show and the seconds to store out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from fer_desktop.engagement.class_drop import find_class_drop
from fer_desktop.engagement.flag_board import FlagBoard
from fer_desktop.engagement.flags import FlagRules, find_flags
from fer_desktop.engagement.history import StudentHistory, classify_presence
from fer_desktop.engagement.seconds import GatheredSecond, SecondGatherer, sum_up_class
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import (
    ClassMood,
    Event,
    FlagKind,
    FrameResult,
    Observation,
    SecondRecord,
    StudentSecond,
    StudentState,
)
from fer_desktop.vision.identity.renumbering import Renumbering


class ClassObserver:
    """Pure but for its memory: no thread, no clock. Seconds come from the frames' own times.

    Labels and records have the names that were read only where `names_allowed`; a name that the teacher gave they
    always have. A student who turned out to be another one may be asked for by either number. The class's attention is
    published for groups of `min_group_size` students or more.
    """

    def __init__(self, rules: FlagRules, *, names_allowed: bool = False, min_group_size: int = 1) -> None:
        self._rules = rules
        self._least_told = min_group_size
        self._names_allowed = names_allowed
        self._read_names: dict[int, str] = {}
        self._given_names: dict[int, str] = {}
        self._new_names: dict[int, str] = {}
        self._merges: list[tuple[int, int]] = []
        self._erased: list[int] = []
        self._numbers = Renumbering()
        self._newest: tuple[FrameResult, int] | None = None
        self._out_of_view: frozenset[int] = frozenset()
        self._gatherer = SecondGatherer()
        self._second: int | None = None
        self._histories: dict[int, StudentHistory] = {}
        self._excluded: set[int] = set()
        self._flags = FlagBoard(repeat_after_s=rules.repeat_after_s)
        self._mood = ClassMood(0, None, 0, 0, 0)
        self._states: tuple[StudentState, ...] = ()

    @property
    def excluded(self) -> frozenset[int]:
        return frozenset(self._excluded)

    def observe(self, result: FrameResult, second: int) -> tuple[Observation, SecondRecord | None]:
        """`second`: of the session, never going back. The record is that of the second before, once it is over."""
        record = self.finish() if self._second is not None and second > self._second else None
        self._second = second
        self._newest = result, second
        for student, into in result.merges:
            self.merge(student, into)
        if self._names_allowed:
            self._take_names(result)
        self._out_of_view = result.out_of_view
        self._gatherer.add(result)
        return self._show(result, second), record

    def observe_again(self) -> Observation | None:
        """The newest frame once more, after the teacher has changed something; None before the first."""
        return None if self._newest is None else self._show(*self._newest)

    def finish(self) -> SecondRecord | None:
        """Closes the second under way: at its end, and at the end of the session."""
        if self._second is None:
            return None
        second, self._second = self._second, None
        gathered = [each for each in self._gatherer.finish() if each.sample.student not in self._excluded]
        samples = self._remember(second, gathered)
        self._mood = sum_up_class(second, samples, min_group_size=self._least_told)
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
        self._flags.end(student)
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
        self._flags.merge(student, into)
        self._merge_histories(student, into)
        self._merge_names(student, into)
        if into in self._excluded:
            self._erased.append(student)
        else:
            self._merges.append((student, into))
        if student in self._excluded:
            self._excluded.discard(student)
            self.exclude(into)
        self._describe_all()

    def dismiss(self, student: int | None, kind: FlagKind) -> bool:
        """The flag is not shown again until its reason has ended and comes anew; after a second time never again.
        Without a student: the class's. False where it is not shown any more.
        """
        dismissed = self._flags.dismiss(None if student is None else self.number_of(student), kind)
        self._describe_all()
        return dismissed

    def _show(self, result: FrameResult, second: int) -> Observation:
        return Observation(result, second, self._mood, self._states, self._flags.of(None))

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

    def _remember(self, second: int, gathered: Sequence[GatheredSecond]) -> tuple[StudentSecond, ...]:
        """The samples, with the attention that follows from what is remembered."""
        by_student = {each.sample.student: each for each in gathered}
        for student, each in by_student.items():
            if student not in self._histories:
                self._histories[student] = StudentHistory(
                    student, classify_presence(each.sample), second, second, second
                )
        for student, history in sorted(self._histories.items()):
            seen, out_of_view = by_student.get(student), student in self._out_of_view
            if student in self._excluded:
                continue
            if seen is None:
                history.add(second, None, out_of_view=out_of_view)
            else:
                history.add(second, seen.sample, seen.cues, out_of_view=out_of_view)
        return tuple(
            replace(each.sample, attention=self._histories[student].attention.index)
            for student, each in by_student.items()
        )

    def _update_flags(self, second: int) -> list[Event]:
        watched = [history for student, history in self._histories.items() if student not in self._excluded]
        flags = [
            flag for history in watched for flag in find_flags(history, self._rules, self._flags.held(history.student))
        ]
        drop = find_class_drop(watched, self._rules, held=FlagKind.CLASS_DROP in self._flags.held(None))
        return self._flags.update(second, flags if drop is None else [*flags, drop])

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
            flags=self._flags.of(history.student),
            excluded=history.student in self._excluded,
            attention=history.attention.level,
        )

    def _name(self, student: int) -> str | None:
        return self._given_names.get(student) or self._read_names.get(student)

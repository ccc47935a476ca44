"""Follows the class through a session: takes every frame, gives the state to show and the seconds to store."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fer_desktop.engagement.class_drop import find_class_drop
from fer_desktop.engagement.flag_board import FlagBoard
from fer_desktop.engagement.flags import FlagRules, find_flags
from fer_desktop.engagement.history import StudentHistory, classify_presence
from fer_desktop.engagement.merging import Renumbering, merge_records
from fer_desktop.engagement.names import StudentNames
from fer_desktop.engagement.seconds import GatheredSecond, SecondGatherer, sum_up_class
from fer_desktop.types import (
    ClassMood,
    Erasure,
    Event,
    FlagKind,
    FrameResult,
    Merge,
    Observation,
    SecondRecord,
    StudentSecond,
    StudentState,
)

COUNTED_AFTER_S: Final = 15
"""Who comes later counts as a student, is listed and may be flagged once they were in view for so long: what looks new
for a few seconds is often a known student whose tile moves or whose camera goes off."""


class ClassObserver:
    """Deterministic: no thread, no clock. Seconds come from the frames' own times.

    `names_allowed`: names that were read appear in labels and records; a name that the teacher gave always does.
    `min_group_size`: the class's expressions and attention are published for groups of this many students or more.
    Commands may use any number that a student has ever had: the observer translates it, for itself and, by
    `current_number` and `merge`, for others.
    """

    def __init__(self, rules: FlagRules, *, names_allowed: bool = False, min_group_size: int = 1) -> None:
        self._rules = rules
        self._names_allowed = names_allowed
        self._min_group_size = min_group_size
        self._numbers = Renumbering()
        self._names = StudentNames()
        self._gatherer = SecondGatherer()
        self._histories: dict[int, StudentHistory] = {}
        self._flags = FlagBoard(repeat_after_s=rules.repeat_after_s)
        self._excluded: dict[int, int] = {}  # since which second, by student
        self._removing: set[int] = set()
        self._removed: set[int] = set()
        self._corrections: list[Merge | Erasure] = []
        self._first_second: int | None = None
        self._second: int | None = None
        self._newest: tuple[FrameResult, int] | None = None
        self._out_of_view: frozenset[int] = frozenset()
        self._mood = ClassMood(0, None, 0, 0, 0, 0)
        self._states: tuple[StudentState, ...] = ()

    @property
    def excluded(self) -> frozenset[int]:
        """The students whom the teacher has left out."""
        return frozenset(self._excluded)

    def observe(self, result: FrameResult, second: int) -> tuple[Observation, SecondRecord | None]:
        """Takes a frame. `second`: of the session, never decreasing. The record is that of the second that ended."""
        record = self.finish() if self._second is not None and second > self._second else None
        self._second = second
        self._first_second = second if self._first_second is None else self._first_second
        self._newest = result, second
        for merge in result.merges:
            self.merge(merge)
        if self._names_allowed:
            self._names.read(result.tiles)
        self._out_of_view = result.out_of_view
        self._gatherer.add(result)
        return self._make_observation(result, second), record

    def observe_again(self) -> Observation | None:
        """The newest frame with the present state, after a command has changed it; None before the first frame."""
        return None if self._newest is None else self._make_observation(*self._newest)

    def finish(self) -> SecondRecord | None:
        """Closes the current second and returns its record; None where no frame has come since the last."""
        if self._second is None:
            return None
        second, self._second = self._second, None
        gathered = [each for each in self._gatherer.finish() if each.sample.student not in self._excluded]
        samples = self._remember(second, gathered)
        self._mood = sum_up_class(second, samples, min_group_size=self._min_group_size)
        events = self._update_flags(second)
        self._update_states()
        names = self._names.take_unstored(excluded=self.excluded)
        corrections, self._corrections = tuple(self._corrections), []
        return SecondRecord(second, self._mood, samples, tuple(events), names, corrections)

    def current_number(self, student: int) -> int:
        """The number that the student goes by now."""
        return self._numbers.translate(student)

    def exclude(self, student: int) -> None:
        """From now on nothing of that student is shown or stored."""
        student = self.current_number(student)
        self._excluded.setdefault(student, 0 if self._newest is None else self._newest[1])
        self._flags.end(student)
        self._update_states()

    def include(self, student: int) -> None:
        """Ends `exclude`."""
        student = self.current_number(student)
        self._excluded.pop(student, None)
        self._names.store_again(student)
        self._update_states()

    def remove(self, student: int) -> None:
        """What was taken for a student is none: it is not listed any more, until `restore` or `erase`.

        Does nothing where the number was merged, or is merged before that: it is another student's now.
        """
        if self.current_number(student) == student:
            self._removing.add(student)
            self._update_states()

    def restore(self, student: int) -> None:
        """Ends `remove`."""
        self._removing.discard(self.current_number(student))
        self._update_states()

    def erase(self, student: int) -> bool:
        """As `exclude`, for good, of what is removed. False, and nothing, where it has turned out to be a student."""
        student = self.current_number(student)
        if student not in self._removing:
            return False
        self._removing.discard(student)
        self._removed.add(student)
        self.exclude(student)
        self._excluded[student] = 0  # nothing of them counts, from the start on
        return True

    def rename(self, student: int, name: str) -> None:
        """The teacher names a student: the name is shown and stored, whatever was read."""
        self._names.give(self.current_number(student), name)
        self._update_states()

    def merge(self, merge: Merge) -> Merge | None:
        """Joins two numbers: one history, one name; excluded if either was.

        Returns the merge in current numbers; None where both are one student already.
        """
        current = self._numbers.add(merge)
        if current is None:
            return None
        self._gatherer.merge(current)
        self._flags.merge(current)
        self._names.merge(current)
        self._merge_exclusions(current)
        self._merge_histories(current)
        self._update_states()
        return current

    def dismiss(self, student: int | None, kind: FlagKind) -> bool:
        """Hides a flag, of the class without a student; see `FlagBoard`. False where it is no longer shown."""
        dismissed = self._flags.dismiss(None if student is None else self.current_number(student), kind)
        self._update_states()
        return dismissed

    def _make_observation(self, result: FrameResult, second: int) -> Observation:
        return Observation(result, second, self._mood, self._states, self._flags.of(None))

    def _merge_histories(self, merge: Merge) -> None:
        merge_records(self._histories, merge)
        if merge.into in self._histories:
            self._histories[merge.into].student = merge.into

    def _merge_exclusions(self, merge: Merge) -> None:
        """What was stored of the one since the other was excluded is erased; both are excluded since then."""
        self._merge_removals(merge)
        pair = (merge.student, merge.into)
        excluded = {student: self._excluded.pop(student) for student in pair if student in self._excluded}
        if excluded:
            since = min(excluded.values())
            self._corrections += [self._make_erasure(each, since) for each in pair if excluded.get(each) != since]
            self._excluded[merge.into] = since
            self._flags.end(merge.into)
        self._corrections.append(merge)

    def _make_erasure(self, student: int, since: int) -> Erasure:
        """Of everything, with the name, where the student came later than that."""
        history = self._histories.get(student)
        return Erasure(student, 0 if history is None or history.first_second >= since else since)

    def _merge_removals(self, merge: Merge) -> None:
        """Who turns out to be a listed student is one."""
        gone = self._removing | self._removed
        for student, other in ((merge.student, merge.into), (merge.into, merge.student)):
            if student in gone and other not in gone:
                if student in self._removed:
                    self._excluded.pop(student, None)
                self._removing.discard(student)
                self._removed.discard(student)

    def _remember(self, second: int, gathered: Sequence[GatheredSecond]) -> tuple[StudentSecond, ...]:
        """Adds the second to the histories, and to the samples the attention that follows from these."""
        by_student = {each.sample.student: each for each in gathered}
        for student, each in by_student.items():
            if student not in self._histories:
                presence = classify_presence(each.sample)
                self._histories[student] = StudentHistory(student, presence, second, second, second)
        for student, history in self._histories.items():
            if student in self._excluded:
                continue
            seen, out_of_view = by_student.get(student), student in self._out_of_view
            if seen is None:
                history.add(second, None, out_of_view=out_of_view)
            else:
                history.add(second, seen.sample, seen.cues, reading=seen.presence, out_of_view=out_of_view)
        return tuple(
            replace(each.sample, attention=self._histories[student].attention.index)
            for student, each in by_student.items()
        )

    def _list_counted(self) -> list[StudentHistory]:
        """Those who count as students: there from the start, or in view for a while by now, and not removed."""
        return [
            history
            for history in self._histories.values()
            if history.student not in self._removed
            and (history.first_second == self._first_second or history.in_call_s >= COUNTED_AFTER_S)
        ]

    def _update_flags(self, second: int) -> list[Event]:
        watched = [history for history in self._list_counted() if history.student not in self._excluded]
        flags = [
            flag for history in watched for flag in find_flags(history, self._rules, self._flags.held(history.student))
        ]
        drop = find_class_drop(watched, self._rules, held=FlagKind.CLASS_DROP in self._flags.held(None))
        return self._flags.update(second, flags if drop is None else [*flags, drop])

    def _update_states(self) -> None:
        labels = self._names.label_all(self._histories)
        listed = [history for history in self._list_counted() if history.student not in self._removing]
        self._states = tuple(self._describe(history, labels[history.student]) for history in listed)

    def _describe(self, history: StudentHistory, label: str) -> StudentState:
        expression, confidence = history.smoothed()
        return StudentState(
            student=history.student,
            label=label,
            presence=history.presence,
            since_second=history.since_second,
            missed_s=history.missed_s(history.since_second, history.last_second),
            expression=expression,
            confidence=confidence,
            flags=self._flags.of(history.student),
            excluded=history.student in self._excluded,
            attention=history.attention.level,
            reason=history.reading.reason if history.reading else None,
            evidence=history.reading.evidence if history.reading else None,
        )

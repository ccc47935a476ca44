"""At the end of a session: joins or drops numbers that are no students of their own.

While a session runs, a number is given as soon as somebody seems to be new: a camera that goes off, a tile that moves
before its name was read, or a half-drawn frame can look so. Over the whole record it is known who was missing then, who
was not, and whose name was read later.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fer_desktop.roster.name_distance import SAME_PERSON_BELOW, name_distance
from fer_desktop.types import Floats, Settlement
from fer_desktop.vision.identity.appearance import compare_appearances
from fer_desktop.vision.identity.config import MATCHING, SETTLING, TRACKER, SettlingConfig
from fer_desktop.vision.identity.spans import Span, Spans
from fer_desktop.vision.identity.student import Student


@dataclass(slots=True)
class _Record:
    """All that is known of one number: its tracks by tile and by face, and when it was in view.

    `sure_spans`: when it certainly was this student, as `Student.sure_spans`.
    """

    number: int
    tracks: list[Student] = field(default_factory=list)
    spans: Spans = field(default_factory=Spans)
    sure_spans: Spans = field(default_factory=Spans)

    @property
    def name(self) -> str | None:
        """The name read in the tiles; None where none was read."""
        return next((track.name for track in self.tracks if track.name), None)

    @property
    def has_stable_name(self) -> bool:
        """Whether the name was read often enough to be trusted."""
        name = self.name
        return name is not None and any(
            track.names[name] >= TRACKER.confirm_frames_where_named for track in self.tracks
        )


def settle_students(
    students: Iterable[Student], *, newest_frame: int, frames_a_second: float, config: SettlingConfig = SETTLING
) -> tuple[Settlement, ...]:
    """What becomes of each number that is no student of its own, the briefest first.

    `students`: every track of the session; two may have one number. Numbers that were in view for a minute or more are
    only joined: with who has their name and was never there beside them, or, without a name, with who has their look.
    Nobody is settled who has a name of their own, or may be somebody whom the record does not explain.
    """
    return tuple(_Settling(_gather(students), newest_frame, frames_a_second, config).settle())


def _gather(students: Iterable[Student]) -> dict[int, _Record]:
    records: dict[int, _Record] = {}
    for student in students:
        record = records.setdefault(student.number, _Record(student.number))
        record.tracks.append(student)
        record.spans.absorb(student.spans)
        record.sure_spans.absorb(student.sure_spans)
    return {number: record for number, record in records.items() if record.spans.frames}


class _Settling:
    """One pass over the records; a number that was joined is part of its student for those that come after it."""

    def __init__(
        self, records: dict[int, _Record], newest_frame: int, frames_a_second: float, config: SettlingConfig
    ) -> None:
        self._records = records
        self._first_frame = min((record.spans.first for record in records.values()), default=0)
        self._newest_frame = newest_frame
        self._frames_a_second = frames_a_second
        self._config = config

    def settle(self) -> Iterator[Settlement]:
        """Yields the settlements in the order in which they are to be applied."""
        for record in sorted(self._records.values(), key=lambda each: each.spans.frames):
            into = self._find_same(record)
            if into is not None:
                self._join(record, into)
                yield Settlement(record.number, into.number)
            elif self._is_brief(record) and (self._was_read_later(record) or not self._may_be_somebody(record)):
                del self._records[record.number]
                yield Settlement(record.number, None)

    def _seconds(self, frames: int) -> float:
        return frames / self._frames_a_second

    def _is_brief(self, record: _Record) -> bool:
        return self._seconds(record.spans.frames) < self._config.brief_s

    def _others(self, record: _Record) -> list[_Record]:
        return [other for other in self._records.values() if other is not record]

    def _find_same(self, record: _Record) -> _Record | None:
        """The student who was missing while this number was in view and whom most evidence names; None without any."""
        candidates = [
            (evidence, -_time_between(record.spans, other.spans), other)
            for other in self._others(record)
            if other.spans.frames > record.spans.frames
            if (evidence := self._weigh(record, other)) > 0 and self._alternate(record, other, evidence)
        ]
        return max(candidates, key=lambda candidate: candidate[:2])[2] if candidates else None

    def _alternate(self, record: _Record, other: _Record, evidence: int) -> bool:
        """Whether they were hardly ever in view together: with much evidence, as far as either was certainly there."""
        if evidence < _SURE_EVIDENCE:
            return self._seconds(record.spans.count_shared(other.spans)) <= self._config.most_shared_s
        shared = record.sure_spans.count_shared(other.sure_spans)
        return self._seconds(shared) <= self._config.most_shared_where_sure_s

    def _weigh(self, record: _Record, other: _Record) -> int:
        """How many kinds of evidence say that the two are one: name, appearance, position. 0 if the names differ."""
        if record.name is not None and other.name is not None:
            is_trusted = self._is_brief(record) or (record.has_stable_name and other.has_stable_name)
            return _NAME_EVIDENCE if is_trusted and _same_name(record.name, other.name) else 0
        looks = _look_alike(record.tracks, other.tracks)
        if not self._is_brief(record):
            return int(looks and record.name is None and other.name is not None)
        evidence = looks + self._take_turns(record.spans, other.spans)
        return evidence + (record.name is None and self._find_successors(record) == [other])

    def _was_read_later(self, record: _Record) -> bool:
        """Whether the number has no name, and somebody whose name was read is certainly there only after it vanished.

        That student explains no second number that was in view at the same time, nor one beside which it had a card
        itself: two were there then.
        """
        seen = self._without_moments(record)
        later = [
            other
            for other in self._others(record)
            if record.name is None and other.has_stable_name and other.sure_spans.first > seen.last
            if self._seconds(seen.count_shared(other.spans)) <= self._config.most_shared_s
        ]
        if later:
            min(later, key=lambda other: other.sure_spans.first).spans.absorb(record.spans)
        return bool(later)

    def _without_moments(self, record: _Record) -> Spans:
        """When the number was in view, but for moments: another card was taken for its own until that was read."""
        lasting = record.spans.longer_than(self._config.longest_turn_s * self._frames_a_second)
        return lasting if lasting.frames else record.spans

    def _take_turns(self, brief: Spans, other: Spans) -> bool:
        """Whether one appeared where and when the other vanished."""
        longest = self._config.longest_turn_s * self._frames_a_second
        return any(
            _follows(first, second, longest) or _follows(second, first, longest) for first in brief for second in other
        )

    def _find_successors(self, record: _Record) -> list[_Record]:
        """Who was in view for the first time just as this number was for the last: one alone took its tile elsewhere,
        as where a tile moves before its name was read.
        """
        longest = self._config.longest_turn_s * self._frames_a_second
        return [other for other in self._others(record) if abs(other.spans.first - record.spans.last) <= longest]

    def _may_be_somebody(self, record: _Record) -> bool:
        """Whether it may be a visitor, whom the others do not explain."""
        others = self._others(record)
        if self._seconds(record.spans.first - self._first_frame) <= self._config.most_shared_s:
            return True
        if record.has_stable_name and not any(_same_name(record.name, other.name) for other in others):
            return True
        if self._seconds(record.spans.frames) < self._config.shortest_visit_s:
            return False
        at_the_end = self._seconds(self._newest_frame - record.spans.last) <= self._config.most_shared_s
        return at_the_end or (record.name is None and self._is_anybody_missing(record, others))

    def _is_anybody_missing(self, record: _Record, others: Sequence[_Record]) -> bool:
        """Whether somebody without a name was out of view for most of the time; who has one would have been read."""
        return any(
            other.name is None and 2 * record.spans.count_shared(other.spans) < record.spans.frames for other in others
        )

    def _join(self, record: _Record, into: _Record) -> None:
        into.spans.absorb(record.spans)
        into.sure_spans.absorb(record.sure_spans)
        into.tracks += record.tracks
        del self._records[record.number]


_SURE_EVIDENCE: Final = 2
_NAME_EVIDENCE: Final = 3
"""A name counts for more than all else."""


def _same_name(name: str | None, other: str | None) -> bool:
    return name is not None and other is not None and name_distance(name, other) < SAME_PERSON_BELOW


def _look_alike(tracks: Sequence[Student], others: Sequence[Student]) -> bool:
    """Whether the two have an appearance in common, of a camera or of a card."""
    return any(
        _nearest(one.appearances[camera_on], other.appearances[camera_on], camera_on=camera_on) < limit
        for one in tracks
        for other in others
        for camera_on, limit in _SAME_APPEARANCE.items()
    )


_SAME_APPEARANCE: Final = {True: MATCHING.same_appearance, False: MATCHING.same_card}


def _nearest(appearances: Sequence[Floats], others: Sequence[Floats], *, camera_on: bool) -> float:
    if not appearances or not others:
        return 1.0
    return float(compare_appearances(np.stack(appearances), np.stack(others), camera_on=camera_on).min())


def _follows(later: Span, earlier: Span, longest: float) -> bool:
    """Whether the later span began about when and where the earlier one ended."""
    is_soon = -longest <= later.first - earlier.last <= longest
    return is_soon and later.first_box.iou(earlier.last_box) > TRACKER.same_box_iou


def _time_between(spans: Spans, others: Spans) -> int:
    """Frames between the nearest ends of the two."""
    return min(max(one.first - other.last, other.first - one.last, 0) for one in spans for other in others)

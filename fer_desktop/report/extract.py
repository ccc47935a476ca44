"""What of a stored session may go into a file: all of it, one student alone, or the class without its students."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from fer_desktop.analysis.attendance import AttendanceRow, list_attendance
from fer_desktop.report.export_series import ExportSeries, class_series, student_lane
from fer_desktop.report.language import ENGLISH, ReportLanguage
from fer_desktop.report.masking import SOMEBODY, NameMask
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import MoodSeries, SessionSummary, StudentSummary
from fer_desktop.types import MIN_GROUP_SIZE, Event, EventKind


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """The session as every format writes it.

    `series`: the class second by second; None where the file is about one student alone. `students`, `attendance`:
    none where it tells of nobody alone. `individuals`: False where that was asked for, or the session never had any.
    """

    session: SessionSummary
    series: MoodSeries | None
    students: tuple[StudentSummary, ...]
    attendance: tuple[AttendanceRow, ...]
    events: tuple[Event, ...]
    individuals: bool
    _store: Store

    def class_series(self) -> ExportSeries | None:
        return None if self.series is None else class_series(self.series)

    def student_series(self) -> Iterator[tuple[StudentSummary, ExportSeries]]:
        """One student after the other, so that the samples of a long lesson never lie in memory together."""
        for student in self.students:
            yield student, student_lane(self._store.student_series(self.session.id, student.student))


def read_extract(
    store: Store,
    session_id: int,
    *,
    student: int | None = None,
    individuals: bool = True,
    language: ReportLanguage = ENGLISH,
) -> Extract:
    """Reads all but the samples. Raises `StorageError` where there is no such session or student.

    `language`: of what stands in place of a name where nobody is told of alone.
    """
    session = store.session(session_id)
    if student is not None:
        store.student_series(session_id, student)  # raises where there is none
    students = store.students(session_id)
    events = store.events(session_id)
    roster = store.roster(session.course)
    series = store.mood_series(session_id)
    if not individuals or session.aggregate_only:
        names = [*roster, *(each.name for each in students if each.name)]
        counts = None if session.aggregate_only else store.attention_counts(session_id)
        mask = NameMask(names, somebody=language.say(SOMEBODY))
        return _without_individuals(session, _only_groups(series, counts), events, mask, store)
    attendance = list_attendance(session, students, events, roster, series.seconds)
    return Extract(
        session=session,
        series=series if student is None else None,
        students=tuple(each for each in students if student in (None, each.student)),
        attendance=tuple(row for row in attendance if student in (None, row.student)),
        events=tuple(event for event in events if student in (None, event.student)),
        individuals=True,
        _store=store,
    )


def _without_individuals(
    session: SessionSummary, told: MoodSeries, events: list[Event], mask: NameMask, store: Store
) -> Extract:
    """As if the session had kept to the class as a whole. `told`: what may be told of the class."""
    kept = tuple(replace(event, text=mask.mask(event.text)) for event in events if event.student is None)
    return Extract(
        session=replace(
            session,
            source=mask.mask(session.source),
            course=mask.mask(session.course),
            aggregate_only=True,
            students=int(told.students.max(initial=0)),
            mean_mood=_mean_mood(told),
            bookmarks=sum(event.kind is EventKind.BOOKMARK for event in kept),
            flags=sum(event.kind is EventKind.FLAG_RAISED for event in kept),
        ),
        series=told,
        students=(),
        attendance=(),
        events=kept,
        individuals=False,
        _store=store,
    )


def _only_groups(series: MoodSeries, attention_counts: Mapping[int, int] | None) -> MoodSeries:
    """Without the seconds with fewer than five faces, and without attention where it is that of fewer students.

    `attention_counts`: of how many it is, by second; None where none but a group's was ever stored.
    """
    told = series.faces >= MIN_GROUP_SIZE
    attention = series.attention[told]
    if attention_counts is not None:
        numbers = np.array([attention_counts.get(second, 0) for second in series.seconds[told].tolist()])
        attention = np.where(numbers >= MIN_GROUP_SIZE, attention, np.float32(np.nan))
    return MoodSeries(
        seconds=series.seconds[told],
        probabilities=series.probabilities[told],
        mood=series.mood[told],
        faces=series.faces[told],
        cameras_on=series.cameras_on[told],
        students=series.students[told],
        attention=attention,
    )


def _mean_mood(series: MoodSeries) -> float | None:
    read = series.mood[~np.isnan(series.mood)]
    return float(read.mean(dtype=np.float64)) if read.size else None

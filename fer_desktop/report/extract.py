"""The part of a stored session that goes into a file: all of it, one student alone, or the class without students."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fer_desktop.analysis.attendance import AttendanceRow, list_attendance
from fer_desktop.follow_up.progress import MIN_WATCHED_S, find_lesson_before, list_lessons_before
from fer_desktop.follow_up.values import Lesson
from fer_desktop.messages import ENGLISH, Language
from fer_desktop.report.export_series import ExportSeries, make_class_series, make_student_series
from fer_desktop.report.masking import SOMEBODY, NameMask
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import HeatGrid, MoodSeries, SessionSummary, StudentSummary
from fer_desktop.types import MIN_GROUP_SIZE, Event, EventKind


@dataclass(frozen=True, slots=True, eq=False)
class Extract:
    """The session as every format writes it.

    `series`: the class second by second; None if the file is about one student alone. `students`, `attendance`: empty
    if `individuals` is False: the export was requested without single students, or the session stored none.
    """

    session: SessionSummary
    series: MoodSeries | None
    students: tuple[StudentSummary, ...]
    attendance: tuple[AttendanceRow, ...]
    events: tuple[Event, ...]
    individuals: bool
    _store: Store

    def class_series(self) -> ExportSeries | None:
        """The class; None if the file is about one student alone."""
        return None if self.series is None else make_class_series(self.series)

    def lesson(self) -> Lesson:
        """The lesson as the follow-up takes it. `ValueError` if the file is about one student alone."""
        if self.series is None:
            raise ValueError("a report is of a whole session, not of one student alone")
        return Lesson(self.session, self.series, self.students, self.events)

    def heat_grid(self, columns: int) -> HeatGrid:
        """All students over time; the file must be about all of them."""
        return self._store.heat_grid(self.session.id, columns)

    def lesson_before(self) -> Lesson | None:
        """The lesson of the course with which this one is compared, to the same extent; None without one."""
        sessions, session = self._store.list_sessions(), self._store.session(self.session.id)
        if self.individuals:
            before = find_lesson_before(sessions, session)
            return None if before is None else Lesson(before, self._store.mood_series(before.id))
        if self.session.watched_seconds < MIN_WATCHED_S:
            return None
        groups = (_read_lesson_of_groups(self._store, each) for each in list_lessons_before(sessions, session))
        return next((each for each in groups if each.summary.watched_seconds >= MIN_WATCHED_S), None)

    def student_series(self) -> Iterator[tuple[StudentSummary, ExportSeries]]:
        """One student after the other, so that memory never holds all samples of a long lesson at once."""
        for student in self.students:
            yield student, make_student_series(self._store.student_series(self.session.id, student.student))


def read_extract(
    store: Store,
    session_id: int,
    *,
    student: int | None = None,
    individuals: bool = True,
    language: Language = ENGLISH,
) -> Extract:
    """Reads all but the samples. Raises `StorageError` if there is no such session or student.

    `language`: of what replaces a name if `individuals` is False.
    """
    session = store.session(session_id)
    if student is not None:
        store.student_series(session_id, student)  # raises if there is none
    if session.aggregate_only or not individuals:
        return _read_class(store, session, language)
    return _read_individuals(store, session, student)


def _read_individuals(store: Store, session: SessionSummary, student: int | None) -> Extract:
    """Everything, or what concerns one student alone."""
    students = store.students(session.id)
    events = store.events(session.id)
    series = store.mood_series(session.id)
    attendance = list_attendance(session, students, events, store.roster(session.course), series.seconds)
    return Extract(
        session=session,
        series=series if student is None else None,
        students=tuple(each for each in students if student in (None, each.student)),
        attendance=tuple(row for row in attendance if student in (None, row.student)),
        events=tuple(event for event in events if student in (None, event.student)),
        individuals=True,
        _store=store,
    )


def _read_class(store: Store, session: SessionSummary, language: Language) -> Extract:
    """The class without its students, as if the session had stored class totals only."""
    mask = _make_mask(store, session, language)
    series = _read_groups(store, session)
    of_class = (event for event in store.events(session.id) if event.student is None)
    events = tuple(_mask_event(event, mask) for event in of_class)
    return Extract(
        session=_summarise_class(session, series, events, mask),
        series=series,
        students=(),
        attendance=(),
        events=events,
        individuals=False,
        _store=store,
    )


def _read_groups(store: Store, session: SessionSummary) -> MoodSeries:
    """The class in the seconds in which it is one, as class totals store it."""
    sizes = None if session.aggregate_only else store.group_sizes(session.id)
    return _keep_groups(store.mood_series(session.id), sizes)


def _read_lesson_of_groups(store: Store, session: SessionSummary) -> Lesson:
    """The lesson as class totals store it, without its events."""
    series = _read_groups(store, session)
    return Lesson(_total(session, series), series)


def _make_mask(store: Store, session: SessionSummary, language: Language) -> NameMask:
    stored = (each.name for each in store.students(session.id) if each.name)
    return NameMask([*store.roster(session.course), *stored], replacement=language.text(SOMEBODY))


def _summarise_class(
    session: SessionSummary, series: MoodSeries, events: Sequence[Event], mask: NameMask
) -> SessionSummary:
    """The summary that a session of class totals would have, without names."""
    return replace(
        _total(session, series),
        source=session.source.map_texts(mask.mask),
        course=mask.mask(session.course),
        bookmarks=sum(event.kind is EventKind.BOOKMARK for event in events),
        flags=sum(event.kind is EventKind.FLAG_RAISED for event in events),
    )


def _total(session: SessionSummary, series: MoodSeries) -> SessionSummary:
    """With the figures of the seconds in which the class is a group. `series`: those."""
    return replace(
        session,
        aggregate_only=True,
        watched_seconds=len(series.seconds),
        students=int(series.students.max(initial=0)),
        mean_mood=_mean_mood(series),
    )


def _keep_groups(series: MoodSeries, sizes: Mapping[int, tuple[int, int]] | None) -> MoodSeries:
    """Drops the seconds with fewer than five faces, and the expressions and attention that are of fewer students.

    `sizes`: of how many those two are, by second; None if only those of groups were ever stored.
    """
    kept = series.faces >= MIN_GROUP_SIZE
    probabilities, mood, attention = series.probabilities[kept], series.mood[kept], series.attention[kept]
    if sizes is not None:
        numbers = np.array([sizes.get(second, (0, 0)) for second in series.seconds[kept].tolist()]).reshape(-1, 2)
        read, attending = (numbers >= MIN_GROUP_SIZE).T
        probabilities = np.where(read[:, None], probabilities, np.float32(np.nan))
        mood = np.where(read, mood, np.float32(np.nan))
        attention = np.where(attending, attention, np.float32(np.nan))
    return MoodSeries(
        seconds=series.seconds[kept],
        probabilities=probabilities,
        mood=mood,
        faces=series.faces[kept],
        people=series.people[kept],
        cameras_on=series.cameras_on[kept],
        students=series.students[kept],
        attention=attention,
    )


def _mean_mood(series: MoodSeries) -> float | None:
    read = series.mood[~np.isnan(series.mood)]
    return float(read.mean(dtype=np.float64)) if read.size else None


def _mask_event(event: Event, mask: NameMask) -> Event:
    message = None if event.message is None else event.message.map_texts(mask.mask)
    return replace(event, text=mask.mask(event.text), message=message)

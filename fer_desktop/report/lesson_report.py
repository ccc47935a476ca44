"""Makes the report of a session: what it was, how it went, who was there, and how far that can be trusted."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from fer_desktop import __version__
from fer_desktop.law import LAW_LINE, expressions_allowed
from fer_desktop.report.accuracy import ModelFigures
from fer_desktop.report.attendance import AttendanceRow
from fer_desktop.report.charts import draw_attention, draw_expressions, draw_mood, draw_presence
from fer_desktop.report.content import Column, Report, Section, Table
from fer_desktop.report.drops import Drop, find_largest_drops
from fer_desktop.report.extract import Extract
from fer_desktop.report.limits import make_limits_section
from fer_desktop.report.moments import Telling, list_flags, list_moments
from fer_desktop.report.parts import Parts, cut_into_parts, pick_part_length
from fer_desktop.report.words import (
    UNKNOWN,
    clean_text,
    count,
    describe_attention,
    describe_expressions,
    describe_mood,
    format_count,
    format_share,
    format_time,
    join_words,
)
from fer_desktop.storage.values import MoodSeries, SessionSummary
from fer_desktop.types import EXPRESSIONS, LEAST_FACES_TOLD, STACK_ORDER, Floats
from fer_desktop.wording import EXPRESSION_WORDS, format_clock, format_duration

_POINTS: Final = 300  # across a chart: more than its width shows
_LEAST_POINT_S: Final = 10  # single seconds are too often misread


def make_report(extract: Extract, *, figures: ModelFigures | None, made_at: datetime) -> Report:
    """The report of a whole session; `extract` has its class. Times are told on the clock of `made_at`'s zone."""
    session, series = extract.session, extract.series
    if series is None:
        raise ValueError("a report is of a whole session, not of one student alone")
    began = session.started_at.astimezone(made_at.tzinfo)
    left_out = {row.student for row in extract.attendance if row.left_out}
    events = [event for event in extract.events if event.student is None or event.student not in left_out]
    drops = find_largest_drops(series)
    telling = Telling(began, {each.student: each.label for each in extract.students})
    sections = [
        _make_course_section(session, series, drops),
        _make_table_section(
            "moments", "Moments", list_moments(events, drops, telling), none="No bookmarks, no notes, no large drops."
        ),
        *([_make_attendance_section(extract.attendance, session, began)] if extract.individuals else []),
        _make_table_section("flags", "Flags", list_flags(events, telling), none="No flag was raised."),
        make_limits_section(session, figures, attention_told=_is_told(series.attention)),
    ]
    return Report(
        title=_name_session(session),
        subtitle=_describe_when(session, began),
        notices=tuple(_list_notices(extract, made_at)),
        sections=tuple(sections),
        made=_describe_making(session, made_at),
    )


def _name_session(session: SessionSummary) -> str:
    named = clean_text(session.course)
    return named or ("Simulated class" if session.simulated else clean_text(session.source)) or "Lesson"


def _describe_when(session: SessionSummary, began: datetime) -> str:
    day = f"{began:%A} {began.day} {began:%B %Y}"
    span = f"{format_time(began, 0)} to {format_time(began, session.seconds)}"
    return f"{day}, {span} ({format_duration(session.seconds)})"


def _list_notices(extract: Extract, made_at: datetime) -> Iterator[str]:
    session = extract.session
    if session.simulated:
        yield "A simulated class: drawn students, no real people."
    if session.ended_at is None:
        yield f"This session is still being recorded: the report tells it up to {made_at:%H:%M}."
    if session.interrupted:
        yield "The recording ended by itself, not by the teacher: what came after is missing."
    if not extract.individuals:
        yield (
            "The class as a whole: no single student is told of, and only seconds count in which "
            f"{LEAST_FACES_TOLD} faces or more were seen."
        )
    if not session.expressions_on:
        yield "Expressions were off." if expressions_allowed(session.place) else LAW_LINE


def _describe_making(session: SessionSummary, made_at: datetime) -> str:
    read_by = f" Expressions were read by {session.model}." if session.expressions_on and session.model else ""
    return (
        f"Session {session.id}, watched: {clean_text(session.source) or 'not known'}.{read_by} Made on "
        f"{made_at:%Y-%m-%d} at {made_at:%H:%M} ({made_at:%Z}) by FER Desktop {__version__}, on the teacher's own "
        "computer; no picture of anybody was kept."
    )


def _make_table_section(name: str, title: str, table: Table | None, *, none: str) -> Section:
    return Section(name, title, paragraphs=(none,) if table is None else (), table=table)


def _make_course_section(session: SessionSummary, series: MoodSeries, drops: Sequence[Drop]) -> Section:
    if not len(series.seconds):
        return Section("course", "Through the lesson", ("Nothing was recorded that could be told of the class.",))
    seconds = max(session.seconds, int(series.seconds[-1]) + 1)
    parts = cut_into_parts(series, max(_LEAST_POINT_S, -(-seconds // _POINTS)))
    whole = cut_into_parts(series, seconds)
    figures = [draw_presence(parts, seconds, summary=_sum_up_presence(session, whole))]
    if _is_told(series.attention):
        figures.insert(0, draw_attention(parts, seconds, summary=_sum_up_attention(parts)))
    if _is_told(series.mood):
        at = [drop.second for drop in drops]
        mood = draw_mood(parts, seconds, drops=at, summary=_sum_up_mood(whole, drops))
        shares = draw_expressions(parts, seconds, summary=_sum_up_expressions(whole))
        figures[:0] = [mood, shares]
    return Section("course", "Through the lesson", figures=tuple(figures), table=_list_parts(series, seconds))


def _is_told(values: Floats) -> bool:
    return bool((~np.isnan(values)).any())


def _sum_up_presence(session: SessionSummary, whole: Parts) -> str:
    seen = "at most at one time" if session.aggregate_only else "were seen in all"
    students = f"{count(session.students, 'student')} {seen}"
    if session.students == 1:
        students = students.replace("were", "was")
    return (
        f"{students}; on average {format_count(whole.students[0])} in view, {format_count(whole.cameras_on[0])} with "
        f"the camera on, {format_count(whole.faces[0])} with a face to be seen."
    )


def _sum_up_mood(whole: Parts, drops: Sequence[Drop]) -> str:
    mean = f"The mood was {describe_mood(float(whole.mood[0]))} on average"
    if not drops:
        return f"{mean}; it never dropped much within two minutes."
    largest = drops[0]
    return (
        f"{mean}. It dropped most at {format_clock(largest.second)} in the lesson, from "
        f"{describe_mood(largest.before)} to {describe_mood(largest.after)}; numbers mark the largest drops."
    )


def _sum_up_expressions(whole: Parts) -> str:
    return f"Read most over the whole lesson: {describe_expressions(whole.probabilities[0])}."


def _sum_up_attention(parts: Parts) -> str:
    levels = [describe_attention(value) for value in parts.attention[~np.isnan(parts.attention)].tolist()]
    shares = [
        f"in the {level} range for {format_share(levels.count(level) / len(levels))}"
        for level in ("high", "middle", "low")
        if level in levels
    ]
    return f"The index of the class was {join_words(shares)} of the time. It is an index, not a truth."


def _list_parts(series: MoodSeries, seconds: int) -> Table:
    length = pick_part_length(seconds)
    parts = cut_into_parts(series, length)
    people = (("In view", parts.students), ("Cameras on", parts.cameras_on), ("Faces seen", parts.faces))
    cells = [[format_clock(start) for start in parts.starts]]
    columns = [Column("From", number=True)]
    for title, means in people:
        columns.append(Column(title, number=True))
        cells.append([format_count(mean) for mean in means])
    if _is_told(series.mood):
        columns.append(Column("Mood"))
        cells.append([describe_mood(mood) for mood in parts.mood.tolist()])
        for name in STACK_ORDER:
            columns.append(Column(EXPRESSION_WORDS[name].capitalize(), number=True))
            cells.append([format_share(share) for share in parts.probabilities[:, EXPRESSIONS.index(name)].tolist()])
    if _is_told(series.attention):
        columns.append(Column("Attention"))
        cells.append([describe_attention(index) for index in parts.attention.tolist()])
    caption = f"The same in figures: means of {format_duration(length)} each"
    return Table(caption, tuple(columns), tuple(zip(*cells, strict=True)))


def _make_attendance_section(rows: Sequence[AttendanceRow], session: SessionSummary, began: datetime) -> Section:
    if not rows:
        return Section("attendance", "Attendance", ("No student was seen.",))
    with_roster = any(row.on_roster is not None for row in rows)
    columns = [
        Column("Student", text=True),
        *([Column("On the roster")] if with_roster else []),
        Column("First seen"),
        Column("Last seen"),
        Column("In view", number=True),
        Column("Camera on", number=True),
        Column("Remark"),
    ]
    ordered = sorted(rows, key=lambda row: (row.student is None, row.student or 0))
    cells = [_describe_attendance(row, session, began, with_roster=with_roster) for row in ordered]
    caption = "Who was in view, and whose camera was on, as shares of the time that was watched"
    return Section("attendance", "Attendance", table=Table(caption, tuple(columns), tuple(cells)))


def _describe_attendance(
    row: AttendanceRow, session: SessionSummary, began: datetime, *, with_roster: bool
) -> tuple[str, ...]:
    whole = max(1, session.watched_seconds)
    times = [
        UNKNOWN if second is None else format_time(began, second) for second in (row.first_second, row.last_second)
    ]
    shares = [
        UNKNOWN if part is None else format_share(part / whole) for part in (row.view_seconds, row.camera_on_seconds)
    ]
    remark = "left out" if row.left_out else "not in this record" if row.student is None else ""
    roster = [{True: "yes", False: "no", None: ""}[row.on_roster]] if with_roster else []
    return (clean_text(row.label), *roster, *times, *shares, remark)

"""Makes the report of a session: what now, flags, course, moments, attendance, and the limits of these figures."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from fer_desktop import __version__
from fer_desktop.analysis.drops import find_largest_drops
from fer_desktop.expression.figures import ModelFigures
from fer_desktop.messages import ENGLISH, Language, mark
from fer_desktop.policy.expressions import LAW_LINE, Reason, decide_expressions
from fer_desktop.report.attendance_section import make_attendance_section
from fer_desktop.report.completeness import describe_interruption, describe_missing_time
from fer_desktop.report.content import Report, Section, Table
from fer_desktop.report.course import has_readings, make_course_section
from fer_desktop.report.extract import Extract
from fer_desktop.report.follow_up_section import make_follow_up_section
from fer_desktop.report.heat_map import COLUMNS, make_heat_section, select_rows
from fer_desktop.report.limits import make_limits_section
from fer_desktop.report.moments import ReportContext, list_flags, list_moments
from fer_desktop.report.words import clean_text, format_time, render_clean
from fer_desktop.storage.values import SessionSummary
from fer_desktop.types import MIN_GROUP_SIZE

_SIMULATED_CLASS: Final = mark("Simulated class")
_LESSON: Final = mark("Lesson")
_WHEN: Final = mark("{day}, {start} to {end} ({duration})")

_SIMULATED: Final = mark("A simulated class: drawn students, no real people.")
_RUNNING: Final = mark("This lesson is still being recorded. The report covers it up to {time}.")
_TOTALS_ONLY: Final = mark(
    "Class totals only: no individual students are included, and only seconds with {least} or more visible faces count."
)
_EXPRESSIONS_OFF: Final = mark("Expressions were off.")

_WATCHED: Final = mark("Lesson {number}. Source: {source}.")
_SOURCE_UNKNOWN: Final = mark("not known")
_READ_BY: Final = mark("Expressions were read by {model}.")
_MADE: Final = mark(
    "Made on {day} at {time} ({zone}) by FER Desktop {version} on the teacher's own computer. No pictures were saved."
)

_MOMENTS: Final = mark("Moments")
_FLAGS: Final = mark("Flags")
_NO_MOMENTS: Final = mark("No bookmarks, notes or large drops.")
_NO_MOMENTS_OF_CLASS: Final = mark("No bookmarks, notes on the class or large drops.")
_NOTES_OMITTED: Final = mark("Notes on individual students are not included.")
_NO_FLAGS: Final = mark("No flags.")
_NO_FLAGS_OF_CLASS: Final = mark("No flags for the class as a whole.")
_FLAGS_OMITTED: Final = mark("Flags of individual students are not included.")
_EXCLUDED_OMITTED: Final = mark("Excluded students are not included in this report.")


def make_report(
    extract: Extract, *, figures: ModelFigures | None, made_at: datetime, language: Language = ENGLISH
) -> Report:
    """The report of a whole session; `extract` must contain the class. Times are those of the lesson's own clock.

    `made_at`: its time zone is used where that clock is not stored.
    """
    session, series = extract.session, extract.series
    if series is None:
        raise ValueError("a report is of a whole session, not of one student alone")
    excluded = {row.student for row in extract.attendance if row.excluded}
    events = [event for event in extract.events if event.student is None or event.student not in excluded]
    drops = find_largest_drops(series)
    context = ReportContext(session, made_at.tzinfo, {each.student: each.label for each in extract.students}, language)
    whole = not extract.individuals
    omission = language.text(_EXCLUDED_OMITTED) if excluded else ""
    sections = [
        make_follow_up_section(extract, language),
        _make_flags_section(list_flags(events, context), language, whole=whole, omission=omission),
        make_course_section(session, series, drops, language),
        _make_moments_section(list_moments(events, drops, context), language, whole=whole, omission=omission),
        *([] if whole or not extract.students else [_make_heat_section(extract, context)]),
        *([] if whole else [make_attendance_section(extract.attendance, context)]),
        make_limits_section(session, figures, language, attention_told=has_readings(series.attention)),
    ]
    return Report(
        title=_name_session(session, language),
        subtitle=_describe_when(context),
        notices=tuple(_list_notices(extract, made_at, context)),
        sections=tuple(sections),
        made=_describe_making(session, made_at, language),
        language=language.code,
    )


def _make_heat_section(extract: Extract, context: ReportContext) -> Section:
    """Every student over time, but those who are excluded to the end."""
    excluded = {row.student for row in extract.attendance if row.excluded}
    grid = select_rows(extract.heat_grid(COLUMNS), lambda student: student not in excluded)
    return make_heat_section(grid, context.labels, extract.session.seconds, context.language)


def _name_session(session: SessionSummary, language: Language) -> str:
    named = clean_text(session.course)
    if named:
        return named
    if session.simulated:
        return language.text(_SIMULATED_CLASS)
    return render_clean(session.source, language) or language.text(_LESSON)


def _describe_when(context: ReportContext) -> str:
    language, seconds = context.language, context.session.seconds
    began = context.local_time(0)
    return language.text(
        _WHEN,
        day=language.day(began),
        start=format_time(began),
        end=format_time(context.local_time(seconds)),
        duration=language.duration(seconds),
    )


def _list_notices(extract: Extract, made_at: datetime, context: ReportContext) -> Iterator[str]:
    session, text = extract.session, context.language.text
    if session.simulated:
        yield text(_SIMULATED)
    if session.ended_at is None:
        yield text(_RUNNING, time=f"{made_at:%H:%M}")
    if session.interrupted:
        yield describe_interruption(context)
    if missing := describe_missing_time(extract.events, context):
        yield missing
    if not extract.individuals:
        yield text(_TOTALS_ONLY, least=MIN_GROUP_SIZE)
    if not session.expressions_on:
        forbidden = decide_expressions(setting=session.place).reason is Reason.FORBIDDEN
        yield text(LAW_LINE if forbidden else _EXPRESSIONS_OFF)


def _describe_making(session: SessionSummary, made_at: datetime, language: Language) -> str:
    text = language.text
    source = render_clean(session.source, language) or text(_SOURCE_UNKNOWN)
    sentences = [
        text(_WATCHED, number=session.id, source=source),
        *([text(_READ_BY, model=session.model)] if session.expressions_on and session.model else []),
        text(
            _MADE,
            day=f"{made_at:%Y-%m-%d}",
            time=f"{made_at:%H:%M}",
            zone=f"{made_at:%Z}",
            version=__version__,
        ),
    ]
    return " ".join(sentences)


def _make_moments_section(moments: Table | None, language: Language, *, whole: bool, omission: str) -> Section:
    """`whole`: of the class as a whole; then notes on single students are neither shown nor denied.

    `omission`: a sentence on what is omitted otherwise; may be empty.
    """
    text = language.text
    nothing = text(_NO_MOMENTS_OF_CLASS if whole else _NO_MOMENTS)
    return _make_table_section("moments", text(_MOMENTS), moments, nothing, text(_NOTES_OMITTED) if whole else omission)


def _make_flags_section(flags: Table | None, language: Language, *, whole: bool, omission: str) -> Section:
    """`whole` and `omission`: as in the section of moments."""
    text = language.text
    nothing = text(_NO_FLAGS_OF_CLASS if whole else _NO_FLAGS)
    return _make_table_section("flags", text(_FLAGS), flags, nothing, text(_FLAGS_OMITTED) if whole else omission)


def _make_table_section(name: str, title: str, table: Table | None, nothing: str, omission: str) -> Section:
    """`nothing`: shown if there is no table. `omission`: what the table omits; may be empty."""
    sentences = (nothing if table is None else "", omission)
    return Section(name, title, paragraphs=tuple(each for each in sentences if each), table=table)

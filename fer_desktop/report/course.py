"""The section on the course of the lesson: charts, each with a summary, and a table of the same figures."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from fer_desktop.analysis.binned_series import BinnedSeries, bin_series, pick_bin_length
from fer_desktop.analysis.drops import Drop
from fer_desktop.messages import Language, Plural, mark
from fer_desktop.messages.words import ATTENTION_WORDS, EXPRESSION_WORDS, format_clock
from fer_desktop.report.charts import draw_attention, draw_expressions, draw_mood, draw_presence
from fer_desktop.report.content import Column, Figure, Section, Table
from fer_desktop.report.words import (
    describe_attention,
    describe_expressions,
    describe_mood,
    format_count,
    format_share,
    join_words,
)
from fer_desktop.storage.values import MoodSeries, SessionSummary
from fer_desktop.types import EXPRESSIONS, STACK_ORDER, AttentionLevel, Floats, attention_level

_POINTS: Final = 300  # on a chart: more than its width can show
_MIN_POINT_S: Final = 10  # single seconds are too often misread

_COURSE: Final = mark("Over the lesson")
_NO_COURSE: Final = mark("No class data was recorded.")

_SEEN: Final = Plural(
    "{n} student seen in total. On average, {view} in view, {cameras} with camera on, {faces} with face visible.",
    "{n} students seen in total. On average, {view} in view, {cameras} with camera on, {faces} with face visible.",
)
_SEEN_AT_ONCE: Final = Plural(
    "At most {n} student at a time. On average, {view} in view, {cameras} with camera on, {faces} with face visible.",
    "At most {n} students at a time. On average, {view} in view, {cameras} with camera on, {faces} with face visible.",
)
_MOOD_WITHOUT_DROP: Final = mark("The mood was {mood} on average and never dropped much within two minutes.")
_MOOD_WITH_DROP: Final = mark(
    "The mood was {mood} on average. Its largest drop was {time} into the lesson, from {before} to {after}. Numbers "
    "mark the largest drops."
)
_MOOD_WITH_SLIGHT_DROP: Final = mark(
    "The mood was {mood} on average. Its largest drop was {time} into the lesson, but it stayed {after}. Numbers mark "
    "the largest drops."
)
_READ_MOST: Final = mark("Most frequent expressions in the lesson: {expressions}.")
_ATTENTION_SHARES: Final = mark("Attention was {shares} of the time. This is an estimate.")
_LEVEL_SHARE: Final = mark("{level} for {share}")

_PARTS: Final = mark("The same data as a table: averages over {duration}")
_FROM: Final = mark("From")
_IN_VIEW: Final = mark("In view")
_CAMERAS_ON: Final = mark("Cameras on")
_FACES_SEEN: Final = mark("Faces seen")
_MOOD: Final = mark("Mood")
_ATTENTION: Final = mark("Attention")


def make_course_section(
    session: SessionSummary, series: MoodSeries, drops: Sequence[Drop], language: Language
) -> Section:
    """The charts and the table, or a sentence if nothing was recorded of the class."""
    title = language.text(_COURSE)
    if not len(series.seconds):
        return Section("course", title, (language.text(_NO_COURSE),))
    seconds = max(session.seconds, int(series.seconds[-1]) + 1)
    figures = tuple(_draw_course(session, series, drops, seconds, language))
    return Section("course", title, figures=figures, table=_list_parts(series, seconds, language))


def _draw_course(
    session: SessionSummary, series: MoodSeries, drops: Sequence[Drop], seconds: int, language: Language
) -> Iterator[Figure]:
    bins = bin_series(series, max(_MIN_POINT_S, -(-seconds // _POINTS)))
    whole = bin_series(series, seconds)
    if has_readings(series.mood):
        at = [drop.second for drop in drops]
        summary = _sum_up_mood(whole, drops, language)
        yield draw_mood(bins, seconds, drops=at, summary=summary, language=language)
        summary = _sum_up_expressions(whole, language)
        yield draw_expressions(bins, seconds, summary=summary, language=language)
    if has_readings(series.attention):
        yield draw_attention(bins, seconds, summary=_sum_up_attention(bins, language), language=language)
    summary = _sum_up_presence(session, whole, language)
    yield draw_presence(bins, seconds, summary=summary, language=language)


def has_readings(values: Floats) -> bool:
    """Whether anything was read."""
    return bool((~np.isnan(values)).any())


def _sum_up_presence(session: SessionSummary, whole: BinnedSeries, language: Language) -> str:
    return language.plural(
        _SEEN_AT_ONCE if session.aggregate_only else _SEEN,
        session.students,
        view=format_count(whole.students[0]),
        cameras=format_count(whole.cameras_on[0]),
        faces=format_count(whole.faces[0]),
    )


def _sum_up_mood(whole: BinnedSeries, drops: Sequence[Drop], language: Language) -> str:
    mood = describe_mood(float(whole.mood[0]), language)
    if not drops:
        return language.text(_MOOD_WITHOUT_DROP, mood=mood)
    largest = drops[0]
    before, after = describe_mood(largest.before, language), describe_mood(largest.after, language)
    template = _MOOD_WITH_SLIGHT_DROP if before == after else _MOOD_WITH_DROP
    return language.text(template, mood=mood, time=format_clock(largest.second), before=before, after=after)


def _sum_up_expressions(whole: BinnedSeries, language: Language) -> str:
    return language.text(_READ_MOST, expressions=describe_expressions(whole.probabilities[0], language))


def _sum_up_attention(bins: BinnedSeries, language: Language) -> str:
    levels = [attention_level(index) for index in bins.attention[~np.isnan(bins.attention)].tolist()]
    shares = [
        language.text(
            _LEVEL_SHARE,
            level=language.text(ATTENTION_WORDS[level]),
            share=format_share(levels.count(level) / len(levels), language),
        )
        for level in AttentionLevel
        if level in levels
    ]
    return language.text(_ATTENTION_SHARES, shares=join_words(shares, language))


def _list_parts(series: MoodSeries, seconds: int, language: Language) -> Table:
    text = language.text
    length = pick_bin_length(seconds)
    bins = bin_series(series, length)
    people = ((_IN_VIEW, bins.students), (_CAMERAS_ON, bins.cameras_on), (_FACES_SEEN, bins.faces))
    columns, cells = [Column(text(_FROM), number=True)], [[format_clock(start) for start in bins.starts]]
    for title, means in people:
        columns.append(Column(text(title), number=True))
        cells.append([format_count(mean) for mean in means])
    if has_readings(series.mood):
        columns.append(Column(text(_MOOD)))
        cells.append([describe_mood(mood, language) for mood in bins.mood.tolist()])
        for name in STACK_ORDER:
            columns.append(Column(text(EXPRESSION_WORDS[name]).capitalize(), number=True))
            shares = bins.probabilities[:, EXPRESSIONS.index(name)].tolist()
            cells.append([format_share(share, language) for share in shares])
    if has_readings(series.attention):
        columns.append(Column(text(_ATTENTION)))
        cells.append([describe_attention(index, language) for index in bins.attention.tolist()])
    caption = text(_PARTS, duration=language.duration(length))
    return Table(caption, tuple(columns), tuple(zip(*cells, strict=True)))

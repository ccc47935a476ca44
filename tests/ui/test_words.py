"""The words of the windows."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.messages.words import format_clock
from fer_desktop.types import (
    ANNOTATIONS,
    ClassMood,
    Event,
    EventKind,
    Expression,
    Flag,
    FlagKind,
    Presence,
    UnreadableReason,
)
from tests.evidence import NOT_IN_CALL
from tests.fakes import make_probabilities
from tests.ui.fakes import make_student
from ui.words import (
    STACK_INDICES,
    STACK_ORDER,
    Sentence,
    as_sentence,
    describe_attention,
    describe_class,
    describe_event,
    describe_expressions,
    describe_flag,
    describe_mood,
    describe_student,
    format_duration,
    format_share,
    format_time,
    legend_word,
)


def test_a_legend_marks_what_is_often_misread() -> None:
    assert [legend_word(name) for name in STACK_ORDER][-3:] == ["afraid*", "angry", "disgusted*"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (754, "12:34"), (3723, "1:02:03"), (-3, "0:00")]
)
def test_a_clock_grows_hours_when_it_needs_them(seconds: float, text: str) -> None:
    assert format_clock(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(45, "45 s"), (60, "1 min"), (3599, "59 min"), (3900, "1 h 5 min")])
def test_durations_are_in_the_unit_that_matters(seconds: float, text: str) -> None:
    assert format_duration(seconds) == text


def test_a_share_of_nothing_is_a_dash() -> None:
    assert format_share(1, 3) == "33 %"
    assert format_share(0, 0) == "–"


def test_every_expression_is_listed_once_and_found_in_its_place() -> None:
    assert sorted(STACK_ORDER) == sorted(Expression)
    probabilities = make_probabilities(happy=0.6, sad=0.4)
    assert [round(float(probabilities[i]), 1) for i in STACK_INDICES] == [0.6, 0, 0, 0.4, 0, 0, 0]


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({}, "mostly neutral"),
        ({"happy": 0.7}, "mostly happy"),
        ({"happy": 0.3, "sad": 0.25}, "neutral and happy"),
        ({"happy": 0.19, "sad": 0.19, "fear": 0.19}, "mixed"),
    ],
)
def test_a_class_is_mostly_something_or_two_things_or_mixed(shares: dict[str, float], words: str) -> None:
    assert describe_expressions(make_probabilities(**shares)) == words


@pytest.mark.parametrize(
    ("mood", "words"),
    [(None, "not known"), (0.05, "balanced"), (0.2, "slightly positive"), (0.5, "positive"), (-0.9, "negative")],
)
def test_a_mood_has_five_words_at_most(mood: float | None, words: str) -> None:
    assert describe_mood(mood) == words


def mood_of(faces: int, students: int, *, cameras: int | None = None, known: bool = True) -> ClassMood:
    probabilities = make_probabilities() if known else None
    return ClassMood(10, probabilities, faces, faces, cameras if cameras is not None else students, students)


def test_the_sentence_counts_who_is_visible_and_names_who_is_not() -> None:
    students = [make_student(n) for n in range(1, 23)]
    students += [make_student(n, Presence.AWAY) for n in (23, 24)]
    students += [make_student(25, Presence.CAMERA_OFF), make_student(26, Presence.UNREADABLE)]
    students += [make_student(27, Presence.EMPTY)]
    sentence = describe_class(mood_of(22, 27), students, expressions_on=True, aggregate_only=False)
    detail = "2 away · 1 nobody in view · 1 camera off · 1 face not seen"
    assert sentence == Sentence("23 of 27 visible, mostly neutral", detail, short="Mostly neutral · 23/27")


@pytest.mark.parametrize(
    ("index", "words"),
    [(None, ""), (0.7, "mostly attentive"), (0.5, "partly attentive"), (0.2, "attention is low")],
)
def test_attention_has_three_words(index: float | None, words: str) -> None:
    assert describe_attention(index) == words


def test_a_student_who_is_there_without_a_face_is_never_called_away() -> None:
    state = make_student(1, Presence.UNREADABLE, since=30)
    assert describe_student(state, 210, expressions_on=True) == "there, face not seen"
    turned = replace(state, reason=UnreadableReason.TURNED)
    assert describe_student(turned, 210, expressions_on=True) == "there, turned away"


def test_the_class_attention_stands_in_the_sentence_and_never_where_expressions_are_off() -> None:
    mood = ClassMood(9, make_probabilities(), faces=1, people=1, cameras_on=1, students=1, attention=0.7)
    sentence = describe_class(mood, [make_student(1)], expressions_on=True, aggregate_only=False)
    assert sentence.detail == "Mostly attentive · All cameras are on"
    untold = describe_class(mood, [make_student(1)], expressions_on=False, aggregate_only=False)
    assert untold.detail == "All cameras are on"


def test_a_flag_says_since_when() -> None:
    flag = Flag(FlagKind.AWAY, 3, 604, NOT_IN_CALL)
    assert describe_flag(flag) == "Not in the call for 2 min, since 10:04"


def test_a_student_who_is_left_out_is_not_counted() -> None:
    students = [make_student(1), make_student(2, excluded=True)]
    sentence = describe_class(mood_of(1, 1), students, expressions_on=True, aggregate_only=False)
    assert sentence.headline == "1 of 1 visible, mostly neutral"


def test_no_expression_is_named_where_expressions_are_off() -> None:
    sentence = describe_class(mood_of(1, 1), [make_student(1)], expressions_on=False, aggregate_only=False)
    assert sentence == Sentence("1 of 1 visible", "All cameras are on", short="1 of 1 visible")


@pytest.mark.parametrize(
    ("faces", "headline", "short"),
    [(4, "4 of 6 visible", "4 of 6 visible"), (5, "5 of 6 visible, mostly neutral", "Mostly neutral · 5/6")],
)
def test_an_aggregate_session_tells_the_mood_of_five_faces_or_more(faces: int, headline: str, short: str) -> None:
    students = [make_student(n, Presence.AWAY) for n in range(1, 7)]
    sentence = describe_class(mood_of(faces, 6, cameras=5), students, expressions_on=True, aggregate_only=True)
    assert sentence == Sentence(headline, "5 of 6 cameras on", short)


def test_with_nobody_seen_the_sentence_says_what_to_do() -> None:
    sentence = describe_class(mood_of(0, 0, known=False), [], expressions_on=True, aggregate_only=False)
    assert sentence.headline == "No students seen yet"
    assert "inside the watched area" in sentence.detail


def test_a_student_is_described_by_what_is_known() -> None:
    assert describe_student(make_student(1, expression=Expression.HAPPY), 90, expressions_on=True) == "happy"
    assert describe_student(make_student(1, expression=None), 90, expressions_on=True) == "not sure"
    assert describe_student(make_student(1), 90, expressions_on=False) == "visible"
    assert (
        describe_student(make_student(1, Presence.CAMERA_OFF, since=30), 210, expressions_on=True)
        == "camera off for 3 min"
    )
    back = replace(make_student(1, Presence.CAMERA_OFF, since=30), missed_s=900)
    assert describe_student(back, 1110, expressions_on=True) == "camera off for 3 min", "a break counts for nobody"
    assert describe_student(make_student(1, excluded=True), 90, expressions_on=True) == "excluded"


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_has_words(kind: EventKind) -> None:
    words = describe_event(Event(kind, 5, "because", 7, FlagKind.AWAY))
    assert words
    assert words[0].isupper()


def test_events_name_their_student_and_their_note() -> None:
    assert describe_event(Event(EventKind.BOOKMARK, 5, "group work")) == "group work"
    assert describe_event(Event(EventKind.BOOKMARK, 5)) == "Bookmark"
    assert describe_event(Event(EventKind.FLAG_RAISED, 5, "", 7, FlagKind.AWAY, NOT_IN_CALL)) == (
        "Student 7: not in the call for 2 min"
    )
    named = Event(EventKind.FLAG_CLEARED, 5, "", 7, FlagKind.AWAY)
    assert describe_event(named, {7: "Zoë Kim"}) == "Zoë Kim: flag cleared (away)"
    assert describe_event(named, {8: "Zoë Kim"}) == "Student 7: flag cleared (away)"


@pytest.mark.parametrize("kind", ANNOTATIONS)
@pytest.mark.parametrize("text", ["pH 7", "x", "iPad"])
def test_the_teachers_own_words_stay_as_they_were_typed(kind: EventKind, text: str) -> None:
    assert describe_event(Event(kind, 5, text)) == text
    assert describe_event(Event(kind, 5, text, 7)) == f"Student 7: {text}"


def test_seconds_of_a_session_are_shown_as_clock_times() -> None:
    assert format_time(datetime(2026, 11, 23, 14, 5, 50, tzinfo=timezone(timedelta(hours=5, minutes=30)))) == "14:05"


def test_a_text_of_the_engine_stands_alone_as_a_sentence() -> None:
    assert as_sentence(literal("the disk is full: make room")) == "The disk is full: make room."
    assert as_sentence(literal("Was it unplugged?")) == "Was it unplugged?"


def test_a_sentence_that_begins_with_a_file_leaves_its_name_as_it_is() -> None:
    message = Message(MessageKey.ROSTER_EMPTY, path="class.csv")
    assert as_sentence(message).startswith("class.csv is empty")

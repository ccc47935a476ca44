"""The follow-up in words: short, with its doubts, and with what to do where there is nothing."""

import pytest

from fer_desktop.follow_up.follow_up import compute_follow_up
from fer_desktop.follow_up.values import Lesson
from fer_desktop.follow_up.words import Part, describe_follow_up, follow_up_as_json
from fer_desktop.messages import ENGLISH
from fer_desktop.messages.language import load_language
from fer_desktop.types import Event, EventKind, FlagKind
from tests.unit.follow_up.lessons import make_lesson, make_session, raised, steps, without_expressions


def describe(lesson: Lesson, before: Lesson | None = None) -> tuple[Part, Part, Part]:
    return describe_follow_up(compute_follow_up(lesson, before), ENGLISH)


def test_a_moment_says_what_fell_and_what_the_teacher_noted() -> None:
    events = [Event(EventKind.NOTE, 330, "proof\ntoo fast"), Event(EventKind.BOOKMARK, 310)]
    lost, _, _ = describe(make_lesson(mood=steps(0.4, 0.0), people=steps(20, 12), events=events))
    (item,) = lost.items
    assert (item.heading, item.second) == ("5:00", 300)
    assert item.lines == (
        "The mood dropped from positive to balanced.",
        "At their cameras: 20 students before, 12 after.",
        "You set a bookmark at 5:10.",
        'You noted at 5:30: "proof too fast"',
    )
    assert lost.remark == "What did you do just before? The reading may be wrong; you were there."


def test_every_reason_to_talk_comes_with_its_doubt() -> None:
    events = [*raised(FlagKind.DROWSY, 4, 100, until=160), *raised(FlagKind.AWAY, 4, 1800)]
    _, talk, _ = describe(make_lesson(events=events))
    (item,) = talk.items
    assert item.heading == "Student 4"
    assert item.lines == ("Away for 13 min.", "Eyes closed for 4 min.")
    assert item.doubt == "They may have been there out of view. Looking down or glasses can look the same."
    assert talk.remark == "These are hints, in no order. Ask first; the reason may be harmless."


@pytest.mark.parametrize("flag", [flag for flag in FlagKind if flag is not FlagKind.CLASS_DROP])
def test_no_kind_of_flag_is_without_words_and_doubt(flag: FlagKind) -> None:
    _, talk, _ = describe(make_lesson(events=raised(flag, 4, 100)))
    assert talk.items[0].lines
    assert talk.items[0].doubt


def test_others_are_counted_not_named() -> None:
    events = [event for student in range(1, 7) for event in raised(FlagKind.NEGATIVE, student, 100)]
    _, talk, _ = describe(make_lesson(events=events))
    assert talk.remark.endswith("3 more students had hints: see the flags.")


def test_what_was_better_is_said_with_both_figures() -> None:
    before = make_lesson(make_session(1, students=18), mood=steps(0.12), people=steps(16), attention=0.4)
    now = make_lesson(make_session(2), mood=steps(0.24), people=steps(20), attention=0.8)
    _, _, better = describe(now, before)
    assert [line for item in better.items for line in item.lines] == [
        "The mood was more positive, though slightly positive as last time.",
        "Attention was higher: high, medium last time.",
        "More faces were visible: 100 %, 80 % last time.",
        "More cameras were on: 100 %, 80 % last time.",
        "More students were there: 20, 18 last time.",
    ]
    assert better.remark == "Compared with Tuesday 3 November 2026."


def test_where_there_is_nothing_it_says_what_to_do() -> None:
    lost, talk, better = describe(make_lesson(make_session(course="")))
    assert lost.remark.startswith("No moment stands out. If you remember one")
    assert talk.remark.startswith("Nobody stands out.")
    assert better.remark.startswith("Give this lesson a course")


def test_where_expressions_are_off_it_says_what_counted() -> None:
    lost, _, _ = describe(make_lesson(without_expressions()))
    assert lost.remark.endswith("Only students leaving their cameras count here.")


def test_class_totals_say_that_nobody_is_included() -> None:
    _, talk, _ = describe(make_lesson(make_session(aggregate_only=True)))
    assert (talk.items, talk.remark) == ((), "Class totals only: no individual students are included.")


def test_an_empty_lesson_says_so() -> None:
    lost, _, _ = describe(make_lesson(make_session(seconds=0)))
    assert lost.remark == "Nothing was recorded of the class."


def test_it_is_written_in_the_readers_language() -> None:
    lesson = make_lesson(mood=steps(0.4, 0.0), events=raised(FlagKind.AWAY, 4, 1800))
    hindi = describe_follow_up(compute_follow_up(lesson, None), load_language("hi"))
    lines = [line for part in hindi for item in part.items for line in item.lines]
    words = [*lines, *(part.title for part in hindi), *(part.remark for part in hindi)]
    assert all(any("\u0900" <= letter <= "\u097f" for letter in text) for text in words)


def test_as_json_it_has_texts_and_numbers() -> None:
    follow_up = compute_follow_up(make_lesson(mood=steps(0.4, 0.0)), None)
    answer = follow_up_as_json(follow_up, describe_follow_up(follow_up, ENGLISH))
    assert answer["session"] == 2
    lost = answer["lost"]
    assert isinstance(lost, dict)
    assert lost["items"][0]["second"] == 300

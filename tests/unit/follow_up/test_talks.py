"""Who to talk to: at most three students, in no ranking, by the teacher's own notes and by flags not dismissed."""

from dataclasses import replace

from fer_desktop.follow_up.talks import find_talks
from fer_desktop.follow_up.values import Hint, Lesson
from fer_desktop.types import Event, EventKind, FlagKind
from tests.evidence import CAMERA_OFF
from tests.unit.follow_up.lessons import dismissed, make_lesson, make_session, raised, without_expressions

LASTED_S = int(str(dict(CAMERA_OFF.arguments)["lasted_s"]))


def students(lesson: Lesson) -> list[int]:
    return [talk.student for talk in find_talks(lesson)[0]]


def test_in_a_calm_lesson_nobody_stands_out() -> None:
    assert find_talks(make_lesson()) == ((), 0)


def test_a_note_on_a_student_is_a_reason() -> None:
    note = Event(EventKind.NOTE, 100, "did not follow the proof", 7)
    (talk,), others = find_talks(make_lesson(events=[note], named=[(7, "Zoë Kim")]))
    assert (talk.student, talk.label, talk.notes, talk.hints, others) == (7, "Zoë Kim", (note,), (), 0)


def test_flags_of_a_kind_are_one_hint_with_the_time_before_they_were_raised() -> None:
    events = [*raised(FlagKind.DROWSY, 4, 100, until=130), *raised(FlagKind.DROWSY, 4, 500, until=560)]
    (talk,), _ = find_talks(make_lesson(events=events))
    assert talk.hints == (Hint(FlagKind.DROWSY, 2, 30 + 60 + 2 * LASTED_S),)


def test_a_flag_that_holds_to_the_end_lasts_to_the_end() -> None:
    (talk,), _ = find_talks(make_lesson(events=raised(FlagKind.AWAY, 4, 2000)))
    assert talk.hints == (Hint(FlagKind.AWAY, 1, 400 + LASTED_S),)


def test_a_break_counts_for_nobody() -> None:
    pause = [Event(EventKind.PAUSED, 720), Event(EventKind.RESUMED, 1620)]
    asleep = [Event(EventKind.SUSPENDED, 1500), Event(EventKind.WOKEN, 1700)]
    events = [*raised(FlagKind.AWAY, 4, 700, until=1710), *raised(FlagKind.NEGATIVE, 5, 700, until=1710)]
    (talk,), _ = find_talks(make_lesson(events=[*events, *pause, *asleep]))
    assert talk.hints == (Hint(FlagKind.NEGATIVE, 1, 20 + 10 + LASTED_S),), "nor was the other away for long"


def test_a_break_up_to_the_end_counts_for_nobody() -> None:
    events = [*raised(FlagKind.NEGATIVE, 4, 700), Event(EventKind.PAUSED, 800)]
    (talk,), _ = find_talks(make_lesson(events=events))
    assert talk.hints == (Hint(FlagKind.NEGATIVE, 1, 100 + LASTED_S),)


def test_a_flag_that_was_dismissed_is_no_reason() -> None:
    events = [*raised(FlagKind.NEGATIVE, 4, 100), dismissed(FlagKind.NEGATIVE, 4, 110)]
    assert students(make_lesson(events=events)) == []


def test_who_was_away_or_without_camera_briefly_is_no_reason() -> None:
    events = [*raised(FlagKind.AWAY, 4, 100, until=130), *raised(FlagKind.CAMERA_OFF, 5, 100, until=400)]
    assert students(make_lesson(events=events)) == []


def test_what_much_of_the_class_does_is_a_custom() -> None:
    events = [event for student in range(1, 9) for event in raised(FlagKind.CAMERA_OFF, student, 100)]
    assert students(make_lesson(events=events)) == []
    assert students(make_lesson(events=events[:2])) == [1, 2]


def test_never_more_than_three_in_order_of_their_numbers_and_those_with_notes_among_them() -> None:
    events = [event for student in (3, 5, 9, 12) for event in raised(FlagKind.NEGATIVE, student, 100 * student)]
    events.append(Event(EventKind.NOTE, 50, "tired", 15))
    talks, others = find_talks(make_lesson(events=events))
    assert [talk.student for talk in talks] == [3, 5, 15]
    assert others == 2


def test_excluded_students_are_left_out() -> None:
    events = [*raised(FlagKind.AWAY, 4, 100), Event(EventKind.STUDENT_EXCLUDED, 900, student=4)]
    assert students(make_lesson(events=events)) == []


def test_where_expressions_are_off_no_face_is_a_reason() -> None:
    events = [
        *raised(FlagKind.NEGATIVE, 3, 100),
        *raised(FlagKind.DROWSY, 4, 100),
        *raised(FlagKind.AWAY, 5, 100),
    ]
    assert students(make_lesson(without_expressions(), events=events)) == [5]


def test_class_totals_name_nobody() -> None:
    lesson = make_lesson(events=raised(FlagKind.AWAY, 4, 100))
    assert find_talks(replace(lesson, summary=make_session(aggregate_only=True))) == ((), 0)

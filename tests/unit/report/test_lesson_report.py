"""The report of a lesson: what now, flags, course, moments, attendance, and the limits of its figures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from fer_desktop.messages import literal
from fer_desktop.policy.expressions import LAW_LINE
from fer_desktop.report.content import Column, Table
from fer_desktop.report.pages import make_pdf_document
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import Event, EventKind, Expression, FlagKind
from tests.fakes import make_probabilities
from tests.unit.report.reports import certain, html_of, lesson, report_on, section_of, table_of, words_of
from tests.unit.storage.lessons import BEGAN, new_session, record, record_lesson, seen, unseen

MODEL = "testnet 1.0"


def course(*, aggregate_only: bool = False) -> NewSession:
    return replace(new_session(course="Biology 2", aggregate_only=aggregate_only), model=MODEL, place="IN")


def moody_lesson(store: Store) -> int:
    """Six students, five minutes happy, five minutes sad."""
    happy, sad = ([seen(n, certain(name)) for n in range(1, 7)] for name in (Expression.HAPPY, Expression.SAD))
    records = [record(second, happy if second < 300 else sad) for second in range(600)]
    return record_lesson(store, records, course())


def test_it_says_what_it_was_on_the_teachers_clock(store: Store) -> None:
    session = record_lesson(store, lesson(90, 3), course())
    india = timezone(timedelta(hours=5, minutes=30), "IST")
    report = report_on(store, session, made_at=BEGAN.astimezone(india) + timedelta(days=1))
    assert report.title == "Biology 2"
    assert report.subtitle == "Monday 2 November 2026, 15:00 to 15:01 (1 min)"
    assert "Made on 2026-11-03 at 15:00 (IST) by FER Desktop" in report.made
    assert "Expressions were read by testnet 1.0" in report.made
    assert report.notices == ()


def test_a_lesson_without_a_course_is_called_after_what_was_watched(store: Store) -> None:
    plain = record_lesson(store, lesson(2, 1), new_session(source="lecture.mp4"))
    drawn = record_lesson(store, lesson(2, 1), replace(new_session(), simulated=True))
    assert report_on(store, plain).title == "lecture.mp4"
    assert report_on(store, drawn).title == "Simulated class"
    assert report_on(store, drawn).notices == ("A simulated class: drawn students, no real people.",)


def test_the_mood_is_described_in_words_with_its_largest_drop(store: Store) -> None:
    report = report_on(store, moody_lesson(store))
    mood, expressions, presence = section_of(report, "course").figures
    assert mood.summary == (
        "The mood was balanced on average. Its largest drop was 5:00 into the lesson, from positive to negative. "
        "Numbers mark the largest drops."
    )
    assert expressions.summary == "Most frequent expressions in the lesson: happy (50 %) and sad (50 %)."
    assert presence.summary == (
        "6 students seen in total. On average, 6 in view, 6 with camera on, 6 with face visible."
    )
    assert ("5:00", "09:35", "Mood dropped (1)", "from positive to negative") in table_of(report, "moments")


def test_a_drop_within_one_word_does_not_repeat_the_word(store: Store) -> None:
    happier, happy = (make_probabilities(happy=share, neutral=1 - share) for share in (0.95, 0.6))
    students = [[seen(n, each) for n in range(1, 7)] for each in (happier, happy)]
    records = [record(second, students[second >= 300]) for second in range(600)]
    report = report_on(store, record_lesson(store, records, course()))
    summary = section_of(report, "course").figures[0].summary
    assert "Its largest drop was 5:00 into the lesson, but it stayed positive." in summary
    fell = ("5:00", "09:35", "Mood dropped (1)", "stayed positive")
    assert fell in table_of(report, "moments")


def test_the_charts_stand_in_figures_too(store: Store) -> None:
    rows = table_of(report_on(store, moody_lesson(store)), "course")
    assert [row[0] for row in rows] == [f"{minute}:00" for minute in range(10)]
    assert rows[0][:6] == ("0:00", "6", "6", "6", "positive", "100 %")
    assert rows[9][4:6] == ("negative", "0 %")


def test_attention_is_reported_if_it_was_read(store: Store) -> None:
    records = [record(n, [replace(seen(s), attention=0.9 if n < 30 else 0.1) for s in range(1, 7)]) for n in range(60)]
    for index, each in enumerate(records):
        mean = 0.9 if index < 30 else 0.1
        records[index] = replace(each, mood=replace(each.mood, attention=mean))
    report = report_on(store, record_lesson(store, records, course()))
    figure = next(figure for figure in section_of(report, "course").figures if figure.name == "attention")
    assert figure.summary == "Attention was high for 50 % and low for 50 % of the time. This is an estimate."
    assert "only one classroom" in words_of(report)
    assert "only one classroom" not in words_of(report_on(store, moody_lesson(store)))


def test_moments_are_in_the_order_of_time(store: Store) -> None:
    events = [
        Event(EventKind.BOOKMARK, 70, "group work"),
        Event(EventKind.PAUSED, 20),
        Event(EventKind.RESUMED, 50),
        Event(EventKind.NOTE, 10, "ask about the lab", 2),
        Event(EventKind.NOTE, 11, "too fast"),
        Event(EventKind.CAPTURE_LOST, 80, "the window is gone"),
    ]
    session = record_lesson(store, lesson(90, 2, events, [(2, "Ann Lee")]), course())
    assert table_of(report_on(store, session), "moments") == [
        ("0:10", "09:30", "Note on Ann Lee", "ask about the lab"),
        ("0:11", "09:30", "Note", "too fast"),
        ("0:20", "09:30", "Paused for 30 s", ""),
        ("1:10", "09:31", "Bookmark", "group work"),
        ("1:20", "09:31", "Picture lost until the end", "the window is gone"),
    ]


def test_flags_come_with_reason_and_end(store: Store) -> None:
    events = [
        Event(EventKind.FLAG_RAISED, 3, "no tile for 2 minutes", 1, FlagKind.AWAY),
        Event(EventKind.FLAG_RAISED, 4, "camera off for 3 minutes", 2, FlagKind.CAMERA_OFF),
        Event(EventKind.FLAG_DISMISSED, 6, "", 2, FlagKind.CAMERA_OFF),
        Event(EventKind.FLAG_RAISED, 7, "9 of 12 students fell", None, FlagKind.CLASS_DROP),
        Event(EventKind.FLAG_CLEARED, 9, "", 1, FlagKind.AWAY),
    ]
    session = record_lesson(store, lesson(12, 2, events), course())
    assert [row[2:] for row in table_of(report_on(store, session), "flags")] == [
        ("Student 1", "Away", "no tile for 2 minutes", "after 6 s"),
        ("Student 2", "Camera off", "camera off for 3 minutes", "dismissed"),
        ("The class", "Mood dropped", "9 of 12 students fell", "not recorded"),
    ]


@pytest.mark.parametrize("individuals", [True, False])
def test_a_flag_ends_after_the_time_that_was_watched(store: Store, individuals: bool) -> None:
    events = [
        Event(EventKind.FLAG_RAISED, 3, "4 of 6 students fell", None, FlagKind.CLASS_DROP),
        Event(EventKind.PAUSED, 5),
        Event(EventKind.RESUMED, 1505),
        Event(EventKind.FLAG_CLEARED, 1509, "", None, FlagKind.CLASS_DROP),
    ]
    report = report_on(store, record_lesson(store, lesson(1510, 2, events), course()), individuals=individuals)
    assert [row[-1] for row in table_of(report, "flags")] == ["after 6 s"]


def test_the_attendance_is_by_number_and_never_a_ranking(store: Store) -> None:
    store.set_roster("Biology 2", ["Zoë Kim", "Bob Ray"])
    records = [record(n, [seen(2), unseen(10)] if n else [seen(2), unseen(10), seen(1)]) for n in range(4)]
    records[0] = replace(records[0], names=((1, "Zoë Kim"),))
    session = record_lesson(store, records, course())
    assert table_of(report_on(store, session), "attendance") == [
        ("Zoë Kim", "yes", "09:30", "09:30", "25 %", "25 %", "25 %", ""),
        ("Student 2", "no", "09:30", "09:30", "100 %", "100 %", "100 %", ""),
        ("Student 10", "no", "09:30", "09:30", "100 %", "0 %", "0 %", ""),
        ("Bob Ray", "yes", "–", "–", "–", "–", "–", "not seen"),
    ]


def test_nothing_is_reported_of_excluded_students(store: Store) -> None:
    events = [
        Event(EventKind.FLAG_RAISED, 1, "eyes closed", 2, FlagKind.DROWSY),
        Event(EventKind.NOTE, 1, "sleepy", 2),
        Event(EventKind.STUDENT_EXCLUDED, 2, student=2),
    ]
    report = report_on(store, record_lesson(store, lesson(5, 2, events), course()))
    assert table_of(report, "attendance")[1] == ("Student 2", "–", "–", "–", "–", "–", "excluded")
    silence = "Excluded students are not included in this report."
    assert section_of(report, "flags").paragraphs == ("No flags.", silence)
    assert section_of(report, "moments").paragraphs[-1] == silence
    assert "sleepy" not in words_of(report)


def test_a_student_excluded_for_a_while_was_not_absent_meanwhile(store: Store) -> None:
    records = [record(n, [seen(1), *([] if 60 <= n < 150 else [seen(2)])]) for n in range(180)]
    writer = store.begin_session(course())
    for each in records:
        writer.record(each)
    for kind, second in ((EventKind.STUDENT_EXCLUDED, 60), (EventKind.STUDENT_INCLUDED, 150)):
        writer.add_event(Event(kind, second, student=2))
    writer.close()
    assert table_of(report_on(store, writer.session_id), "attendance") == [
        ("Student 1", "09:30", "09:32", "100 %", "100 %", "100 %", ""),
        ("Student 2", "09:30", "09:32", "100 %", "100 %", "100 %", "excluded for 1 min"),
    ]


def test_limits_are_stated_with_the_models_figures_and_their_interval(store: Store) -> None:
    report = report_on(store, record_lesson(store, lesson(5, 2), course()))
    limits = section_of(report, "limits")
    words = " ".join(limits.paragraphs)
    assert "70 of 100 (95 % interval: 67 to 73)" in words
    assert "Do not use any of this to grade, rank or punish." in words
    assert "more mistakes with darker skin" in words
    assert (
        "On 2,000 news photographs, each read without having learned from that person, it recognised 75 of 100" in words
    )
    assert "87 of 100 neutral ones and 92 of 100 happy ones. Of 100 faces that it called negative, 55 were" in words
    assert limits.table is not None
    assert limits.table.rows[0] == ("happy", "50 %", "40 to 60 %", "60 %")


def test_figures_of_another_model_are_not_shown_as_its_own(store: Store) -> None:
    session = record_lesson(store, lesson(5, 2), replace(course(), model="oldnet 0.3"))
    limits = section_of(report_on(store, session), "limits")
    assert limits.table is None
    assert any("oldnet 0.3" in each for each in limits.paragraphs)


def test_where_expressions_are_off_the_law_is_named_and_no_mood(store: Store) -> None:
    records = [record(n, [replace(seen(s), probabilities=None) for s in range(1, 7)]) for n in range(30)]
    session = record_lesson(store, records, replace(course(), place="DE", expressions_on=False, model=""))
    report = report_on(store, session)
    assert report.notices == (LAW_LINE,)
    assert [figure.name for figure in section_of(report, "course").figures] == ["presence"]
    said = words_of(report).replace(LAW_LINE, "").lower()
    for word in ("mood", "neutral", "happy", "attention", "photographs"):
        assert word not in said


def test_a_running_and_an_interrupted_session_say_so(store: Store) -> None:
    writer = store.begin_session(course())
    for each in lesson(5, 2):
        writer.record(each)
    report = report_on(store, writer.session_id)
    assert report.notices == ("This lesson is still being recorded. The report covers it up to 08:00.",)
    writer.close(interrupted=True)
    [notice] = report_on(store, writer.session_id).notices
    assert notice.startswith("The recording was interrupted")


def test_an_empty_session_and_one_of_a_second_have_a_report(store: Store) -> None:
    empty = report_on(store, record_lesson(store, [], course()))
    assert section_of(empty, "course").paragraphs == ("No class data was recorded.",)
    assert section_of(empty, "attendance").paragraphs == ("No student was seen.",)
    second = report_on(store, record_lesson(store, lesson(1, 1), course()))
    assert [figure.name for figure in section_of(second, "course").figures] == ["mood", "expressions", "presence"]
    assert section_of(second, "course").figures[2].summary.startswith("1 student seen in total.")


def test_the_class_as_a_whole_has_no_individuals(store: Store) -> None:
    store.set_roster("Biology 2", ["Ann Lee", "Bob Ray"])
    events = [
        Event(EventKind.NOTE, 1, "sleepy", 1),
        Event(EventKind.BOOKMARK, 2, "Ann Lee and student 2 explained it well"),
        Event(EventKind.FLAG_RAISED, 3, "no tile", 2, FlagKind.AWAY),
        Event(EventKind.FLAG_RAISED, 4, "4 of 6 students fell", None, FlagKind.CLASS_DROP),
    ]
    records = lesson(20, 6, events, [(1, "Ann Lee"), (3, "Cem Tor")])
    session = record_lesson(store, records, replace(course(), source=literal("Call with Cem Tor")))
    report = report_on(store, session, individuals=False)
    said = words_of(report)
    for name in ("Ann", "Lee", "Bob Ray", "Cem", "Student 1", "Student 2", "sleepy", "no tile"):
        assert name not in said
    assert [section.name for section in report.sections] == ["follow-up", "flags", "course", "moments", "limits"]
    assert "a student and a student explained it well" in said
    assert [row[2] for row in table_of(report, "flags")] == ["The class"]
    assert section_of(report, "flags").paragraphs == ("Flags of individual students are not included.",)
    assert section_of(report, "moments").paragraphs == ("Notes on individual students are not included.",)
    assert "Class totals only: no individual students are included" in report.notices[0]


def test_it_begins_with_what_to_do_now_and_the_flags(store: Store) -> None:
    events = [Event(EventKind.NOTE, 1, "sleepy", 1), Event(EventKind.FLAG_RAISED, 3, "", 2, FlagKind.NEGATIVE)]
    report = report_on(store, record_lesson(store, lesson(20, 6, events, [(1, "Ann Lee")]), course()))
    assert [section.name for section in report.sections][:2] == ["follow-up", "flags"]
    rows = table_of(report, "follow-up")
    assert rows[0][0] == "Where the class was lost"
    assert ("Who to talk to", "Ann Lee", 'You noted at 0:01: "sleepy"') in rows
    assert [row[0] for row in rows].count("Who to talk to") == 1


def test_it_is_compared_with_the_lesson_before_to_the_same_extent(store: Store) -> None:
    record_lesson(store, lesson(320, 5), replace(course(), started_at=course().started_at - timedelta(days=7)))
    session = record_lesson(store, lesson(320, 9), course())
    for individuals in (True, False):
        rows = table_of(report_on(store, session, individuals=individuals), "follow-up")
        assert ("Better than last time", "", "More students were there: 9, 5 last time.") in rows


def answer_without_individuals(store: Store, session: int) -> tuple[str, ...]:
    """The last row of the follow-up: what was better than last time, or why nothing was compared."""
    return table_of(report_on(store, session, individuals=False), "follow-up")[-1][1:]


def test_without_individuals_it_is_compared_with_seconds_of_a_group_only(store: Store) -> None:
    weeks_ago = {n: replace(course(), started_at=course().started_at - timedelta(days=7 * n)) for n in (2, 1, 0)}
    record_lesson(store, lesson(320, 4), weeks_ago[1])
    session = record_lesson(store, lesson(320, 7), weeks_ago[0])
    nothing = "No earlier lesson of the course has five minutes with five faces or more."
    assert answer_without_individuals(store, session) == ("", nothing)
    assert "More students were there: 7, 4 last time." in words_of(report_on(store, session))
    record_lesson(store, lesson(320, 5), weeks_ago[2])
    assert answer_without_individuals(store, session) == ("", "Compared with Monday 19 October 2026.")
    assert "there: 7, 5 last time." in words_of(report_on(store, session, individuals=False))


def test_without_individuals_five_minutes_of_a_group_are_needed(store: Store) -> None:
    record_lesson(store, lesson(320, 5), replace(course(), started_at=course().started_at - timedelta(days=7)))
    session = record_lesson(store, [*lesson(200, 9), *lesson(320, 4)[200:]], course())
    needed = "Too little to compare: five minutes with five faces or more are needed."
    assert answer_without_individuals(store, session) == ("", needed)
    assert "More students were there: 9, 5 last time." in words_of(report_on(store, session))


@pytest.mark.parametrize("aggregate_only", [True, False])
def test_the_class_as_a_whole_denies_nothing_of_single_students(store: Store, aggregate_only: bool) -> None:
    events = [
        Event(EventKind.NOTE, 1, "sleepy", 1),
        Event(EventKind.FLAG_RAISED, 3, "no tile", 2, FlagKind.AWAY),
    ]
    session = record_lesson(store, lesson(20, 6, events), course(aggregate_only=aggregate_only))
    report = report_on(store, session, individuals=False)
    assert section_of(report, "flags").paragraphs == (
        "No flags for the class as a whole.",
        "Flags of individual students are not included.",
    )
    assert section_of(report, "moments").paragraphs == (
        "No bookmarks, notes on the class or large drops.",
        "Notes on individual students are not included.",
    )
    for page in (html_of(report), make_pdf_document(report).html):
        assert "Flags of individual students are not included." in page
        assert "No flags." not in page


def test_the_class_as_a_whole_is_five_faces_at_least(store: Store) -> None:
    records = [record(n, [seen(s) for s in range(1, 7 if n < 10 else 5)]) for n in range(20)]
    session = record_lesson(store, records, course())
    rows = table_of(report_on(store, session, individuals=False), "course")
    assert [row[0] for row in rows] == ["0:00"]
    assert [row[0] for row in table_of(report_on(store, session), "course")] == ["0:00", "0:10"]


def test_class_totals_are_always_reported_as_such(store: Store) -> None:
    session = record_lesson(store, lesson(20, 6), course(aggregate_only=True))
    for individuals in (True, False):
        report = report_on(store, session, individuals=individuals)
        assert "attendance" not in [section.name for section in report.sections]
        assert section_of(report, "course").figures[2].summary.startswith("At most 6 students at a time.")


def test_twelve_hours_make_a_report_of_the_same_size(store: Store, make_long: Callable[[int], int]) -> None:
    report = report_on(store, make_long(12 * 3600))
    assert len(table_of(report, "course")) == 12
    assert all(len(figure.svg) < 120_000 for figure in section_of(report, "course").figures)


@pytest.fixture
def make_long(store: Store) -> Callable[[int], int]:
    """A session of so many seconds of which every hundredth was recorded: the store need not be filled for this."""

    def make(seconds: int) -> int:
        return record_lesson(
            store, [record(n, [seen(s) for s in range(1, 7)]) for n in range(0, seconds, 100)], course()
        )

    return make


def test_a_table_with_a_crooked_row_is_refused() -> None:
    with pytest.raises(ValueError, match="has not 1 cells"):
        Table("Two", (Column("one"),), (("a", "b"),))

"""Drowsiness, a time that is negative, a class whose mood falls: what raises a flag, and what must not."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.engagement.rules_text import describe_limits, describe_rules
from fer_desktop.messages import ENGLISH, Message, MessageKey
from fer_desktop.types import (
    AttentionLevel,
    Box,
    Event,
    EventKind,
    FaceCues,
    FaceReading,
    FlagKind,
    Floats,
    FrameResult,
    Observation,
    SecondRecord,
    StageTimes,
    Tile,
    TilePresence,
    TileReading,
)
from tests.fakes import make_face, make_frame, make_presence, make_probabilities

RULES = FlagRules(drowsy_after_s=20, negative_after_s=60, baseline_s=60)
BOX = Box(0, 0, 100, 60)
NEUTRAL = make_probabilities()
LAUGHING = make_probabilities(happy=0.9)
RESTING = make_probabilities(sad=0.35, happy=0.1)
ANGRY = make_probabilities(angry=0.6, sad=0.2)
OPEN = FaceCues(0.0, 0.0, 0.3)
SHUT = FaceCues(0.0, 0.0, 0.15)
NARROW = FaceCues(0.0, 0.0, 0.2)
WRITING = FaceCues(0.0, -30.0, 0.18)
SMILING = FaceCues(0.0, 0.0, 0.24)

GazeSample = tuple[Floats | None, FaceCues | None]


def _presence_of(look: GazeSample) -> TilePresence:
    return TilePresence.FACE if any(each is not None for each in look) else TilePresence.UNREADABLE


class Lesson:
    """A frame a second; every third has face cues."""

    def __init__(self, rules: FlagRules = RULES, *, min_group_size: int = 1) -> None:
        self.observer = ClassObserver(rules, min_group_size=min_group_size)
        self.second = 0
        self.records: list[SecondRecord] = []
        self.last: Observation | None = None

    def show(self, seconds: int, look: Callable[[int, int], GazeSample], *, students: int = 1) -> "Lesson":
        """`look`: of a student at a second of this part; a reading of None: no face."""
        for second in range(seconds):
            looks = {number: look(number, second) for number in range(1, students + 1)}
            tiles = tuple(
                TileReading(Tile(BOX, camera_on=True), number, make_presence(_presence_of(looks[number])))
                for number in range(1, students + 1)
            )
            faces = tuple(
                FaceReading(
                    replace(make_face(BOX, tile=number - 1), cues=cues if self.second % 3 == 0 else None),
                    number,
                    reading,
                )
                for number, (reading, cues) in looks.items()
                if reading is not None or cues is not None
            )
            result = FrameResult(make_frame(), tiles, faces, StageTimes(0, 0, 0, 0))
            self.last, record = self.observer.observe(result, self.second)
            self.records += [record] if record else []
            self.second += 1
        return self

    def pause(self, seconds: int) -> "Lesson":
        """Nothing is watched."""
        self.second += seconds
        return self

    def eyes(self, seconds: int, *cues: FaceCues | None, reading: Floats | None = NEUTRAL) -> "Lesson":
        """One student with these cues in turn."""
        return self.show(seconds, lambda _, second: (reading, cues[(second // 3) % len(cues)]))

    def face(self, seconds: int, reading: Floats, *, students: int = 1) -> "Lesson":
        return self.show(seconds, lambda *_: (reading, OPEN), students=students)

    @property
    def events(self) -> list[Event]:
        return [event for record in self.records for event in record.events]

    @property
    def raised(self) -> list[tuple[FlagKind | None, int]]:
        return [(event.flag, event.second) for event in self.events if event.kind is EventKind.FLAG_RAISED]


class TestDrowsy:
    def test_eyes_closed_for_long_are_flagged_within_seconds_of_the_time_set(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(40, SHUT)
        ((kind, second),) = lesson.raised
        assert kind is FlagKind.DROWSY
        assert 19 <= second - 90 <= 25

    def test_the_reason_says_what_was_seen(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(23, SHUT)
        assert [event.message for event in lesson.events] == [
            Message(MessageKey.EYES_CLOSED, closed=8, samples=8, lasted_s=22)
        ]

    def test_time_that_was_not_watched_does_not_count(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(12, SHUT).pause(9).eyes(8, SHUT)
        assert lesson.raised == []
        lesson.eyes(4, SHUT)
        assert [event.message for event in lesson.events] == [
            Message(MessageKey.EYES_CLOSED, closed=8, samples=8, lasted_s=22)
        ]

    def test_a_glance_now_and_then_does_not_end_it(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(60, SHUT, SHUT, SHUT, OPEN)
        assert [kind for kind, _ in lesson.raised] == [FlagKind.DROWSY]
        assert all(event.kind is not EventKind.FLAG_CLEARED for event in lesson.events)

    def test_a_face_misread_as_laughing_delays_it_by_seconds_at_most(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(15, SHUT, reading=LAUGHING).eyes(30, SHUT)
        ((_, second),) = lesson.raised
        assert second - 90 <= 25

    def test_laughter_that_shuts_the_eyes_raises_nothing(self) -> None:
        assert Lesson().eyes(90, OPEN).eyes(60, SHUT, reading=LAUGHING).raised == []

    def test_nor_does_it_where_the_face_rests_for_a_moment_after_it(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(30, SHUT, reading=LAUGHING).eyes(6, SHUT).eyes(30, OPEN)
        assert lesson.raised == []

    def test_it_ends_when_the_eyes_are_open_again(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(40, SHUT).eyes(40, OPEN)
        assert [event.kind for event in lesson.events] == [EventKind.FLAG_RAISED, EventKind.FLAG_CLEARED]

    def test_it_outlasts_the_samples_of_its_baseline(self) -> None:
        lesson = Lesson().eyes(90, OPEN).eyes(1200, SHUT)
        assert [event.kind for event in lesson.events] == [EventKind.FLAG_RAISED]

    @pytest.mark.parametrize(
        "cues",
        [
            pytest.param([SHUT, OPEN, OPEN], id="blinks"),
            pytest.param([WRITING], id="writing or reading"),
            pytest.param([WRITING, WRITING, OPEN], id="writing, looking up at times"),
            pytest.param([SMILING], id="smiling eyes"),
            pytest.param([replace(OPEN, yaw_deg=35.0)], id="a second screen"),
            pytest.param([None], id="a face too small for cues"),
        ],
    )
    def test_what_only_looks_like_it_raises_nothing(self, cues: list[FaceCues | None]) -> None:
        assert Lesson().eyes(90, OPEN).eyes(120, *cues).raised == []

    def test_eyes_that_are_always_narrow_are_the_students_baseline(self) -> None:
        assert Lesson().eyes(300, NARROW).raised == []

    def test_a_nap_of_a_few_seconds_raises_nothing(self) -> None:
        assert Lesson().eyes(90, OPEN).eyes(12, SHUT).eyes(30, OPEN).raised == []

    def test_without_a_baseline_no_flag_is_raised(self) -> None:
        assert Lesson().eyes(60, SHUT).raised == []

    def test_where_expressions_are_off_eyes_are_not_judged(self) -> None:
        lesson = Lesson().eyes(90, OPEN, reading=None).eyes(60, SHUT, reading=None)
        assert lesson.raised == []
        assert lesson.last is not None
        assert [state.attention for state in lesson.last.students] == [None]


class TestNegative:
    def test_a_negative_minute_is_flagged_when_it_is_over_and_not_before(self) -> None:
        lesson = Lesson().face(130, NEUTRAL).face(90, ANGRY)
        ((kind, second),) = lesson.raised
        assert kind is FlagKind.NEGATIVE
        assert 48 <= second - 130 <= 60

    def test_a_strong_half_minute_is_no_minute(self) -> None:
        assert Lesson().face(130, NEUTRAL).face(35, ANGRY).face(60, NEUTRAL).raised == []

    def test_two_bad_moments_with_a_calm_one_between_are_no_minute(self) -> None:
        lesson = Lesson().face(130, NEUTRAL).face(25, ANGRY).face(12, NEUTRAL).face(40, ANGRY)
        assert lesson.raised == []

    def test_a_weak_expression_counts_against_a_calm_baseline(self) -> None:
        """Votes are cautious: a clearly angry drawn face has a third of them."""
        weak = make_probabilities(angry=0.3, sad=0.1)
        assert [kind for kind, _ in Lesson().face(130, NEUTRAL).face(65, weak).raised] == [FlagKind.NEGATIVE]
        assert Lesson().face(130, RESTING).face(65, weak).raised == [], "little above the baseline"

    def test_fear_and_sadness_alone_raise_no_flag(self) -> None:
        assert Lesson().face(130, NEUTRAL).face(120, make_probabilities(sad=0.6, fear=0.3)).raised == []

    def test_a_smile_in_between_does_not_end_the_flag(self) -> None:
        lesson = Lesson().face(130, NEUTRAL).face(70, ANGRY).face(6, make_probabilities(happy=1.0)).face(40, ANGRY)
        assert [event.kind for event in lesson.events] == [EventKind.FLAG_RAISED]

    def test_it_outlasts_the_readings_of_its_baseline(self) -> None:
        lesson = Lesson().face(130, NEUTRAL).face(1200, ANGRY)
        assert [event.kind for event in lesson.events] == [EventKind.FLAG_RAISED]

    def test_a_minute_that_was_hardly_watched_is_not_judged(self) -> None:
        lesson = Lesson().face(130, NEUTRAL).face(20, ANGRY).pause(20).face(22, ANGRY)
        assert lesson.raised == []
        assert [kind for kind, _ in lesson.face(30, ANGRY).raised] == [FlagKind.NEGATIVE]

    def test_a_pause_does_not_bring_a_dismissed_flag_back(self) -> None:
        lesson = Lesson().face(130, NEUTRAL).face(70, ANGRY)
        assert lesson.observer.dismiss(1, FlagKind.NEGATIVE)
        lesson.pause(20).face(60, ANGRY)
        assert [event.kind for event in lesson.events] == [EventKind.FLAG_RAISED]

    def test_minutes_apart_are_not_added_up(self) -> None:
        """Readings from before an absence say nothing of the minute that is watched."""
        lesson = Lesson().face(130, NEUTRAL).face(40, ANGRY)
        lesson.show(60, lambda *_: (None, None)).face(30, ANGRY)
        assert FlagKind.NEGATIVE not in [kind for kind, _ in lesson.raised]


class TestClassDrop:
    def test_a_class_whose_mood_falls_at_once_is_told_within_seconds(self) -> None:
        lesson = Lesson().face(150, NEUTRAL, students=10).face(30, ANGRY, students=10)
        ((kind, second),) = lesson.raised
        assert kind is FlagKind.CLASS_DROP
        assert second - 150 <= 15
        assert lesson.events[0].student is None
        assert lesson.events[0].message == Message(MessageKey.CLASS_MOOD_FELL, fell=10, students=10)

    def test_it_is_shown_apart_from_the_students(self) -> None:
        lesson = Lesson().face(150, NEUTRAL, students=10).face(20, ANGRY, students=10)
        assert lesson.last is not None
        assert [flag.kind for flag in lesson.last.class_flags] == [FlagKind.CLASS_DROP]
        assert all(state.flags == () for state in lesson.last.students)

    def test_fewer_than_five_are_no_class(self) -> None:
        assert Lesson().face(150, NEUTRAL, students=4).face(30, ANGRY, students=4).raised == []

    def test_laughter_that_ends_is_no_drop(self) -> None:
        happy = make_probabilities(happy=0.9)
        assert Lesson().face(150, happy, students=10).face(60, NEUTRAL, students=10).raised == []

    def test_a_few_very_sad_ones_are_not_the_class(self) -> None:
        lesson = Lesson().face(150, NEUTRAL, students=12)
        lesson.show(40, lambda number, _: (ANGRY if number <= 5 else NEUTRAL, OPEN), students=12)
        assert lesson.raised == []

    def test_laughter_that_ends_beside_a_few_sad_ones_is_no_drop(self) -> None:
        lesson = Lesson(FlagRules(negative_after_s=3600)).face(150, RESTING, students=12)
        lesson.show(45, lambda number, _: (ANGRY if number <= 4 else LAUGHING, OPEN), students=12)
        lesson.show(60, lambda number, _: (ANGRY if number <= 4 else RESTING, OPEN), students=12)
        assert lesson.raised == []

    def test_a_class_that_turns_from_laughter_to_worry_is_flagged_while_it_does(self) -> None:
        """Two in five look negative at any time, and everybody now and then: most are never negative at once."""
        lesson = (
            Lesson(FlagRules(negative_after_s=3600)).face(100, RESTING, students=12).face(90, LAUGHING, students=12)
        )
        lesson.show(60, lambda number, s: (ANGRY if (2 * number + s // 8) % 5 < 2 else RESTING, OPEN), students=12)
        ((kind, second),) = lesson.raised
        assert kind is FlagKind.CLASS_DROP
        assert 190 < second <= 190 + 35

    def test_where_nothing_is_known_but_laughter_its_end_is_no_drop(self) -> None:
        lesson = Lesson(FlagRules(negative_after_s=3600)).face(150, LAUGHING, students=12)
        lesson.show(60, lambda number, s: (ANGRY if (2 * number + s // 8) % 5 < 1 else RESTING, OPEN), students=12)
        assert lesson.raised == []

    def test_a_mood_that_slides_for_minutes_is_not_sudden(self) -> None:
        lesson = Lesson(FlagRules(negative_after_s=3600)).face(150, NEUTRAL, students=12)
        lesson.show(200, lambda number, second: (ANGRY if second > 14 * number else NEUTRAL, OPEN), students=12)
        assert lesson.raised == []


class TestAttention:
    def test_it_is_stored_with_the_second_and_averaged_over_the_class(self) -> None:
        lesson = Lesson().eyes(60, OPEN)
        lesson.show(30, lambda number, _: (NEUTRAL, OPEN if number == 1 else SHUT), students=2)
        record = lesson.records[-1]
        assert [each.attention is not None for each in record.students] == [True, True]
        known = [each.attention for each in record.students if each.attention is not None]
        assert record.mood.attention == pytest.approx(sum(known) / 2)
        assert lesson.last is not None
        assert lesson.last.students[0].attention is AttentionLevel.HIGH

    def test_a_class_below_the_minimum_group_size_has_none(self) -> None:
        for students, published in ((4, False), (5, True)):
            lesson = Lesson(min_group_size=5).face(30, NEUTRAL, students=students)
            assert (lesson.records[-1].mood.attention is not None) is published

    def test_a_student_who_is_not_seen_has_none(self) -> None:
        lesson = Lesson().eyes(60, OPEN).show(20, lambda *_: (None, None))
        assert lesson.records[-1].students[0].attention is None


def test_every_flag_has_a_rule_in_plain_words_with_its_own_numbers() -> None:
    words = describe_rules(FlagRules(away_after_s=45, drowsy_after_s=33, class_drop=0.4), ENGLISH)
    assert set(words) == set(FlagKind)
    assert "45 s" in words[FlagKind.AWAY]
    assert "33 s" in words[FlagKind.DROWSY]
    assert "40 %" in words[FlagKind.CLASS_DROP]
    assert all(sentence.count(". ") == 0 for sentence in words.values()), "one sentence each"
    assert "3 min" in describe_limits(FlagRules(repeat_after_s=180), ENGLISH)

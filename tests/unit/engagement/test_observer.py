"""From frames to the class: seconds, smoothed states, mood, flags with their reasons."""

from dataclasses import replace

import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import (
    Erasure,
    EventKind,
    Expression,
    FaceReading,
    FlagKind,
    FrameResult,
    Merge,
    Presence,
    StageTimes,
    Tile,
    TilePresence,
    TileReading,
)
from tests.fakes import make_face, make_frame, make_presence, make_probabilities
from tests.unit.engagement.lesson import BOX, HAPPY, RULES, Lesson, Students, result_of


def test_a_second_is_recorded_once_it_is_over() -> None:
    lesson = Lesson().show({1: HAPPY, 2: None, 3: "off"})
    assert lesson.records == []
    lesson.show({1: HAPPY})
    (record,) = lesson.records
    assert record.second == 0
    seen = {sample.student: (sample.face_found, sample.camera_on) for sample in record.students}
    assert seen == {1: (True, True), 2: (False, True), 3: (False, False)}
    assert (record.mood.faces, record.mood.cameras_on, record.mood.students) == (1, 2, 3)


def test_a_sample_is_the_mean_over_the_frames_of_its_second() -> None:
    observer = ClassObserver(RULES)
    for shares in ({"happy": 0.8}, {"happy": 0.2, "sad": 0.4}):
        observer.observe(result_of({1: make_probabilities(**shares)}), 0)
    record = observer.finish()
    assert record is not None
    assert record.students[0].probabilities == pytest.approx(make_probabilities(happy=0.5, sad=0.2), abs=1e-6)


def test_in_the_mood_every_student_counts_the_same_however_often_read() -> None:
    observer = ClassObserver(RULES)
    observer.observe(result_of({1: HAPPY, 2: make_probabilities(sad=0.9)}), 0)
    for _ in range(5):
        observer.observe(result_of({1: HAPPY}), 0)
    record = observer.finish()
    assert record is not None
    assert record.mood.mood == pytest.approx(0.0, abs=1e-6)


def test_the_last_second_is_not_lost() -> None:
    lesson = Lesson().show({1: HAPPY})
    record = lesson.observer.finish()
    assert record is not None
    assert record.second == 0
    assert lesson.observer.finish() is None


def test_a_student_without_a_tile_is_away_since_that_second() -> None:
    state = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3).show({1: HAPPY}, seconds=2).state(2)
    assert (state.presence, state.since_second) == (Presence.AWAY, 3)


def test_a_break_is_no_part_of_how_long_a_student_is_away() -> None:
    lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3).show({1: HAPPY}, seconds=2)
    assert lesson.state(2).missed_s == 0
    lesson.second += 900
    state = lesson.show({1: HAPPY}).state(2)
    assert (state.presence, state.since_second, state.missed_s) == (Presence.AWAY, 3, 900)


def test_an_expression_is_smoothed_over_ten_seconds() -> None:
    lesson = Lesson().show({1: HAPPY}, seconds=9).show({1: make_probabilities(surprise=0.9)})
    state = lesson.state(1)
    assert state.expression is Expression.HAPPY
    assert state.confidence == pytest.approx(0.81, abs=1e-5)


def test_an_unsure_reading_gives_no_expression() -> None:
    unsure = make_probabilities(happy=0.35, sad=0.35)
    lesson = Lesson().show({1: unsure}, seconds=3)
    assert lesson.last is not None
    assert lesson.last.students[0].presence is Presence.VISIBLE
    assert lesson.last.students[0].expression is None


@pytest.mark.parametrize(
    ("shares", "shown"),
    [
        ({"sad": 0.51}, None),  # as for many a neutral face in a photograph from the news
        ({"angry": 0.45, "happy": 0.2, "fear": 0.1}, None),
        ({"sad": 0.41, "angry": 0.2}, Expression.SAD),  # clearly negative, less clearly which
        ({"angry": 0.65}, Expression.ANGRY),
        ({"sad": 0.49}, Expression.NEUTRAL),
        ({"surprise": 0.45, "fear": 0.4}, Expression.SURPRISE),
    ],
)
def test_a_negative_expression_is_shown_only_of_a_face_that_is_clearly_negative(
    shares: dict[str, float], shown: Expression | None
) -> None:
    lesson = Lesson().show({1: make_probabilities(**shares)}, seconds=3)
    assert lesson.state(1).expression is shown


def test_without_a_classifier_presence_still_works() -> None:
    observer = ClassObserver(RULES)
    tiles = (TileReading(Tile(BOX, camera_on=True), 1, make_presence()),)
    faces = (FaceReading(make_face(BOX, tile=0), 1, None),)
    observer.observe(FrameResult(make_frame(), tiles, faces, StageTimes(0, 0, 0, 0)), 0)
    record = observer.finish()
    assert record is not None
    assert record.students[0].face_found
    assert record.students[0].probabilities is None
    assert record.mood.mood is None


@pytest.mark.parametrize(("read", "published"), [(4, False), (5, True)])
def test_five_faces_of_which_fewer_were_read_have_no_expressions(read: int, published: bool) -> None:
    """As where the expressions of the others were read in the second before."""
    observer = ClassObserver(RULES, min_group_size=5)
    frame = result_of(dict.fromkeys(range(1, 6), HAPPY))
    unread = tuple(replace(face, probabilities=None) for face in frame.faces[read:])
    observer.observe(replace(frame, faces=(*frame.faces[:read], *unread)), 0)
    record = observer.finish()
    assert record is not None
    assert record.mood.faces == 5
    assert (record.mood.probabilities is not None) is published


def test_a_face_that_cannot_be_read_is_somebody_and_not_part_of_the_mood() -> None:
    observer = ClassObserver(RULES)
    covered = make_presence(TilePresence.UNREADABLE)
    tiles = (TileReading(Tile(BOX, camera_on=True), 1, covered),)
    faces = (FaceReading(replace(make_face(BOX, tile=0), unreadable=covered), 1, None),)
    observer.observe(FrameResult(make_frame(), tiles, faces, StageTimes(0, 0, 0, 0)), 0)
    record = observer.finish()
    assert record is not None
    (sample,) = record.students
    assert (sample.face_found, sample.person_seen) == (False, True)
    assert (record.mood.faces, record.mood.people, record.mood.mood) == (0, 1, None)


class TestFlags:
    def test_absence_is_flagged_after_its_time_with_its_reason(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15).show({1: HAPPY}, seconds=19)
        assert lesson.show({1: HAPPY}).events() == []
        (flag,) = lesson.show({1: HAPPY}).state(2).flags
        assert (flag.kind, flag.since_second, flag.evidence) == (
            FlagKind.AWAY,
            15,
            Message(MessageKey.NOT_IN_CALL, lasted_s=21),
        )
        assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)]

    def test_a_camera_that_shows_nobody_is_away_too(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=2).show({1: None}, seconds=22)
        assert lesson.last is not None
        (flag,) = lesson.last.students[0].flags
        assert flag.evidence.key is MessageKey.NOBODY_IN_VIEW

    def test_an_absence_that_is_known_late_began_when_it_began(self) -> None:
        """A chair is taken for a person until it has not moved for 15 seconds."""
        lesson = Lesson().show({1: HAPPY}, seconds=30).show({1: "there"}, seconds=15)
        for held_s in range(15, 25):
            (tile,) = (result := result_of({1: None})).tiles
            assert tile.presence is not None
            known_late = replace(tile, presence=replace(tile.presence, held_s=held_s))
            _, record = lesson.observer.observe(replace(result, tiles=(known_late,)), 30 + held_s)
            lesson.records += [record] if record else []
        events = [(record.second, event.flag) for record in lesson.records for event in record.events]
        assert events == [(50, FlagKind.AWAY)]
        (flag,) = lesson.state(1).flags
        assert flag.since_second == 30

    def test_a_student_whose_face_is_not_seen_is_there_and_never_away(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=2).show({1: "there"}, seconds=300)
        assert lesson.last is not None
        state = lesson.last.students[0]
        assert (state.presence, state.since_second, state.flags) == (Presence.UNREADABLE, 2, ())
        assert state.evidence == Message(MessageKey.PERSON_SEEN, percent=20)
        assert lesson.events() == []

    def test_a_student_who_comes_back_without_showing_the_face_is_no_longer_away(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=2).show({1: None}, seconds=22).show({1: "there"}, seconds=5)
        assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY), (EventKind.FLAG_CLEARED, FlagKind.AWAY)]

    def test_a_visitor_who_joined_for_a_moment_has_not_left(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=9).show({1: HAPPY}, seconds=60)
        assert lesson.events() == []

    def test_a_student_present_from_the_beginning_belongs_to_the_class_however_soon_they_leave(self) -> None:
        rules = FlagRules(away_after_s=60)
        early = Lesson(rules).show({1: HAPPY, 2: HAPPY}, seconds=12).show({1: HAPPY}, seconds=61)
        assert early.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)]
        late = Lesson(rules).show({1: HAPPY}, seconds=20).show({1: HAPPY, 2: HAPPY}, seconds=12)
        assert late.show({1: HAPPY}, seconds=61).events() == []

    def test_a_glimpse_of_a_face_does_not_end_an_absence(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=2)
        for _ in range(4):
            lesson.show({1: None}, seconds=6).show({1: HAPPY}, seconds=2)
        assert lesson.show({1: None}, seconds=10).events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)]

    def test_a_glimpse_of_somebody_who_has_left_does_not_make_it_a_camera_without_a_face(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15).show({1: HAPPY}, seconds=25)
        lesson.show({1: HAPPY, 2: HAPPY}, seconds=2)
        assert lesson.last is not None
        (flag,) = next(state for state in lesson.last.students if state.student == 2).flags
        assert flag.evidence.key is MessageKey.NOT_IN_CALL

    def test_a_student_seen_half_of_the_time_is_not_away(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15)
        for _ in range(60):
            lesson.show({1: HAPPY, 2: HAPPY}, seconds=2).show({1: HAPPY, 2: None}, seconds=2)
        assert lesson.events() == []

    def test_a_card_that_is_lost_for_some_seconds_was_off_all_the_time(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=10).show({1: HAPPY}, seconds=10)
        lesson.show({1: HAPPY, 2: "off"}, seconds=10).show({1: HAPPY}, seconds=10)
        assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.CAMERA_OFF)]
        lesson.show({1: HAPPY, 2: HAPPY}, seconds=2)
        assert lesson.events()[-1] == (EventKind.FLAG_CLEARED, FlagKind.CAMERA_OFF)

    def test_a_window_that_passes_over_a_tile_does_not_end_the_streak(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=10)
        lesson.show({1: HAPPY}, seconds=2, out_of_view=frozenset({2})).show({1: HAPPY, 2: "off"}, seconds=6)
        assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.CAMERA_OFF)]

    def test_coming_back_clears_the_flag(self) -> None:
        both: Students = {1: HAPPY, 2: HAPPY}
        lesson = Lesson().show(both, seconds=15).show({1: HAPPY}, seconds=25).show(both, seconds=4)
        lesson.observer.finish()
        assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY), (EventKind.FLAG_CLEARED, FlagKind.AWAY)]

    def test_a_camera_that_is_off_is_flagged_after_its_time(self) -> None:
        lesson = Lesson().show({1: "off"}, seconds=17)
        assert lesson.last is not None
        (flag,) = lesson.last.students[0].flags
        assert (flag.kind, flag.evidence) == (FlagKind.CAMERA_OFF, Message(MessageKey.CAMERA_OFF, lasted_s=16))

    def test_anger_against_the_own_baseline_is_flagged(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=12).show({1: make_probabilities(angry=0.7, sad=0.2)}, seconds=12)
        assert lesson.last is not None
        (flag,) = lesson.last.students[0].flags
        assert flag.kind is FlagKind.NEGATIVE
        assert flag.evidence.key is MessageKey.NEGATIVE

    @pytest.mark.parametrize("shares", [{"sad": 0.9}, {"fear": 0.9}, {"sad": 0.5, "fear": 0.4}])
    def test_fear_and_sadness_alone_never_flag(self, shares: dict[str, float]) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=12).show({1: make_probabilities(**shares)}, seconds=30)
        assert lesson.events() == []

    def test_a_face_that_always_looks_negative_is_its_own_baseline(self) -> None:
        lesson = Lesson().show({1: make_probabilities(angry=0.6, sad=0.2)}, seconds=60)
        assert lesson.events() == []

    def test_a_dismissed_flag_recurs_only_after_its_evidence_has_ended(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15).show({1: HAPPY}, seconds=25)
        lesson.observer.dismiss(2, FlagKind.AWAY)
        assert lesson.show({1: HAPPY}, seconds=10).state(2).flags == ()
        lesson.show({1: HAPPY, 2: HAPPY}, seconds=4).show({1: HAPPY}, seconds=25)
        assert [flag.kind for flag in lesson.state(2).flags] == [FlagKind.AWAY]

    def test_unwatched_seconds_do_not_count_as_absence(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3)
        lesson.second += 600  # paused, or the window was covered
        lesson.show({1: HAPPY}, seconds=5)
        assert lesson.events() == []


def test_an_exclusion_clears_the_flags() -> None:
    lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=20)
    lesson.observer.exclude(2)
    lesson.show({1: HAPPY}, seconds=2)
    assert lesson.events() == [
        (EventKind.FLAG_RAISED, FlagKind.CAMERA_OFF),
        (EventKind.FLAG_CLEARED, FlagKind.CAMERA_OFF),
    ]


def test_frames_that_are_seconds_apart_count_for_the_time_between_them() -> None:
    lesson = Lesson()
    for _ in range(8):
        lesson.show({1: "off"})
        lesson.second += 3
    assert lesson.last is not None
    (flag,) = lesson.last.students[0].flags
    assert flag.evidence == Message(MessageKey.CAMERA_OFF, lasted_s=25)


def test_an_excluded_student_is_neither_stored_nor_counted_nor_flagged() -> None:
    lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=20)
    lesson.observer.exclude(2)
    lesson.records.clear()
    lesson.show({1: HAPPY, 2: "off"}, seconds=20)
    state = lesson.state(2)
    assert state.excluded
    assert state.flags == ()
    assert all(sample.student != 2 for record in lesson.records for sample in record.students)
    assert lesson.records[-1].mood.students == 1


def test_what_is_no_student_is_neither_listed_nor_stored_any_more() -> None:
    lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3)
    lesson.observer.remove(2)
    assert lesson.observer.erase(2)
    lesson.records.clear()
    lesson.show({1: HAPPY, 2: HAPPY}, seconds=30)
    assert lesson.last is not None
    assert [state.student for state in lesson.last.students] == [1]
    assert {sample.student for record in lesson.records for sample in record.students} == {1}
    assert lesson.last.mood.students == 1


def test_until_it_is_erased_it_is_stored_and_can_be_restored() -> None:
    lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=20)
    lesson.observer.remove(2)
    lesson.show({1: HAPPY, 2: "off"}, seconds=20)
    assert lesson.last is not None
    assert [state.student for state in lesson.last.students] == [1]
    lesson.observer.restore(2)
    assert lesson.state(2).flags != (), "as if it had never been removed"
    assert {len(record.students) for record in lesson.records[:40]} == {2}
    assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.CAMERA_OFF)]
    assert not lesson.observer.erase(2)
    assert lesson.observer.excluded == frozenset()


@pytest.mark.parametrize("erased", [True, False])
@pytest.mark.parametrize("merge", [Merge(2, 1), Merge(1, 2)])
def test_who_turns_out_to_be_a_listed_student_is_one(merge: Merge, erased: bool) -> None:
    lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3)
    lesson.observer.remove(2)
    if erased:
        assert lesson.observer.erase(2)
    lesson.show({merge.into: HAPPY}, seconds=3, merges=(merge,))
    assert not lesson.observer.erase(2)
    assert not lesson.state(merge.into).excluded
    assert lesson.observer.excluded == frozenset()


def test_a_number_that_has_become_a_student_removes_nobody() -> None:
    """As where the command is on its way while the number is merged."""
    lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3).show({1: HAPPY}, merges=(Merge(2, 1),))
    lesson.observer.remove(2)
    assert not lesson.observer.erase(2)
    assert not lesson.state(1).excluded


def test_two_that_are_no_students_and_turn_out_to_be_one_are_still_none() -> None:
    lesson = Lesson().show({1: HAPPY, 2: HAPPY, 3: HAPPY}, seconds=3)
    lesson.observer.remove(2)
    assert lesson.observer.erase(2)
    lesson.observer.remove(3)
    lesson.show({1: HAPPY, 2: HAPPY}, seconds=2, merges=(Merge(3, 2),))
    assert lesson.last is not None
    assert [state.student for state in lesson.last.students] == [1]
    assert lesson.records[-1].corrections == (Erasure(3), Merge(3, 2))


class TestWhoCounts:
    """Somebody new counts once they were in view for fifteen seconds: before, it may be a tile that moves."""

    def test_who_was_there_from_the_start_counts_at_once(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: "off"})
        assert lesson.state(2).student == 2

    def test_who_comes_later_is_listed_after_a_while(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=5).show({1: HAPPY, 2: HAPPY}, seconds=15)
        assert lesson.last is not None
        assert [state.student for state in lesson.last.students] == [1]
        lesson.show({1: HAPPY, 2: HAPPY})
        assert [state.student for state in lesson.last.students] == [1, 2]

    def test_who_is_there_for_seconds_is_never_away(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=5).show({1: HAPPY, 2: HAPPY}, seconds=5)
        lesson.show({1: HAPPY}, seconds=60)
        assert lesson.events() == []

    def test_their_seconds_are_stored_all_the_same(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=5).show({1: HAPPY, 2: HAPPY}, seconds=2).show({1: HAPPY})
        assert [sample.student for sample in lesson.records[5].students] == [1, 2]

"""From frames to the class: seconds, smoothed states, mood, flags with their reasons."""

import numpy as np
import pytest

from fer_desktop.engagement import ClassObserver, FlagRules
from fer_desktop.messages.wording import say_duration
from fer_desktop.types import (
    Box,
    EventKind,
    Expression,
    FaceReading,
    FlagKind,
    Floats,
    FrameResult,
    Merge,
    Observation,
    Presence,
    SecondRecord,
    StageTimes,
    StudentState,
    Tile,
    TileReading,
)
from tests.fakes import make_face, make_frame, make_probabilities

BOX = Box(0, 0, 100, 60)
RULES = FlagRules(away_after_s=20, camera_off_after_s=15, negative_after_s=10, baseline_s=10, repeat_after_s=30)
HAPPY = make_probabilities(happy=0.9)


Students = dict[int, Floats | str | None]


def result_of(
    students: Students,
    *,
    names: dict[int, str] | None = None,
    merges: tuple[Merge, ...] = (),
    out_of_view: frozenset[int] = frozenset(),
) -> FrameResult:
    """By student: the probabilities of a face, "off" for a camera that is off, None for a tile without a face."""
    tiles = tuple(
        TileReading(Tile(BOX, camera_on=not isinstance(what, str), name=(names or {}).get(student)), student)
        for student, what in students.items()
    )
    faces = tuple(
        FaceReading(make_face(BOX, tile=index), student, what)
        for index, (student, what) in enumerate(students.items())
        if isinstance(what, np.ndarray)
    )
    return FrameResult(make_frame(), tiles, faces, StageTimes(0, 0, 0, 0), merges, out_of_view)


class Lesson:
    """Feeds an observer second by second."""

    def __init__(self, rules: FlagRules = RULES, *, names_allowed: bool = False) -> None:
        self.observer = ClassObserver(rules, names_allowed=names_allowed)
        self.second = 0
        self.records: list[SecondRecord] = []
        self.last: Observation | None = None

    def show(
        self,
        students: Students,
        *,
        seconds: int = 1,
        frames: int = 2,
        names: dict[int, str] | None = None,
        merges: tuple[Merge, ...] = (),
        out_of_view: frozenset[int] = frozenset(),
    ) -> "Lesson":
        for _ in range(seconds):
            for _ in range(frames):
                result = result_of(students, names=names, merges=merges, out_of_view=out_of_view)
                merges = ()
                self.last, record = self.observer.observe(result, self.second)
                self.records += [record] if record else []
            self.second += 1
        return self

    def state(self, student: int) -> StudentState:
        """As the next frame would show it."""
        record = self.observer.finish()
        self.records += [record] if record else []
        observation, _ = self.observer.observe(result_of({}), self.second)
        self.observer.finish()
        self.second += 1
        return next(state for state in observation.students if state.student == student)

    def events(self) -> list[tuple[EventKind, FlagKind | None]]:
        return [(event.kind, event.flag) for record in self.records for event in record.events]


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


def test_an_expression_is_smoothed_over_ten_seconds() -> None:
    lesson = Lesson().show({1: HAPPY}, seconds=9).show({1: make_probabilities(surprise=0.9)})
    state = lesson.state(1)
    assert state.expression is Expression.HAPPY
    assert state.confidence == pytest.approx(0.81, abs=1e-5)


def test_an_unsure_reading_tells_no_expression() -> None:
    unsure = make_probabilities(happy=0.35, sad=0.35)
    lesson = Lesson().show({1: unsure}, seconds=3)
    assert lesson.last is not None
    assert lesson.last.students[0].presence is Presence.VISIBLE
    assert lesson.last.students[0].expression is None


def test_without_a_classifier_presence_still_works() -> None:
    observer = ClassObserver(RULES)
    tiles = (TileReading(Tile(BOX, camera_on=True), 1),)
    faces = (FaceReading(make_face(BOX, tile=0), 1, None),)
    observer.observe(FrameResult(make_frame(), tiles, faces, StageTimes(0, 0, 0, 0)), 0)
    record = observer.finish()
    assert record is not None
    assert record.students[0].face_found
    assert record.students[0].probabilities is None
    assert record.mood.mood is None


class TestFlags:
    def test_absence_is_flagged_after_its_time_with_its_reason(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15).show({1: HAPPY}, seconds=19)
        assert lesson.show({1: HAPPY}).events() == []
        (flag,) = lesson.show({1: HAPPY}).state(2).flags
        assert (flag.kind, flag.since_second, flag.reason) == (FlagKind.AWAY, 15, "not in the call for 21 s")
        assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)]

    def test_a_camera_without_a_face_is_away_too(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=2).show({1: None}, seconds=22)
        assert lesson.last is not None
        (flag,) = lesson.last.students[0].flags
        assert flag.reason.startswith("camera on, but no face seen for ")

    def test_who_looked_in_for_a_moment_has_not_left(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=9).show({1: HAPPY}, seconds=60)
        assert lesson.events() == []

    def test_who_was_there_at_the_beginning_belongs_to_the_class_however_soon_they_leave(self) -> None:
        rules = FlagRules(away_after_s=60)
        early = Lesson(rules).show({1: HAPPY, 2: HAPPY}, seconds=12).show({1: HAPPY}, seconds=61)
        assert early.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)]
        late = Lesson(rules).show({1: HAPPY}, seconds=20).show({1: HAPPY, 2: HAPPY}, seconds=12)
        assert late.show({1: HAPPY}, seconds=61).events() == []

    def test_a_glimpse_of_a_face_ends_no_absence(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=2)
        for _ in range(4):
            lesson.show({1: None}, seconds=6).show({1: HAPPY}, seconds=2)
        assert lesson.show({1: None}, seconds=10).events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)]

    def test_a_glimpse_of_somebody_who_has_left_does_not_make_it_a_camera_without_a_face(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15).show({1: HAPPY}, seconds=25)
        lesson.show({1: HAPPY, 2: HAPPY}, seconds=2)
        assert lesson.last is not None
        (flag,) = next(state for state in lesson.last.students if state.student == 2).flags
        assert flag.reason.startswith("not in the call for ")

    def test_who_is_seen_half_of_the_time_is_not_away(self) -> None:
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

    def test_a_window_that_passes_over_somebody_does_not_begin_their_time_anew(self) -> None:
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
        assert (flag.kind, flag.reason) == (FlagKind.CAMERA_OFF, "camera off for 16 s")

    def test_anger_against_the_own_baseline_is_flagged(self) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=12).show({1: make_probabilities(angry=0.7, sad=0.2)}, seconds=12)
        assert lesson.last is not None
        (flag,) = lesson.last.students[0].flags
        assert flag.kind is FlagKind.NEGATIVE
        assert flag.reason.startswith("looks more negative than usual for ")

    @pytest.mark.parametrize("shares", [{"sad": 0.9}, {"fear": 0.9}, {"sad": 0.5, "fear": 0.4}])
    def test_fear_and_sadness_alone_never_flag(self, shares: dict[str, float]) -> None:
        lesson = Lesson().show({1: HAPPY}, seconds=12).show({1: make_probabilities(**shares)}, seconds=30)
        assert lesson.events() == []

    def test_a_face_that_always_looks_negative_is_its_own_baseline(self) -> None:
        lesson = Lesson().show({1: make_probabilities(angry=0.6, sad=0.2)}, seconds=60)
        assert lesson.events() == []

    def test_a_dismissed_flag_comes_back_only_when_its_reason_ended_and_came_anew(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15).show({1: HAPPY}, seconds=25)
        lesson.observer.dismiss(2, FlagKind.AWAY)
        assert lesson.show({1: HAPPY}, seconds=10).state(2).flags == ()
        lesson.show({1: HAPPY, 2: HAPPY}, seconds=4).show({1: HAPPY}, seconds=25)
        assert [flag.kind for flag in lesson.state(2).flags] == [FlagKind.AWAY]

    def test_seconds_that_were_not_watched_are_nobodys_absence(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3)
        lesson.second += 600  # paused, or the window was covered
        lesson.show({1: HAPPY}, seconds=5)
        assert lesson.events() == []


def test_leaving_a_student_out_ends_their_flags() -> None:
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
    assert flag.reason == "camera off for 25 s"


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


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (60, "1 min"), (100, "100 s"), (120, "2 min"), (179, "2 min"), (3900, "1 h 5 min")],
)
def test_durations_are_as_precise_as_they_deserve(seconds: int, words: str) -> None:
    assert say_duration(seconds) == words


def test_who_is_on_another_page_is_not_away() -> None:
    lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15)
    lesson.show({1: HAPPY}, seconds=40, out_of_view=frozenset({2}))
    assert lesson.last is not None
    assert lesson.last.students[1].presence is Presence.OUT_OF_VIEW
    assert lesson.events() == []
    lesson.show({1: HAPPY}, seconds=25)
    assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)], "counted from when a tile was to be expected"


class TestNames:
    def test_unless_names_are_allowed_they_go_no_further(self) -> None:
        lesson = Lesson().show({1: HAPPY}, names={1: "Ada Obi"}, seconds=2)
        assert lesson.records[0].names == ()
        assert lesson.state(1).label == "Student 1"

    def test_allowed_names_are_shown_and_told_once_to_be_stored(self) -> None:
        lesson = Lesson(names_allowed=True).show({1: HAPPY, 2: HAPPY}, names={1: "Ada Obi"}, seconds=3)
        assert [record.names for record in lesson.records] == [((1, "Ada Obi"),), ()]
        assert (lesson.state(1).label, lesson.state(2).label) == ("Ada Obi", "Student 2")

    def test_a_name_that_is_read_better_is_told_again(self) -> None:
        lesson = (
            Lesson(names_allowed=True).show({1: HAPPY}, names={1: "Ada Ob…"}).show({1: HAPPY}, names={1: "Ada Obi"})
        )
        lesson.show({1: HAPPY})
        assert [record.names for record in lesson.records] == [((1, "Ada Ob…"),), ((1, "Ada Obi"),)]

    @pytest.mark.parametrize("names_allowed", [False, True])
    def test_the_teachers_word_goes_before_what_is_read(self, names_allowed: bool) -> None:
        lesson = Lesson(names_allowed=names_allowed).show({1: HAPPY})
        lesson.observer.rename(1, "Ada")
        lesson.show({1: HAPPY}, names={1: "iPad (3)"}, seconds=2)
        assert lesson.state(1).label == "Ada"
        assert [name for record in lesson.records for name in record.names] == [(1, "Ada")]

    def test_the_name_of_one_who_is_left_out_is_not_stored_until_they_are_taken_in_again(self) -> None:
        lesson = Lesson(names_allowed=True).show({1: HAPPY}, names={1: "Ada Obi"})
        lesson.observer.exclude(1)
        lesson.observer.rename(1, "Ada")
        lesson.show({1: HAPPY}, names={1: "Ada Obi"}, seconds=2)
        assert all(record.names == () for record in lesson.records)
        lesson.observer.include(1)
        lesson.show({1: HAPPY}, seconds=2)
        assert [record.names for record in lesson.records if record.names] == [((1, "Ada"),)]

    def test_namesakes_are_told_apart(self) -> None:
        lesson = Lesson(names_allowed=True).show({1: HAPPY, 4: HAPPY}, names={1: "Ann Li", 4: "Ann Li"}, seconds=2)
        assert (lesson.state(1).label, lesson.state(4).label) == ("Ann Li (1)", "Ann Li (4)")


class TestMerges:
    def test_the_second_under_way_is_one_students(self) -> None:
        lesson = Lesson().show({1: None, 2: HAPPY}, frames=1)
        lesson.second -= 1
        lesson.show({1: HAPPY}, merges=(Merge(2, 1),)).show({1: HAPPY})
        assert [sample.student for sample in lesson.records[0].students] == [1]
        assert lesson.records[0].students[0].face_found
        assert lesson.records[0].merges == (Merge(2, 1),)
        assert lesson.records[0].mood.students == 1

    def test_a_flag_of_the_number_that_goes_ends(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=20).show({1: HAPPY}, seconds=2, merges=(Merge(2, 1),))
        assert lesson.events() == [
            (EventKind.FLAG_RAISED, FlagKind.CAMERA_OFF),
            (EventKind.FLAG_CLEARED, FlagKind.CAMERA_OFF),
        ]
        assert lesson.last is not None
        assert [state.student for state in lesson.last.students] == [1]

    def test_who_left_under_one_number_and_is_here_under_another_is_not_away(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3).show({1: HAPPY, 3: HAPPY}, seconds=18)
        lesson.show({1: HAPPY}, seconds=3, merges=(Merge(3, 2),))
        assert lesson.events() == []
        state = lesson.state(2)
        assert (state.presence, state.since_second) == (Presence.AWAY, 21)

    def test_what_is_asked_of_a_number_that_is_gone_is_done_to_the_student(self) -> None:
        lesson = Lesson().show({2: HAPPY, 7: HAPPY}).show({2: HAPPY}, merges=(Merge(7, 2),))
        assert lesson.last is not None
        lesson.observer.exclude(7)
        assert lesson.observer.excluded == {2}
        lesson.observer.include(7)
        lesson.observer.rename(7, "Ada")
        assert lesson.state(2).label == "Ada"

    def test_the_window_shows_one_student_at_once(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=2)
        lesson.observer.merge(Merge(2, 1))
        observation = lesson.observer.observe_again()
        assert observation is not None
        assert lesson.last is not None
        assert observation.second == lesson.last.second, "time does not step back for it"
        assert [state.student for state in observation.students] == [1]

    def test_joins_follow_one_another(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY, 3: HAPPY}, merges=(Merge(1, 3),))
        lesson.observer.merge(Merge(2, 1))
        lesson.show({3: HAPPY}, seconds=2)
        assert lesson.records[0].merges == (Merge(1, 3), Merge(2, 3))

    def test_what_was_stored_of_one_who_had_been_left_out_is_erased(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY})
        lesson.observer.exclude(2)
        lesson.show({1: HAPPY, 4: HAPPY}, seconds=3).show({1: HAPPY}, seconds=2, merges=(Merge(4, 2),))
        assert [(record.merges, record.erased) for record in lesson.records if record.erased] == [((), (4,))]
        assert lesson.observer.excluded == {2}

    def test_whoever_was_left_out_stays_left_out(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY})
        lesson.observer.exclude(2)
        lesson.show({1: HAPPY}, seconds=2, merges=(Merge(2, 1),))
        assert lesson.observer.excluded == {1}

    def test_a_name_goes_with_the_student(self) -> None:
        lesson = Lesson(names_allowed=True).show({2: HAPPY}, names={2: "Ada Obi"}, seconds=2)
        lesson.show({1: HAPPY}, merges=(Merge(2, 1),), seconds=2)
        assert lesson.state(1).label == "Ada Obi"


def test_a_student_who_turns_out_to_be_a_later_number_keeps_all_readings_in_their_order() -> None:
    """As when the teacher joins the number from before an absence into the one of now."""
    lesson = Lesson(FlagRules(negative_after_s=40, baseline_s=20)).show({3: HAPPY}, seconds=60)
    lesson.show({9: make_probabilities(angry=0.6, sad=0.3)}, seconds=20)
    lesson.observer.merge(Merge(3, 9))
    lesson.show({9: make_probabilities(angry=0.6, sad=0.3)})
    state = lesson.state(9)
    assert (state.expression, state.presence) == (Expression.ANGRY, Presence.VISIBLE)
    lesson.show({9: make_probabilities(angry=0.6, sad=0.3)}, seconds=25)
    assert [kind for _, kind in lesson.events()] == [FlagKind.NEGATIVE]

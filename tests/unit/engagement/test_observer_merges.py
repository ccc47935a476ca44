"""Two numbers that turn out to be one student: one history, one name, one exclusion; and students out of view."""

import pytest

from fer_desktop.engagement import FlagRules
from fer_desktop.types import Erasure, EventKind, Expression, FlagKind, Merge, Presence
from tests.fakes import make_probabilities
from tests.unit.engagement.lesson import HAPPY, Lesson


def test_a_student_on_another_page_is_not_away() -> None:
    lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=15)
    lesson.show({1: HAPPY}, seconds=40, out_of_view=frozenset({2}))
    assert lesson.last is not None
    assert lesson.last.students[1].presence is Presence.OUT_OF_VIEW
    assert lesson.events() == []
    lesson.show({1: HAPPY}, seconds=25)
    assert lesson.events() == [(EventKind.FLAG_RAISED, FlagKind.AWAY)], "counted from when a tile was to be expected"


class TestMerges:
    def test_the_current_second_counts_for_one_student(self) -> None:
        lesson = Lesson().show({1: None, 2: HAPPY}, frames=1)
        lesson.second -= 1
        lesson.show({1: HAPPY}, merges=(Merge(2, 1),)).show({1: HAPPY})
        assert [sample.student for sample in lesson.records[0].students] == [1]
        assert lesson.records[0].students[0].face_found
        assert lesson.records[0].corrections == (Merge(2, 1),)
        assert lesson.records[0].mood.students == 1

    def test_a_flag_of_the_merged_number_clears(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: "off"}, seconds=20).show({1: HAPPY}, seconds=2, merges=(Merge(2, 1),))
        assert lesson.events() == [
            (EventKind.FLAG_RAISED, FlagKind.CAMERA_OFF),
            (EventKind.FLAG_CLEARED, FlagKind.CAMERA_OFF),
        ]
        assert lesson.last is not None
        assert [state.student for state in lesson.last.students] == [1]

    def test_a_student_who_left_under_one_number_and_was_here_under_another_was_not_away(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=3).show({1: HAPPY, 3: HAPPY}, seconds=18)
        lesson.show({1: HAPPY}, seconds=3, merges=(Merge(3, 2),))
        assert lesson.events() == []
        state = lesson.state(2)
        assert (state.presence, state.since_second) == (Presence.AWAY, 21)

    def test_commands_may_use_a_merged_number(self) -> None:
        lesson = Lesson().show({2: HAPPY, 7: HAPPY}).show({2: HAPPY}, merges=(Merge(7, 2),))
        assert lesson.last is not None
        lesson.observer.exclude(7)
        assert lesson.observer.excluded == {2}
        lesson.observer.include(7)
        lesson.observer.rename(7, "Ada")
        assert lesson.state(2).label == "Ada"

    def test_the_merge_is_shown_without_another_frame(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=2)
        lesson.observer.merge(Merge(2, 1))
        observation = lesson.observer.observe_again()
        assert observation is not None
        assert lesson.last is not None
        assert observation.second == lesson.last.second, "time does not step back"
        assert [state.student for state in observation.students] == [1]

    def test_a_merge_of_a_merged_number_is_recorded_in_current_numbers(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY, 3: HAPPY}, merges=(Merge(1, 3),))
        lesson.observer.merge(Merge(2, 1))
        lesson.show({3: HAPPY}, seconds=2)
        assert lesson.records[0].corrections == (Merge(1, 3), Merge(2, 3))

    @pytest.mark.parametrize("merge", [Merge(4, 2), Merge(2, 4)])
    def test_what_was_stored_of_a_student_who_had_been_excluded_is_erased(self, merge: Merge) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY})
        lesson.observer.exclude(2)
        lesson.show({1: HAPPY, 4: HAPPY}, seconds=3)
        lesson.observer.merge(merge)
        lesson.show({1: HAPPY, merge.into: HAPPY}, seconds=2)
        assert [record.corrections for record in lesson.records if record.corrections] == [(Erasure(4), merge)]
        assert lesson.observer.excluded == {merge.into}
        assert {sample.student for record in lesson.records[3:] for sample in record.students} == {1}

    @pytest.mark.parametrize("merge", [Merge(1, 2), Merge(2, 1)])
    def test_what_was_stored_before_the_exclusion_stays(self, merge: Merge) -> None:
        """The two were seen side by side before one of them was excluded."""
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=5)
        lesson.observer.exclude(2)
        lesson.show({1: HAPPY}, seconds=5)
        lesson.observer.merge(merge)
        lesson.show({merge.into: HAPPY}, seconds=2)
        assert [record.corrections for record in lesson.records if record.corrections] == [(Erasure(1, 4), merge)]
        assert lesson.observer.excluded == {merge.into}

    def test_of_two_who_are_excluded_nothing_stays_since_the_first_was(self) -> None:
        lesson = Lesson().show({1: HAPPY, 2: HAPPY}, seconds=5)
        lesson.observer.exclude(1)
        lesson.show({2: HAPPY}, seconds=5)
        lesson.observer.exclude(2)
        lesson.observer.merge(Merge(1, 2))
        lesson.show({}, seconds=2)
        found = [record.corrections for record in lesson.records if record.corrections]
        assert found == [(Erasure(2, 4), Merge(1, 2))]

    def test_the_name_passes_to_the_other_number(self) -> None:
        lesson = Lesson(names_allowed=True).show({2: HAPPY}, names={2: "Ada Obi"}, seconds=2)
        lesson.show({1: HAPPY}, merges=(Merge(2, 1),), seconds=2)
        assert lesson.state(1).label == "Ada Obi"


def test_a_student_merged_into_a_later_number_keeps_all_readings_in_order() -> None:
    """As when the teacher merges the number from before an absence into the present one."""
    lesson = Lesson(FlagRules(negative_after_s=40, baseline_s=20)).show({3: HAPPY}, seconds=60)
    lesson.show({9: make_probabilities(angry=0.6, sad=0.3)}, seconds=20)
    lesson.observer.merge(Merge(3, 9))
    lesson.show({9: make_probabilities(angry=0.6, sad=0.3)})
    state = lesson.state(9)
    assert (state.expression, state.presence) == (Expression.ANGRY, Presence.VISIBLE)
    lesson.show({9: make_probabilities(angry=0.6, sad=0.3)}, seconds=25)
    assert [kind for _, kind in lesson.events()] == [FlagKind.NEGATIVE]

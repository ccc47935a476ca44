"""The names of students: which are shown, and which are stored."""

import pytest

from tests.unit.engagement.lesson import HAPPY, Lesson


class TestNames:
    def test_unless_names_are_allowed_they_are_neither_shown_nor_stored(self) -> None:
        lesson = Lesson().show({1: HAPPY}, names={1: "Ada Obi"}, seconds=2)
        assert lesson.records[0].names == ()
        assert lesson.state(1).label == "Student 1"

    def test_allowed_names_are_shown_and_recorded_once(self) -> None:
        lesson = Lesson(names_allowed=True).show({1: HAPPY, 2: HAPPY}, names={1: "Ada Obi"}, seconds=3)
        assert [record.names for record in lesson.records] == [((1, "Ada Obi"),), ()]
        assert (lesson.state(1).label, lesson.state(2).label) == ("Ada Obi", "Student 2")

    def test_a_name_that_is_read_better_is_recorded_again(self) -> None:
        lesson = (
            Lesson(names_allowed=True).show({1: HAPPY}, names={1: "Ada Ob…"}).show({1: HAPPY}, names={1: "Ada Obi"})
        )
        lesson.show({1: HAPPY})
        assert [record.names for record in lesson.records] == [((1, "Ada Ob…"),), ((1, "Ada Obi"),)]

    @pytest.mark.parametrize("names_allowed", [False, True])
    def test_a_name_that_the_teacher_gave_precedes_one_that_was_read(self, names_allowed: bool) -> None:
        lesson = Lesson(names_allowed=names_allowed).show({1: HAPPY})
        lesson.observer.rename(1, "Ada")
        lesson.show({1: HAPPY}, names={1: "iPad (3)"}, seconds=2)
        assert lesson.state(1).label == "Ada"
        assert [name for record in lesson.records for name in record.names] == [(1, "Ada")]

    def test_the_name_of_an_excluded_student_is_recorded_once_they_are_included_again(self) -> None:
        lesson = Lesson(names_allowed=True).show({1: HAPPY}, names={1: "Ada Obi"})
        lesson.observer.exclude(1)
        lesson.observer.rename(1, "Ada")
        lesson.show({1: HAPPY}, names={1: "Ada Obi"}, seconds=2)
        assert all(record.names == () for record in lesson.records)
        lesson.observer.include(1)
        lesson.show({1: HAPPY}, seconds=2)
        assert [record.names for record in lesson.records if record.names] == [((1, "Ada"),)]

    def test_namesakes_are_distinguished_by_their_numbers(self) -> None:
        lesson = Lesson(names_allowed=True).show({1: HAPPY, 4: HAPPY}, names={1: "Ann Li", 4: "Ann Li"}, seconds=2)
        assert (lesson.state(1).label, lesson.state(4).label) == ("Ann Li (1)", "Ann Li (4)")

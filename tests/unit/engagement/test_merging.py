"""Merged student numbers: what a number stands for now, and records that are kept by number."""

from fer_desktop.engagement.merging import Renumbering, merge_records
from fer_desktop.engagement.names import StudentNames
from fer_desktop.types import Box, Merge, Tile, TileReading
from tests.fakes import make_presence


class Seen:
    """A record that remembers whom it is of."""

    def __init__(self, *students: int) -> None:
        self.students = list(students)

    def absorb(self, other: "Seen") -> None:
        self.students += other.students


def reading(student: int, name: str) -> TileReading:
    return TileReading(Tile(Box(0, 0, 10, 10), camera_on=True, name=name), student, make_presence())


class TestRenumbering:
    def test_a_number_stands_for_the_student_whom_it_became(self) -> None:
        numbers = Renumbering()
        numbers.add(Merge(3, 2))
        numbers.add(Merge(2, 1))
        assert [numbers.translate(student) for student in (1, 2, 3, 4)] == [1, 1, 1, 4]

    def test_a_merge_of_old_numbers_is_one_of_the_current_numbers(self) -> None:
        numbers = Renumbering()
        numbers.add(Merge(1, 3))
        assert numbers.add(Merge(2, 1)) == Merge(2, 3)

    def test_numbers_of_one_student_cannot_be_merged_again(self) -> None:
        numbers = Renumbering()
        numbers.add(Merge(2, 1))
        assert numbers.add(Merge(1, 2)) is None
        assert numbers.add(Merge(4, 4)) is None


class TestRecords:
    def test_both_records_become_one(self) -> None:
        records = {1: Seen(1), 2: Seen(2)}
        merge_records(records, Merge(2, 1))
        assert {student: record.students for student, record in records.items()} == {1: [1, 2]}

    def test_a_single_record_is_renumbered(self) -> None:
        records = {2: Seen(2), 3: Seen(3)}
        merge_records(records, Merge(2, 1))
        assert {student: record.students for student, record in records.items()} == {3: [3], 1: [2]}

    def test_without_a_record_nothing_changes(self) -> None:
        records = {1: Seen(1)}
        merge_records(records, Merge(2, 1))
        assert records[1].students == [1]


class TestNames:
    def test_a_student_keeps_their_own_name(self) -> None:
        names = StudentNames()
        names.read([reading(1, "Ada Obi"), reading(2, "iPad")])
        names.merge(Merge(2, 1))
        assert names.label_all([1]) == {1: "Ada Obi"}
        assert names.take_unstored(excluded=()) == ((1, "Ada Obi"),)

    def test_a_name_that_was_given_to_the_merged_number_precedes_one_that_was_read(self) -> None:
        names = StudentNames()
        names.read([reading(1, "iPad")])
        names.give(2, "Ada")
        names.merge(Merge(2, 1))
        assert names.label_all([1]) == {1: "Ada"}

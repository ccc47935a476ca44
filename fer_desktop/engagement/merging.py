"""Merging of student numbers: which number has become which, and records that are kept by number."""

from typing import Protocol, Self, TypeVar

from fer_desktop.types import Merge


class Absorbing(Protocol):
    """A record of one student that can take in another record of the same student."""

    def absorb(self, other: Self) -> None:
        """Adds what `other` has."""
        ...


Record = TypeVar("Record", bound=Absorbing)


class Renumbering:
    """Translates student numbers: a number that was merged stands for the student whom it became."""

    def __init__(self) -> None:
        self._became: dict[int, int] = {}

    def translate(self, student: int) -> int:
        """The number that the student goes by now."""
        while student in self._became:
            student = self._became[student]
        return student

    def add(self, merge: Merge) -> Merge | None:
        """Remembers a merge and returns it in current numbers; None where both are one student already."""
        current = Merge(self.translate(merge.student), self.translate(merge.into))
        if current.student == current.into:
            return None
        self._became[current.student] = current.into
        return current


def merge_records(records: dict[int, Record], merge: Merge) -> None:
    """Applies a merge to records by student number: the merged student's is absorbed by the other's, or renumbered."""
    record = records.pop(merge.student, None)
    if record is None:
        return
    if merge.into in records:
        records[merge.into].absorb(record)
    else:
        records[merge.into] = record

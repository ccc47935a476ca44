"""The names of the students: those that labels show, those that the teacher gave, and those still to be stored."""

from collections import Counter
from collections.abc import Collection, Iterable

from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import Merge, TileReading


class StudentNames:
    """A name that the teacher gave takes precedence over one that was read from a label."""

    def __init__(self) -> None:
        self._read: dict[int, str] = {}
        self._given: dict[int, str] = {}
        self._unstored: dict[int, str] = {}

    def read(self, tiles: Iterable[TileReading]) -> None:
        """Takes over the names on the tiles of a frame."""
        for reading in tiles:
            student, name = reading.student, reading.tile.name
            if student is None or name is None or self._read.get(student) == name:
                continue
            self._read[student] = name
            if student not in self._given:
                self._unstored[student] = name

    def give(self, student: int, name: str) -> None:
        """The teacher names a student, whatever was read."""
        self._given[student] = self._unstored[student] = name

    def store_again(self, student: int) -> None:
        """Hands out the student's name once more, as for an excluded student who is included again."""
        name = self._name_of(student)
        if name is not None:
            self._unstored[student] = name

    def take_unstored(self, *, excluded: Collection[int]) -> tuple[tuple[int, str], ...]:
        """Names that became known or changed since the last call, by number; those of `excluded` are dropped."""
        unstored, self._unstored = self._unstored, {}
        return tuple(sorted((student, name) for student, name in unstored.items() if student not in excluded))

    def merge(self, merge: Merge) -> None:
        """The merged number's names pass to the other where it has none; what results is to be stored."""
        self._unstored.pop(merge.student, None)
        for names in (self._read, self._given):
            name = names.pop(merge.student, None)
            if name is not None:
                names.setdefault(merge.into, name)
        self.store_again(merge.into)

    def label_all(self, students: Iterable[int]) -> dict[int, str]:
        """What to call each of the students: name, name and number where several share it, or pseudonym."""
        names = {student: self._name_of(student) for student in students}
        counts = Counter(names.values())
        return {
            student: pseudonym(student) if name is None else name if counts[name] == 1 else f"{name} ({student})"
            for student, name in names.items()
        }

    def _name_of(self, student: int) -> str | None:
        return self._given.get(student) or self._read.get(student)

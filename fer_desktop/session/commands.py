"""What the teacher asks of a running session, as values that one thread hands to another."""

import queue
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from fer_desktop.types import Flag, Merge

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Exclude:
    """Leave a student out from now on."""

    student: int


@dataclass(frozen=True, slots=True)
class Include:
    """End the exclusion of a student."""

    student: int


@dataclass(frozen=True, slots=True)
class Remove:
    """What was taken for a student is none: show it no more. Nothing is erased yet."""

    student: int


@dataclass(frozen=True, slots=True)
class Restore:
    """Undo `Remove`."""

    student: int


@dataclass(frozen=True, slots=True)
class Erase:
    """Erase what is stored of what was removed, unless it has turned out to be a student since."""

    student: int


@dataclass(frozen=True, slots=True)
class Dismiss:
    """Hide a flag."""

    flag: Flag


@dataclass(frozen=True, slots=True)
class Rename:
    """Show and store a student under this name."""

    student: int
    name: str


@dataclass(frozen=True, slots=True)
class AddNote:
    """Store a note on a student, at a second of the session."""

    student: int
    text: str
    second: int


Command = Exclude | Include | Remove | Restore | Erase | Dismiss | Rename | AddNote | Merge
"""Student numbers may be any that the student has ever had."""


def list_students(command: Command) -> frozenset[int]:
    """The numbers of the students whom the command is about; none for a flag of the class."""
    match command:
        case Dismiss(flag):
            return frozenset(() if flag.student is None else (flag.student,))
        case Merge(student, into):
            return frozenset((student, into))
        case _:
            return frozenset((command.student,))


def drain(values: "queue.SimpleQueue[T]") -> Iterator[T]:
    """Takes values out of a queue, oldest first, until it is empty. Does not wait."""
    with suppress(queue.Empty):
        while True:
            yield values.get_nowait()

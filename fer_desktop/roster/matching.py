"""Names as a call window shows them, found on the class's list."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.names import fold_name
from fer_desktop.vision.names.matching import SAME_PERSON_BELOW, name_distance

_CUT: Final = ".."  # of a folded name
_WORD: Final = re.compile(r"[^\W\d_]+")

Matches = dict[int, int]
"""Places in the roster by places in the list of names shown."""


def match_roster(shown: Sequence[str | None], roster: Sequence[str]) -> Matches:
    """Which name of the roster each shown one is. One of each at most: of two namesakes on one entry the first.

    Case, accents and the order of the words do not count. Where that finds nothing, a name in which the reader slipped
    ("Priya Ramachamdran"), or that the call window cut ("Priya Ramachand…"), shortened ("Priya", "Priya R.") or adorned
    ("Priya Rao (she)") counts if it fits one entry alone.
    """
    matches: Matches = {}
    names = {place: _Name.of(name) for place, name in enumerate(shown) if name is not None}
    entries = {place: _Name.of(name) for place, name in enumerate(roster)}
    for fits, unique in _RULES:
        for place, name in names.items():
            if place in matches:
                continue
            free = [entry for entry in entries if entry not in matches.values() and fits(name, entries[entry])]
            if free and not (unique and len({entries[entry] for entry in free}) > 1):
                matches[place] = free[0]
    return matches


@dataclass(frozen=True, slots=True)
class _Name:
    """The words of a folded name without punctuation. `cut`: the last one stops short."""

    folded: str
    words: tuple[str, ...]
    cut: bool

    @classmethod
    def of(cls, name: str) -> "_Name":
        folded = fold_name(name)
        return cls(folded, tuple(_WORD.findall(folded)), folded.endswith(_CUT))


def _equals(name: _Name, entry: _Name) -> bool:
    return bool(name.words) and not name.cut and sorted(name.words) == sorted(entry.words)


def _is_near(name: _Name, entry: _Name) -> bool:
    return bool(name.words) and not name.cut and name_distance(name.folded, entry.folded) < SAME_PERSON_BELOW


def _is_cut_of(name: _Name, entry: _Name) -> bool:
    return name.cut and bool(name.words) and " ".join(entry.words).startswith(" ".join(name.words))


def _is_part_of(name: _Name, entry: _Name) -> bool:
    """Whether one of them has all words of the other, the last one perhaps as an initial."""
    mine, theirs = set(name.words), set(entry.words)
    if not mine or not theirs or name.cut:
        return False
    first, last = name.words[:-1], name.words[-1]
    initialled = first and len(last) == 1 and first == entry.words[:-1] and entry.words[-1].startswith(last)
    return mine <= theirs or theirs <= mine or bool(initialled)


_RULES: Final[tuple[tuple[Callable[[_Name, _Name], bool], bool], ...]] = (
    (_equals, False),
    (_is_near, True),
    (_is_cut_of, True),
    (_is_part_of, True),
)

"""Matches the names that a call window shows with the roster."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from fer_desktop.roster.name_distance import SAME_PERSON_BELOW, name_distance
from fer_desktop.roster.names import fold_name

_CUT: Final = ".."  # of a folded name
_WORD: Final = re.compile(r"[^\W\d_]+")

Matches = dict[int, int]
"""Positions in the roster by positions in the list of shown names."""


def match_roster(shown: Sequence[str | None], roster: Sequence[str]) -> Matches:
    """Matches each shown name with at most one entry of the roster, and vice versa; the first of two namesakes wins.

    Case, accents and word order are ignored. If that finds no entry, a misread name ("Priya Ramachamdran"), or one that
    the call window truncated ("Priya Ramachand…"), shortened ("Priya", "Priya R.") or extended ("Priya Rao (she)")
    matches if it fits a single entry.
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
    """The words of a folded name without punctuation. `cut`: the last one is truncated. `written`: as it is read."""

    folded: str
    words: tuple[str, ...]
    cut: bool
    written: str = field(compare=False)

    @classmethod
    def of(cls, name: str) -> "_Name":
        folded = fold_name(name)
        return cls(folded, tuple(_WORD.findall(folded)), folded.endswith(_CUT), name)


def _equals(name: _Name, entry: _Name) -> bool:
    return bool(name.words) and not name.cut and sorted(name.words) == sorted(entry.words)


def _is_near(name: _Name, entry: _Name) -> bool:
    return bool(name.words) and not name.cut and name_distance(name.written, entry.written) < SAME_PERSON_BELOW


def _is_cut_of(name: _Name, entry: _Name) -> bool:
    return name.cut and bool(name.words) and " ".join(entry.words).startswith(" ".join(name.words))


def _is_part_of(name: _Name, entry: _Name) -> bool:
    """Whether one has all words of the other; the last word may be an initial."""
    shown, listed = set(name.words), set(entry.words)
    if not shown or not listed or name.cut:
        return False
    first, last = name.words[:-1], name.words[-1]
    has_initial = first and len(last) == 1 and first == entry.words[:-1] and entry.words[-1].startswith(last)
    return shown <= listed or listed <= shown or bool(has_initial)


_RULES: Final[tuple[tuple[Callable[[_Name, _Name], bool], bool], ...]] = (
    (_equals, False),
    (_is_near, True),
    (_is_cut_of, True),
    (_is_part_of, True),
)

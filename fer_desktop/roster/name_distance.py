"""Whether two names as read are the same person's: tolerant of misread letters, strict between similar names."""

import re
import unicodedata
from typing import Final

from rapidfuzz.distance import Levenshtein

from fer_desktop.roster.names import fold_name

SAME_PERSON_BELOW: Final = 0.5
"""Names at a smaller distance can be one person's."""

_SIMILAR_LETTERS: Final = 0.1
_MISREAD_LETTER: Final = 0.25
_CUT: Final = 0.3
_DIFFERENT: Final = 1.0
"""Distances by what differs; see `name_distance`."""

_CUT_ENDING: Final = ".."
_MIN_CUT_LETTERS: Final = 5
_MIN_MISREAD_NAME: Final = 8
_MIN_MISREAD_WORD: Final = 6
"""Names and words with fewer letters are compared strictly."""
_LETTERS_PER_ERROR: Final = 10
"""A name may have one misread letter for every so many of its letters."""
_LOST_LETTERS: Final = re.compile("[\u1ea0-\u1ef9]")
"""Letters of Vietnamese that many readers of print do not know and leave out: Phm for Phạm."""
_MIN_LETTERS_LEFT: Final = 4
_SIMILAR: Final = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("!", "l"))


def name_distance(first: str, second: str) -> float:
    """Distance of two names as read: 0 the same, 1 different people, symmetric.

    Below `SAME_PERSON_BELOW` they can be one person's: only spaces or similar letters differ, or one lacks letters that
    readers leave out (.1), letters are misread in a long word of a long name (.25 each), or one name is cut
    ("Priya Rama…") where the other continues (.3). Short names, names with different digits, and words that end
    differently (Daniel, Daniela) are different people's.
    """
    if not fold_name(first) or not fold_name(second):
        return _DIFFERENT
    if fold_name(first) == fold_name(second):
        return 0.0
    if _lacks_letters(first, second):
        return _SIMILAR_LETTERS
    # A capital I and a small l look the same in most labels; a small i has its dot.
    one, other = sorted(fold_name(name.replace("I", "l")) for name in (first, second))
    if one == other:
        return _SIMILAR_LETTERS
    if _is_cut(one) or _is_cut(other):
        return _compare_cut(one, other)
    if _digits(one) and _digits(other) and _digits(one) != _digits(other):
        return _DIFFERENT
    return _compare_words(one, other)


def _lacks_letters(first: str, second: str) -> bool:
    """Whether the shorter name is the other one without some of the letters that may be lost; the rest has the same
    marks. Thu may be Thuỷ read so, and namesakes otherwise; Tú and Tuệ are two people.
    """
    left = [_LOST_LETTERS.sub("", unicodedata.normalize("NFC", name)).casefold().split() for name in (first, second)]
    if left[0] != left[1] or len("".join(left[0])) < _MIN_LETTERS_LEFT:
        return False
    shorter, longer = sorted(map(fold_name, (first, second)), key=len)
    letters = iter(longer)
    return len(shorter) < len(longer) and all(letter in letters for letter in shorter)


def _compare_words(one: str, other: str) -> float:
    """Distance of two whole folded names that differ."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return _SIMILAR_LETTERS
    longest = max(len(one), len(other))
    if longest < _MIN_MISREAD_NAME:
        return _DIFFERENT
    if _skeleton(one) == _skeleton(other):
        return _SIMILAR_LETTERS
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return _DIFFERENT
    errors = 0
    for word, counterpart in zip(words, others, strict=True):
        if _skeleton(word) == _skeleton(counterpart):
            continue
        if not _may_be_misread(word, counterpart):
            return _DIFFERENT
        errors += Levenshtein.distance(word, counterpart)
    distance = _MISREAD_LETTER * errors
    return distance if errors <= longest // _LETTERS_PER_ERROR and distance < SAME_PERSON_BELOW else _DIFFERENT


def _may_be_misread(word: str, other: str) -> bool:
    """Long words of the same beginning and ending only: Maria and Mario, Daniel and Daniela are different people."""
    return min(len(word), len(other)) >= _MIN_MISREAD_WORD and word[-1] == other[-1] and word[0] == other[0]


def _compare_cut(one: str, other: str) -> float:
    """Distance of two folded names, one or both cut: the letters that the cut one shows must begin the other."""
    stems = [_skeleton(name.rstrip(". ")) for name in (one, other)]
    shown = min(len(stem) for stem, name in zip(stems, (one, other), strict=True) if _is_cut(name))
    whole = [len(stem) for stem, name in zip(stems, (one, other), strict=True) if not _is_cut(name)]
    # A whole name that is shorter than what a cut one shows cannot be the same.
    if shown < _MIN_CUT_LETTERS or any(length < shown for length in whole):
        return _DIFFERENT
    starts = [stem[:shown] for stem in stems]
    return _CUT if starts[0] == starts[1] else _DIFFERENT


def _is_cut(folded: str) -> bool:
    return folded.endswith(_CUT_ENDING)


def _digits(folded: str) -> str:
    return "".join(letter for letter in folded if letter.isdigit())


def _skeleton(folded: str) -> str:
    """The name without spaces and with similar letters made the same: "Iia" and "lia", "0mar" and "omar"."""
    letters = folded.replace(" ", "")
    for similar, plain in _SIMILAR:
        letters = letters.replace(similar, plain)
    return letters

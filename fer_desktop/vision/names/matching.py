"""Whether two readings of a name are the same person's: tolerant of a reader's slips, strict between near names."""

from typing import Final

from fer_desktop.names import fold_name

SAME_PERSON_BELOW: Final = 0.5
"""Names nearer than this can be one person's."""

_SPACED: Final = 0.1
_SLIP: Final = 0.25
_CUT: Final = 0.3
_DIFFERENT: Final = 1.0

_CUT_MARK: Final = ".."
_SHORTEST_CUT: Final = 5
_SHORTEST_SLIPPED_NAME: Final = 8
_SHORTEST_SLIPPED_WORD: Final = 6
_LETTERS_A_SLIP: Final = 10
_LOOK_ALIKES: Final = (("rn", "m"), ("vv", "w"), ("0", "o"), ("1", "l"), ("|", "l"), ("!", "l"))


def name_distance(first: str, second: str) -> float:
    """How far two names as read are from one person's: 0 the same, 1 different people, symmetric.

    Below `SAME_PERSON_BELOW` they can be one person's: the spaces or a letter that looks alike differ (.1), a slip of
    the reader in a long word of a long name (.25 each), one is cut ("Priya Rama…") where the other goes on (.3).
    Short names, names with other digits, and words that end differently (Daniel, Daniela) are different people's.
    """
    if not fold_name(first) or not fold_name(second):
        return _DIFFERENT
    if fold_name(first) == fold_name(second):
        return 0.0
    # Most labels write a capital I and a small l alike; a small i has its dot.
    one, other = sorted(fold_name(name.replace("I", "l")) for name in (first, second))
    if one == other:
        return _SPACED
    if _is_cut(one) or _is_cut(other):
        return _compare_cut(one, other)
    if _digits(one) and _digits(other) and _digits(one) != _digits(other):
        return _DIFFERENT
    return _compare_words(one, other)


def _compare_words(one: str, other: str) -> float:
    """Two whole folded names that differ."""
    if one.replace(" ", "") == other.replace(" ", ""):
        return _SPACED
    longest = max(len(one), len(other))
    if longest < _SHORTEST_SLIPPED_NAME:
        return _DIFFERENT
    if _skeleton(one) == _skeleton(other):
        return _SPACED
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return _DIFFERENT
    slips = 0
    for word, like in zip(words, others, strict=True):
        if _skeleton(word) == _skeleton(like):
            continue
        if not _may_be_slip(word, like):
            return _DIFFERENT
        slips += count_edits(word, like)
    return _SLIP * slips if slips <= longest // _LETTERS_A_SLIP and _SLIP * slips < SAME_PERSON_BELOW else _DIFFERENT


def _may_be_slip(word: str, like: str) -> bool:
    """Long words of the same ending only: Maria and Mario, Daniel and Daniela are different people."""
    return min(len(word), len(like)) >= _SHORTEST_SLIPPED_WORD and word[-1] == like[-1] and word[0] == like[0]


def _compare_cut(one: str, other: str) -> float:
    """Two folded names, one or both of which break off: what is left of the shorter must begin the longer."""
    stems = [_skeleton(name.rstrip(". ")) for name in (one, other)]
    shown = min(len(stem) for stem, name in zip(stems, (one, other), strict=True) if _is_cut(name))
    whole = [len(stem) for stem, name in zip(stems, (one, other), strict=True) if not _is_cut(name)]
    # A whole name that is shorter than what a cut one shows cannot be the same.
    if shown < _SHORTEST_CUT or any(length < shown for length in whole):
        return _DIFFERENT
    starts = [stem[:shown] for stem in stems]
    return _CUT if starts[0] == starts[1] else _DIFFERENT


def count_edits(one: str, other: str) -> int:
    """Letters to put in, take out or replace to make one word the other (Levenshtein)."""
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, start=1):
        above_left, row[0] = row[0], index
        for column, like in enumerate(other, start=1):
            above_left, row[column] = (
                row[column],
                min(row[column] + 1, row[column - 1] + 1, above_left + (letter != like)),
            )
    return row[-1]


def _is_cut(folded: str) -> bool:
    return folded.endswith(_CUT_MARK)


def _digits(folded: str) -> str:
    return "".join(letter for letter in folded if letter.isdigit())


def _skeleton(folded: str) -> str:
    """The name without spaces and with letters that look alike made one: "Iia" and "lia", "0mar" and "omar"."""
    letters = folded.replace(" ", "")
    for look, plain in _LOOK_ALIKES:
        letters = letters.replace(look, plain)
    return letters

"""From the recogniser's probabilities to the text of a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.names import fold_name
from fer_desktop.types import Floats

_BLANK: Final = 0
_LIKELY_SPACE: Final = 0.02
_LIKELY_R: Final = 0.001
_LIKELY_N: Final = 0.01
"""Where small letters merge, the network's first choice hides a second one of a few per cent or per mille; true ones
have a third of this at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read; `confidence`, 0 to 1: mean over letters, digits and spaces; icons read as signs do not count.

    A doubt between forms of one letter ("ı" or "i", "Ż" or "Ž") is none: names are compared without case and marks.
    """

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    first_step: int
    last_step: int
    probability: float


def read_probabilities(probabilities: Floats, alphabet: Sequence[str]) -> Reading:
    """The likeliest text (greedy CTC) of (steps, letters) probabilities; letter 0 is the blank.

    Two things that small print merges are taken apart again where the network saw them too: a lost space between a
    small letter and a capital ("LiamO'Connor"), and "rn" read as "m".
    """
    letters = _collapse(probabilities, alphabet)
    if not letters:
        return Reading("", 0.0)
    spread = _Spread(probabilities, alphabet)
    parts = [_part_m(letters[0], spread)]
    for before, letter in pairwise(letters):
        joined = before.text.islower() and letter.text.isupper()
        if joined and spread.peak(" ", before.last_step, letter.first_step) > _LIKELY_SPACE:
            parts.append(" ")
        parts.append(_part_m(letter, spread))
    sure = [letter.probability for letter in letters if letter.text.isalnum() or letter.text.isspace()]
    return Reading("".join(parts), sum(sure) / len(sure) if sure else 0.0)


class _Spread:
    """How likely a letter was anywhere in a stretch of steps."""

    def __init__(self, probabilities: Floats, alphabet: Sequence[str]) -> None:
        self._probabilities = probabilities
        self._column = {letter: alphabet.index(letter) for letter in " rn" if letter in alphabet}

    def peak(self, letter: str, first_step: int, last_step: int) -> float:
        column = self._column.get(letter)
        if column is None:
            return 0.0
        return float(self._probabilities[max(0, first_step) : last_step + 1, column].max())


def _collapse(probabilities: Floats, alphabet: Sequence[str]) -> list[_Letter]:
    forms = _group_forms(tuple(alphabet))
    letters: list[_Letter] = []
    before = _BLANK
    for step, choice in enumerate(probabilities.argmax(axis=1).tolist()):
        if choice != _BLANK:
            chance = float(probabilities[step, forms.get(choice, choice)].sum())
            if choice == before:
                last = letters[-1]
                letters[-1] = _Letter(last.text, last.first_step, step, max(last.probability, chance))
            else:
                letters.append(_Letter(alphabet[choice], step, step, chance))
        before = choice
    return letters


@lru_cache(maxsize=2)
def _group_forms(alphabet: tuple[str, ...]) -> Mapping[int, NDArray[np.intp]]:
    """Of each letter that has more forms than one, by its index: the indices of them all."""
    by_letter: dict[str, list[int]] = {}
    for index, letter in enumerate(alphabet):
        if letter.isalpha():
            by_letter.setdefault(fold_name(letter), []).append(index)
    return {index: np.array(forms) for forms in by_letter.values() if len(forms) > 1 for index in forms}


def _part_m(letter: _Letter, spread: _Spread) -> str:
    if letter.text != "m":
        return letter.text
    begins_as_r = spread.peak("r", letter.first_step - 1, letter.first_step) > _LIKELY_R
    ends_as_n = spread.peak("n", letter.last_step, letter.last_step + 1) > _LIKELY_N
    return "rn" if begins_as_r and ends_as_n else "m"

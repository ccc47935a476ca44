"""Decodes the text of a line from the recogniser's probabilities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.roster.names import fold_name
from fer_desktop.types import Floats
from fer_desktop.vision.names.cleaning import find_notes

_BLANK: Final = 0


@dataclass(frozen=True, slots=True)
class _Config:
    """Probabilities from which a merged letter counts as seen.

    Where small letters merge, the network's first choice hides a second one of a few per cent or per mille; in lines
    without a merge the second one has a third of this at most.
    """

    min_space: float = 0.02
    min_r: float = 0.001
    min_n: float = 0.01


_CONFIG: Final = _Config()


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as read. `confidence`, 0 to 1, is its network's: see `read_probabilities`, `spell` and `_Tesseract`."""

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

    The confidence is the mean over letters, digits and spaces, without signs read from icons and without notes in
    brackets, which are no part of a name. The forms of one letter ("ı" and "i", "Ż" and "Ž") count together, as names
    are compared without case and marks.

    What small print merges is separated again where the network saw both: a lost space between a small letter and a
    capital ("LiamO'Connor"), and "rn" read as "m".
    """
    letters = _collapse(probabilities, alphabet)
    if not letters:
        return Reading("", 0.0)
    second_choices = _SecondChoices(probabilities, alphabet)
    parts = [_separate_m(letters[0], second_choices)]
    for before, letter in pairwise(letters):
        joined = before.text.islower() and letter.text.isupper()
        if joined and second_choices.peak(" ", before.last_step, letter.first_step) > _CONFIG.min_space:
            parts.append(" ")
        parts.append(_separate_m(letter, second_choices))
    notes = find_notes([letter.text for letter in letters])
    name = [letter for letter, is_note in zip(letters, notes, strict=True) if not is_note]
    counted = [letter.probability for letter in name or letters if letter.text.isalnum() or letter.text.isspace()]
    return Reading("".join(parts), sum(counted) / len(counted) if counted else 0.0)


class _SecondChoices:
    """How probable a letter was anywhere in a range of steps, chosen or not."""

    def __init__(self, probabilities: Floats, alphabet: Sequence[str]) -> None:
        self._probabilities = probabilities
        self._column = {letter: alphabet.index(letter) for letter in " rn" if letter in alphabet}

    def peak(self, letter: str, first_step: int, last_step: int) -> float:
        column = self._column.get(letter)
        if column is None:
            return 0.0
        return float(self._probabilities[max(0, first_step) : last_step + 1, column].max())


def _collapse(probabilities: Floats, alphabet: Sequence[str]) -> list[_Letter]:
    """The chosen letters, without blanks, repetitions joined."""
    forms = _group_forms(tuple(alphabet))
    letters: list[_Letter] = []
    before = _BLANK
    for step, choice in enumerate(probabilities.argmax(axis=1).tolist()):
        if choice != _BLANK:
            probability = float(probabilities[step, forms.get(choice, choice)].sum())
            if choice == before:
                last = letters[-1]
                letters[-1] = _Letter(last.text, last.first_step, step, max(last.probability, probability))
            else:
                letters.append(_Letter(alphabet[choice], step, step, probability))
        before = choice
    return letters


@lru_cache(maxsize=2)
def _group_forms(alphabet: tuple[str, ...]) -> Mapping[int, NDArray[np.intp]]:
    """By the index of each letter with more forms than one: the indices of all its forms."""
    by_letter: dict[str, list[int]] = {}
    for index, letter in enumerate(alphabet):
        if letter.isalpha():
            by_letter.setdefault(fold_name(letter), []).append(index)
    return {index: np.array(forms) for forms in by_letter.values() if len(forms) > 1 for index in forms}


def _separate_m(letter: _Letter, second_choices: _SecondChoices) -> str:
    """ "rn" for an "m" in which the network saw both letters."""
    if letter.text != "m":
        return letter.text
    begins_as_r = second_choices.peak("r", letter.first_step - 1, letter.first_step) > _CONFIG.min_r
    ends_as_n = second_choices.peak("n", letter.last_step, letter.last_step + 1) > _CONFIG.min_n
    return "rn" if begins_as_r and ends_as_n else "m"

"""Masks students' names in the teacher's texts, for files without single students."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Final

from fer_desktop.messages import mark

SOMEBODY: Final = mark("a student")

_ONE: Final = "student|विद्यार्थी|persona?|schüler(?:in)?|lernender?|élève|étudiante?|estudiante|alumn[oa]"
_SEVERAL: Final = "students|person(?:en|as)|schüler(?:innen)?|lernenden?|élèves|étudiante?s|estudiantes|alumn[oa]s"
_NUMBER: Final = r"(?:(?:no|nr)\.?\s*|n\.?\s?[°ºo]\.?\s*|(?:number|नंबर|nummer|numéro|número)\s+)?\d+"
_AND: Final = r"(?:,|&|(?<!\w)(?:and|और|und|et|y|e)(?!\w))"
_PSEUDONYM: Final = re.compile(
    rf"(?<!\w)(?:(?:{_SEVERAL})\s+{_NUMBER}(?:\s*{_AND}\s*{_NUMBER})+|(?:{_ONE})\s+{_NUMBER})(?!\w)", re.IGNORECASE
)
"""The pseudonyms in each language of the windows, and a teacher's own words and plurals of them."""
_SHORT_LETTERS: Final = 2
_ORDINARY: Final = re.compile(
    "ab|ad|al|am|an|as|at|au|by|ce|da|de|di|do|du|el|en|er|es|et|fe|go|ha|he|if|il|im|in|is|it|ja|je|la|"
    "le|lo|ma|me|mi|my|ne|ni|no|nu|of|oh|ok|on|or|os|ou|pe|sa|se|si|so|su|ta|te|to|tu|um|un|up|us|va|ve|we|wo|ya|yo|zu"
)
"""Words of two letters in the languages with capitals: at the start of a sentence they have one too."""
_ACCENTS: Final = "[\u0300-\u036f]"
_ACCENT: Final = re.compile(_ACCENTS)
_LAST_MARK: Final = 0xABFF
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts without spaces between words, or with suffixes on names: Thai to Khmer, Chinese, Japanese, Korean."""


class NameMask:
    """Masks the names of a class: full names in any case, their words as written or with a capital.

    Lists write "DUPONT" and call windows "priya rao", a teacher "Dupont" and "Priya". "mark" stays where a "Mark" is in
    the class: small letters count only in a name that is written so. Accents may be there or not, in any Unicode form.
    Nicknames are not recognised: read the notes in a file before sharing it.
    """

    def __init__(self, names: Iterable[str], *, replacement: str = SOMEBODY) -> None:
        """`replacement`: the replacement for every name."""
        self._somebody = replacement
        plain = (_ACCENT.sub("", _set_accents_apart(name.strip())) for name in names)
        known = sorted({name for name in plain if name}, key=len, reverse=True)
        self._written = frozenset(word for name in known for word in _words_of(name))
        forms = {form for word in self._written for form in (word, word.upper())}
        self._names = _compile_any(known, re.IGNORECASE)
        self._words = _compile_any(sorted(forms, key=len, reverse=True), re.IGNORECASE)

    def mask(self, text: str) -> str:
        """`text` with every name and pseudonym replaced, in the Unicode form NFC."""
        text = _set_accents_apart(_PSEUDONYM.sub(self._mask_name, unicodedata.normalize("NFC", text)))
        for pattern, mask in ((self._names, self._mask_name), (self._words, self._mask_word)):
            if pattern is not None:
                text = pattern.sub(mask, text)
        return unicodedata.normalize("NFC", text)

    def _mask_name(self, _: re.Match[str]) -> str:
        return self._somebody

    def _mask_word(self, found: re.Match[str]) -> str:
        word = _ACCENT.sub("", found[0])
        is_name = not word[0].islower() or word in self._written
        if len(word) <= _SHORT_LETTERS and not _is_uncased(word):
            is_name = word.istitle() or (word in self._written and word.isupper())
        return self._somebody if is_name else found[0]


def _set_accents_apart(text: str) -> str:
    """With each accent after its letter. Signs of other scripts stay as they are: there they are no variants."""
    letters = ((letter, unicodedata.normalize("NFD", letter)) for letter in unicodedata.normalize("NFC", text))
    return "".join(parts if _ACCENT.search(parts) else letter for letter, parts in letters)


def _words_of(name: str) -> Iterator[str]:
    """The words of a name that are searched alone: those of two letters only where they are no ordinary words."""
    for lettered, letters in groupby(name, key=_is_letter):
        word = "".join(letters)
        if lettered and len(word) >= _SHORT_LETTERS and not _ORDINARY.fullmatch(word.lower()):
            yield word


def _is_uncased(word: str) -> bool:
    return word.lower() == word.upper()


def _is_letter(char: str) -> bool:
    """Whether it is a letter or a combining mark: vowels of Indic scripts, accents."""
    return unicodedata.category(char)[0] in "LM"


def _compile_any(names: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    joined = "|".join(_bounded(name) for name in names)
    return re.compile(joined, flags) if joined else None


def _bounded(name: str) -> str:
    """A pattern for the whole name, with any white space, not inside a longer word."""
    spaced = r"\s+".join("".join(f"{re.escape(letter)}{_ACCENTS}*" for letter in word) for word in name.split())
    before = "" if _UNSPACED.match(name[0]) else f"(?<![\\w{_marks()}])"
    after = "" if _UNSPACED.match(name[-1]) else f"(?![\\w{_marks()}])"
    return f"{before}{spaced}{after}"


@cache
def _marks() -> str:
    r"""Combining marks that `\w` lacks, up to the Indic scripts, as ranges of a character class."""
    codes = [code for code in range(_LAST_MARK) if unicodedata.category(chr(code)).startswith("M")]
    runs = groupby(enumerate(codes), key=lambda placed: placed[1] - placed[0])
    ends = [[code for _, code in run] for _, run in runs]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ends)

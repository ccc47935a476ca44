"""The signs in which the Bengali network reads a line, in the order in which they stand, and the text that they spell.

Unicode writes a vowel that stands before its letters behind them, and an r that stands above its letters before them.
A network that reads from left to right gets them in the order in which they are seen. A letter that hangs below another
one, or is melted into it, is a sign of its own.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_VIRAMA: Final = "\u09cd"
_LETTERS: Final = (*"কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহৰৱ", "ড\u09bc", "ঢ\u09bc", "য\u09bc")
_R_ABOVE: Final = "\ue000"
"""A sign for the r above a letter, of the private use area."""
FOREIGN: Final = "\ufffd"
"""A word in another script."""
SIGNS: Final[Sequence[str]] = (
    *"অআইঈউঊঋএঐওঔৎ",
    *_LETTERS,
    *(_VIRAMA + letter for letter in _LETTERS),
    _R_ABOVE,
    *"\u09be\u09bf\u09c0\u09c1\u09c2\u09c3\u09c7\u09c8\u09d7\u0981\u0982\u0983\u09cd",
    *"০১২৩৪৫৬৭৮৯0123456789 .-'()",
    FOREIGN,
)
"""Output 0 of the network is the blank, 1 the first of these."""

_JOINER: Final = "\u200d"
_R_WITH_Y: Final = re.compile(f"([রৰ])(?={_VIRAMA}য(?!\u09bc))")
"""An r with a y below, as in র‍্যাচেল, is written with a joiner; without it, it is a y with an r above."""
_LETTER: Final = "[ক-হৰৱ]\u09bc?"
_LETTERS_JOINED: Final = f"{_LETTER}(?:{_JOINER}?{_VIRAMA}{_LETTER})*"
_BEFORE: Final = "[\u09bf\u09c7\u09c8]"
_WRITTEN: Final = re.compile(f"([রৰ]{_VIRAMA}(?={_LETTER}))?({_LETTERS_JOINED})({_BEFORE})?")
_SEEN: Final = re.compile(f"({_BEFORE})?({_LETTERS_JOINED})({_R_ABOVE})?")
_SIGN: Final = re.compile("|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True)))
_OTHER_WORD: Final = re.compile(r"(?:(?![\u0980-\u09ff\ue000])[^\W\d_])+")


def split_into_signs(text: str) -> Sequence[str]:
    """The signs of a text in the order in which they stand; letters that have none are words in another script."""
    decomposed = unicodedata.normalize("NFD", text)
    seen = _WRITTEN.sub(
        lambda found: (found[3] or "") + found[2] + (_R_ABOVE if found[1] else ""),
        decomposed,
    )
    return _SIGN.findall(_OTHER_WORD.sub(FOREIGN, seen))


def join_signs(signs: Sequence[str]) -> str:
    """The text that the signs spell, in Unicode's order (NFC)."""
    seen = _R_WITH_Y.sub(rf"\1{_JOINER}", "".join(signs))
    r = "ৰ" if ("ৰ" in seen or "ৱ" in seen) and "র" not in seen else "র"
    written = _SEEN.sub(
        lambda found: (r + _VIRAMA if found[3] else "") + found[2] + (found[1] or ""),
        seen,
    )
    return unicodedata.normalize("NFC", written.replace(_R_ABOVE, ""))

"""Names of people in the two forms that the program uses: tidied for storage, folded for comparison."""

import unicodedata
from typing import Final

_STROKES: Final = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not decompose, and that a reader without them takes for the plain ones."""
_APOSTROPHES: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "‐": "-", "–": "-"})


_JOINERS: Final = "\u200c\u200d"
"""Zero-width signs that belong to the spelling of Hindi and Persian names."""


def tidy_name(name: str | None) -> str | None:
    """One line with single spaces, composed (NFC), without invisible signs; None for an empty name.

    Control characters, bidirectional overrides and other format characters could make a name look like another one.
    """
    line = " ".join((name or "").split())
    visible = (sign for sign in line if sign in _JOINERS or unicodedata.category(sign) not in ("Cc", "Cf", "Cs"))
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split()).strip(_JOINERS) or None


def fold_name(name: str) -> str:
    """The name for comparison: case and accents folded (NFKD, marks dropped), single spaces; "…" becomes "..."."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES).casefold())
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(letters.translate(_STROKES).split())

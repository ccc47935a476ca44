"""Extracts the name from the text of a label, or decides that the text holds none."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from fer_desktop.roster.names import tidy_name

_MARKS: Final = "".join(chr(code) for code in range(0x0590, 0x0E80) if unicodedata.category(chr(code))[0] == "M")
"""Vowel signs and other marks, from Hebrew to Thai: parts of words, though `\\w` does not match them."""
_MAX_LENGTH: Final = 64
_MAX_WORDS: Final = 7
_MIN_LETTERS: Final = 2
_MIN_LETTER_SHARE: Final = 0.6
_STUDENT_NUMBER: Final = re.compile(r"(?<!\w)\d{4,}(?!\w)")
"""Universities have their students write it before or behind the name."""
_OPENING, _CLOSING = "([{（", ")]}）"
_NOTE: Final = re.compile(rf"[{re.escape(_OPENING)}].*?([{re.escape(_CLOSING)}]|$)")
_CUT: Final = re.compile(r"\s*(?:…|⋯|\.{2,}|。{2,}|·{2,})[\s.]*$")
_JUNK_BEFORE: Final = re.compile(rf"^(?:(?![{_MARKS}])[\W_])+")
_JUNK_AFTER: Final = re.compile(rf"[^\w.…{_MARKS}]+$|(?<=\w)_+$")
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d{2}")
_WORD_PART: Final = re.compile(r"(?<!['’])[^\W_]+")
_CAPITAL_I: Final = re.compile(r"(?<=.)I(?![A-ZÀ-Þ])")
_SMALL_L: Final = re.compile(r"^l(?=[bcdfghjkmnpqrstvwxyz]|an$|ann|aco|on(?!g)|oan|osi|uli)")
_SMALL_WORDS: Final = re.compile(r"a[fl]|av|bin|d[aeiou]|das|del|della|de[nr]|dos|el|ibn|l[ae]|st|te|te[nr]|van|von|zu")
_NOT_NAMES: Final = frozenset({"you", "me", "host", "mute", "unmute", "muted", "connecting", "presenting", "loading"})
_BUTTONS: Final = re.compile(
    r"(?:(?:leave|end|join)(?: the)? (?:meeting|call|room|session)|(?:start|stop) (?:video|camera|recording|sharing)"
    r"|share screen|(?:gallery|speaker|side-by-side) view|(?:enter|exit) full ?screen|raise hand|(?:view|more) options"
    r"|breakout rooms|show captions|host tools|recording)",
    re.IGNORECASE,
)
"""What is written on the buttons of call windows, which lie over the tiles..."""
_EVENTS: Final = re.compile(
    r"\b(?:audio (?:is )?(?:dis)?connected|connecting to audio|(?:has |have )?(?:joined|left) the (?:call|meeting|room)"
    r"|is (?:talking|presenting|sharing)|raised (?:a |their )?hand|you are (?:viewing|muted))\b"
    r"|连接音频|连接语音|加入了?会议|离开了?会议",
    re.IGNORECASE,
)
"""...and their messages, which may begin with a name."""
_NUMERALS: Final = frozenset({"II", "III", "IV", "VI", "VII", "VIII"})


def clean_name(text: str) -> str | None:
    """The name in a label's text; None where it holds none: too short, a clock, a button's word, a sentence.

    Notes in brackets ("(Host, me)") and signs read from icons are dropped, spaces are made single, and a cut name ends
    in "…". The capital I and the small l, which look the same in most labels, are corrected by their position.
    """
    whole = tidy_name(_NOTE.sub(" ", text)) or ""
    name = _CUT.sub("", whole)
    cut = "…" if name != whole else ""
    name = _JUNK_AFTER.sub("", _JUNK_BEFORE.sub("", name))
    if not _can_be_name(name):
        return None
    name = _correct_similar_letters(name)
    return None if _lacks_beginning(name) else name + cut


def find_notes(signs: Sequence[str]) -> list[bool]:
    """Whether each sign belongs to a note in brackets; one that is not closed goes on to the end."""
    found, is_inside = list[bool](), False
    for sign in signs:
        is_inside = (is_inside or sign in _OPENING) and sign not in _CLOSING
        found.append(is_inside or sign in _CLOSING)
    return found


def ends_in_note(text: str) -> bool:
    """Whether a note is open at the text's end."""
    return bool(text) and text[-1] not in _CLOSING and find_notes(text)[-1]


def _can_be_name(name: str) -> bool:
    letters = sum(letter.isalpha() or letter in _MARKS for letter in name)
    return (
        letters >= _MIN_LETTERS
        and letters >= _MIN_LETTER_SHARE * len(_STUDENT_NUMBER.sub("", name).replace(" ", ""))
        and len(name) <= _MAX_LENGTH
        and len(name.split()) <= _MAX_WORDS
        and name.casefold() not in _NOT_NAMES
        and not _CLOCK.search(name)
        and not _BUTTONS.fullmatch(name)
        and not _EVENTS.search(name)
    )


def _lacks_beginning(name: str) -> bool:
    """ "edro Alves": a small word before a capitalised one, and no "van" or "de": letters before it may be missing."""
    first, *others = name.split()
    return first.islower() and not _SMALL_WORDS.fullmatch(first) and any(word[0].isupper() for word in others)


def _correct_similar_letters(name: str) -> str:
    """ "Priya lyer" is Priya Iyer, "AI-Sayed" Al-Sayed; names all in capitals or all in small letters are kept."""
    if name.isupper() or name.islower():
        return name
    return _WORD_PART.sub(lambda part: _correct_part(part[0]), name)


def _correct_part(part: str) -> str:
    part = _SMALL_L.sub("I", part)
    is_correct = part in _NUMERALS or (len(part) > 2 and part.isupper())
    return part if is_correct else _CAPITAL_I.sub("l", part)

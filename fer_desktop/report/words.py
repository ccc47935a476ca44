"""The words of a report: plain and calm, in English as all files of the engine."""

import unicodedata
from datetime import datetime, timedelta
from typing import Final

from fer_desktop.types import EXPRESSIONS, Floats, attention_level
from fer_desktop.wording import EXPRESSION_WORDS, name_mood

UNKNOWN: Final = "–"

_WORTH_NAMING: Final = 0.2
_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str) -> str:
    """A text from outside on one line, without characters that steer a terminal or turn the text around it."""
    kept = (" " if char.isspace() else char for char in text if char not in _BIDI_CONTROLS)
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs")).strip()


def count(number: int, one: str, many: str | None = None) -> str:
    """1 student, 2 students."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def join_words(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def format_time(began: datetime, second: float) -> str:
    """14:05: that second of a session that began then; `began` is on the clock that is meant."""
    return f"{began + timedelta(seconds=second):%H:%M}"


def format_share(share: float) -> str:
    """A whole per cent; a dash for NaN."""
    return UNKNOWN if share != share else f"{100 * share:.0f} %"


def format_count(mean: float) -> str:
    """A mean number of people, whole; a dash for NaN."""
    return UNKNOWN if mean != mean else f"{mean:.0f}"


def describe_mood(mood: float) -> str:
    """A mood of -1 to 1 in words; a dash for NaN."""
    return UNKNOWN if mood != mood else name_mood(mood)


def describe_attention(index: float) -> str:
    """The three levels of the concentration index; a dash for NaN."""
    if index != index:
        return UNKNOWN
    return str(attention_level(index))


def describe_expressions(probabilities: Floats) -> str:
    """`neutral (61 %) and happy (22 %)`: what a class showed most, for its mean (7,) probabilities."""
    ranked = sorted(zip(probabilities.tolist(), EXPRESSIONS, strict=True), reverse=True, key=lambda pair: pair[0])
    named = [pair for pair in ranked if pair[0] >= _WORTH_NAMING] or ranked[:1]
    return join_words([f"{EXPRESSION_WORDS[expression]} ({format_share(share)})" for share, expression in named])

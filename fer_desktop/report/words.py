"""The texts of a report's values, in the report's language."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import Final

from fer_desktop.messages import Language, Message, mark
from fer_desktop.messages.words import ATTENTION_WORDS, EXPRESSION_WORDS, name_mood
from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import EXPRESSIONS, Floats, attention_level

UNKNOWN: Final = "–"

_STUDENT: Final = mark("Student {number}")
_SHARE: Final = mark("{percent} %")
_EXPRESSION_SHARE: Final = mark("{expression} ({share})")
_LAST_TWO: Final = mark("{first} and {second}")
_FIRST_ONES: Final = mark("{first}, {second}")

_MIN_SHARE_LISTED: Final = 0.2
_BIDI_CONTROLS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str) -> str:
    """A user's text on one line, without control characters or bidirectional overrides."""
    kept = (" " if char.isspace() else char for char in text if char not in _BIDI_CONTROLS)
    return "".join(char for char in kept if unicodedata.category(char) not in ("Cc", "Cs")).strip()


def render_clean(message: Message | None, language: Language) -> str:
    """A message on one line, as `clean_text` has it; "" where there is none."""
    return "" if message is None else clean_text(language.render(message))


def name_student(student: int, label: str | None, language: Language) -> str:
    """The student's name as it is, or "Student 7"."""
    return clean_text(label) if label and label != pseudonym(student) else language.text(_STUDENT, number=student)


def join_words(words: Sequence[str], language: Language) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if not words:
        return ""
    *others, last = words
    if not others:
        return last
    listed = reduce(lambda first, second: language.text(_FIRST_ONES, first=first, second=second), others)
    return language.text(_LAST_TWO, first=listed, second=last)


def format_time(moment: datetime) -> str:
    """14:05: the time of day, in the time zone of `moment`."""
    return f"{moment:%H:%M}"


def format_share(share: float, language: Language) -> str:
    """A whole percentage; a dash for NaN."""
    return UNKNOWN if share != share else language.text(_SHARE, percent=f"{100 * share:.0f}")


def format_count(mean: float) -> str:
    """A mean number of people, rounded; a dash for NaN."""
    return UNKNOWN if mean != mean else f"{mean:.0f}"


def describe_mood(mood: float, language: Language) -> str:
    """A mood of -1 to 1 in words; a dash for NaN."""
    return UNKNOWN if mood != mood else language.text(name_mood(mood))


def describe_attention(index: float, language: Language) -> str:
    """The level of the attention index; a dash for NaN."""
    return UNKNOWN if index != index else language.text(ATTENTION_WORDS[attention_level(index)])


def describe_expressions(probabilities: Floats, language: Language) -> str:
    """`neutral (61 %) and happy (22 %)`: the leading expressions of mean (7,) probabilities."""
    ranked = sorted(zip(probabilities.tolist(), EXPRESSIONS, strict=True), reverse=True, key=lambda pair: pair[0])
    named = [pair for pair in ranked if pair[0] >= _MIN_SHARE_LISTED] or ranked[:1]
    texts = [
        language.text(
            _EXPRESSION_SHARE,
            expression=language.text(EXPRESSION_WORDS[expression]),
            share=format_share(share, language),
        )
        for share, expression in named
    ]
    return join_words(texts, language)

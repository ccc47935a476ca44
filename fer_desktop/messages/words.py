"""The English words of what windows and reports both name, marked for translation, and the session's clock."""

from typing import Final

from fer_desktop.messages.texts import mark
from fer_desktop.types import (
    BALANCED_MOOD,
    CLEAR_MOOD,
    AttentionLevel,
    EventKind,
    Expression,
    FlagKind,
    UnreadableReason,
)

EXPRESSION_WORDS: Final = {
    Expression.ANGRY: mark("angry"),
    Expression.DISGUST: mark("disgusted"),
    Expression.FEAR: mark("afraid"),
    Expression.HAPPY: mark("happy"),
    Expression.SAD: mark("sad"),
    Expression.SURPRISE: mark("surprised"),
    Expression.NEUTRAL: mark("neutral"),
}

READ_OUTSIDE: Final = mark(
    "On {pictures} news photographs, each read without having learned from that person, it recognised {negative} of "
    "100 negative faces (angry, disgusted, afraid or sad), {neutral} of 100 neutral ones and {positive} of 100 happy "
    "ones. Of 100 faces that it called negative, {right} were: a single negative reading is often of a neutral face."
)
"""Of a model's figures on photographs that are closer to daily life than its test set."""

FLAG_WORDS: Final = {
    FlagKind.AWAY: mark("Away"),
    FlagKind.CAMERA_OFF: mark("Camera off"),
    FlagKind.NEGATIVE: mark("Persistently negative"),
    FlagKind.DROWSY: mark("Eyes closed"),
    FlagKind.CLASS_DROP: mark("Mood dropped"),
}

UNREADABLE_WORDS: Final = {
    UnreadableReason.TURNED: mark("turned away"),
    UnreadableReason.MASKED: mark("face covered"),
    UnreadableReason.CUT_OFF: mark("face cut off"),
    UnreadableReason.TOO_SMALL: mark("face too small"),
    UnreadableReason.TOO_DARK: mark("too dark"),
}
"""Why the face of a student who is there cannot be read."""

GAP_WORDS: Final = {
    EventKind.PAUSED: mark("paused"),
    EventKind.CAPTURE_LOST: mark("picture lost"),
    EventKind.DISPLAY_LOST: mark("screen lost"),
    EventKind.PICTURE_FROZEN: mark("picture frozen"),
    EventKind.SUSPENDED: mark("computer asleep"),
    EventKind.STALLED: mark("program not running"),
}
"""Why nothing was watched, by the kind of event that began it."""

ATTENTION_WORDS: Final = {
    AttentionLevel.HIGH: mark("high"),
    AttentionLevel.MIDDLE: mark("medium"),
    AttentionLevel.LOW: mark("low"),
}

_BALANCED: Final = mark("balanced")
_SLIGHTLY_POSITIVE: Final = mark("slightly positive")
_SLIGHTLY_NEGATIVE: Final = mark("slightly negative")
_POSITIVE: Final = mark("positive")
_NEGATIVE: Final = mark("negative")


def format_clock(second: float) -> str:
    """12:34, or 1:02:03 from an hour on."""
    whole = max(0, int(second))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def name_mood(mood: float) -> str:
    """The English word for a mood of -1 to 1: five steps, as the readings are no more precise than that."""
    if abs(mood) < BALANCED_MOOD:
        return _BALANCED
    if abs(mood) < CLEAR_MOOD:
        return _SLIGHTLY_POSITIVE if mood > 0 else _SLIGHTLY_NEGATIVE
    return _POSITIVE if mood > 0 else _NEGATIVE

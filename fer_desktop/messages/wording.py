"""Words and times that windows and reports tell alike: English here, marked so that windows can translate them."""

from typing import Final

from fer_desktop.messages.told import mark
from fer_desktop.types import BALANCED_MOOD, CLEAR_MOOD, AttentionLevel, Expression, FlagKind

EXPRESSION_WORDS: Final = {
    Expression.ANGRY: mark("angry"),
    Expression.DISGUST: mark("disgusted"),
    Expression.FEAR: mark("afraid"),
    Expression.HAPPY: mark("happy"),
    Expression.SAD: mark("sad"),
    Expression.SURPRISE: mark("surprised"),
    Expression.NEUTRAL: mark("neutral"),
}

FLAG_WORDS: Final = {
    FlagKind.AWAY: mark("Away"),
    FlagKind.CAMERA_OFF: mark("Camera off"),
    FlagKind.NEGATIVE: mark("Persistently negative"),
    FlagKind.DROWSY: mark("Eyes closed"),
    FlagKind.CLASS_DROP: mark("Mood dropped"),
}

ATTENTION_WORDS: Final = {
    AttentionLevel.HIGH: mark("high"),
    AttentionLevel.MIDDLE: mark("middle"),
    AttentionLevel.LOW: mark("low"),
}

_SECONDS: Final = mark("{seconds} s")
_MINUTES: Final = mark("{minutes} min")
_HOURS: Final = mark("{hours} h {minutes} min")

_EVEN: Final = mark("even")
_SLIGHTLY_POSITIVE: Final = mark("slightly positive")
_SLIGHTLY_NEGATIVE: Final = mark("slightly negative")
_POSITIVE: Final = mark("positive")
_NEGATIVE: Final = mark("negative")


def format_clock(second: float) -> str:
    """12:34, or 1:02:03 from an hour on."""
    whole = max(0, int(second))
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def format_duration(seconds: float) -> str:
    """45 s, 3 min, 1 h 5 min."""
    whole = max(0, int(seconds))
    if whole < 60:
        return _SECONDS.format(seconds=whole)
    if whole < 3600:
        return _MINUTES.format(minutes=whole // 60)
    return _HOURS.format(hours=whole // 3600, minutes=whole % 3600 // 60)


def say_duration(seconds: int) -> str:
    """The same, but 90 s as well: how long something lasts, as precise as a rule that can be set."""
    return _SECONDS.format(seconds=seconds) if seconds < 120 and seconds % 60 else format_duration(seconds)


def name_mood(mood: float) -> str:
    """A mood of -1 to 1 in words; never to the decimal, as the reading does not carry that."""
    if abs(mood) < BALANCED_MOOD:
        return _EVEN
    if abs(mood) < CLEAR_MOOD:
        return _SLIGHTLY_POSITIVE if mood > 0 else _SLIGHTLY_NEGATIVE
    return _POSITIVE if mood > 0 else _NEGATIVE

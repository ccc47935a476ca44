"""The rules of the flags in plain words, for whoever sets them."""

from typing import Final

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.messages import Language, mark
from fer_desktop.types import FlagKind

_AWAY: Final = mark("Not in the call, or nobody at the camera, for {after_s:duration}.")
_CAMERA_OFF: Final = mark("Camera off for {after_s:duration}.")
_DROWSY: Final = mark(
    "Eyes closed most of the time for {after_s:duration}, more than usual; looking down does not count."
)
_NEGATIVE: Final = mark("More negative than usual for {after_s:duration}; fear or sadness alone does not count.")
_CLASS_DROP: Final = mark(
    "The mood of most students, at least five, falls by {percent} % or more within 15 seconds (100 %: from fully "
    "positive to balanced), or turns from good to bad within half a minute."
)
_LIMITS: Final = mark(
    "Appears again after {after_s:duration} at the earliest, and not at all once you have dismissed it twice. It is a "
    "prompt to check, not a judgement."
)


def describe_rules(rules: FlagRules, language: Language) -> dict[FlagKind, str]:
    """One sentence for each flag, with the numbers of these rules. Of the mood, -1 to 1, the distance of 1 is 100 %."""
    return {
        FlagKind.AWAY: language.text(_AWAY, after_s=rules.away_after_s),
        FlagKind.CAMERA_OFF: language.text(_CAMERA_OFF, after_s=rules.camera_off_after_s),
        FlagKind.DROWSY: language.text(_DROWSY, after_s=rules.drowsy_after_s),
        FlagKind.NEGATIVE: language.text(_NEGATIVE, after_s=rules.negative_after_s),
        FlagKind.CLASS_DROP: language.text(_CLASS_DROP, percent=f"{100 * rules.class_drop:.0f}"),
    }


def describe_limits(rules: FlagRules, language: Language) -> str:
    """What holds for every flag."""
    return language.text(_LIMITS, after_s=rules.repeat_after_s)

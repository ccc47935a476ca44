"""The rules of the flags in plain words, for whoever sets them."""

from typing import Final

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.messages import Language, mark
from fer_desktop.types import FlagKind

_AWAY: Final = mark(
    "Not in the call, or camera on but nobody in view, for {after_s:duration}. Students whose face is not seen, for "
    "example because they write or wear a mask, are not away."
)
_CAMERA_OFF: Final = mark("Camera off for {after_s:duration}.")
_DROWSY: Final = mark(
    "Eyes closed in most checks over {after_s:duration}, much more than usual for this student. Students who look "
    "down, or whose face is small in the window, are not checked."
)
_NEGATIVE: Final = mark(
    "Clearly more negative than usual for this student, for {after_s:duration}. Fear or sadness alone never raises "
    "this flag, because both are often misread."
)
_CLASS_DROP: Final = mark(
    "The mood of the class (from -1 to 1) is {drop} or more lower than in the minutes before, for most students and at "
    "least five of them, and is now low."
)
_LIMITS: Final = mark(
    "Only watched time counts, not pauses. The same flag appears again after {after_s:duration} at the earliest. If "
    "you dismiss a flag, it appears again only after its cause clears and recurs. If you dismiss it twice, it stays "
    "off for this lesson. A flag is a prompt to check, not a judgement."
)


def describe_rules(rules: FlagRules, language: Language) -> dict[FlagKind, str]:
    """What each flag means, with the numbers of these rules."""
    return {
        FlagKind.AWAY: language.text(_AWAY, after_s=rules.away_after_s),
        FlagKind.CAMERA_OFF: language.text(_CAMERA_OFF, after_s=rules.camera_off_after_s),
        FlagKind.DROWSY: language.text(_DROWSY, after_s=rules.drowsy_after_s),
        FlagKind.NEGATIVE: language.text(_NEGATIVE, after_s=rules.negative_after_s),
        FlagKind.CLASS_DROP: language.text(_CLASS_DROP, drop=f"{rules.class_drop:g}"),
    }


def describe_limits(rules: FlagRules, language: Language) -> str:
    """What holds for every flag."""
    return language.text(_LIMITS, after_s=rules.repeat_after_s)

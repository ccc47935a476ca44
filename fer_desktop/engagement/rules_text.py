"""The rules of the flags in plain words, for whoever sets them."""

from typing import Final

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.messages import Language, mark
from fer_desktop.types import FlagKind

_AWAY: Final = mark("Not in the call, or the camera is on and no face is seen, for {after_s:duration}.")
_CAMERA_OFF: Final = mark("The camera is off for {after_s:duration}.")
_DROWSY: Final = mark(
    "The eyes are shut in most looks over {after_s:duration}, much further than this student's usually are. Whoever "
    "looks down, or whose face is small in the window, is not judged."
)
_NEGATIVE: Final = mark(
    "The face looks clearly more negative than this student's usually does, for {after_s:duration}. Fear or sadness "
    "alone never raise it: both are misread too often."
)
_CLASS_DROP: Final = mark(
    "The mood of the class (from -1 to 1) falls by {drop} or more against its last minutes, for most of the students "
    "and five at least, and is low then."
)
_LIMITS: Final = mark(
    "Only watched time counts: a pause is nobody's absence. A flag that comes and goes is raised again after "
    "{after_s:duration} at the earliest. Once dismissed it waits until its reason has ended and comes anew; dismissed "
    "twice, it stays quiet for the session. A flag is a hint to look, not a finding."
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

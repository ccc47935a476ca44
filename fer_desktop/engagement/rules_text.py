"""The rules of the flags in plain words, for whoever sets them."""

from typing import Final

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.messages.told import mark
from fer_desktop.messages.wording import say_duration
from fer_desktop.types import FlagKind

_AWAY: Final = mark("Not in the call, or the camera is on and no face is seen, for {duration}.")
_CAMERA_OFF: Final = mark("The camera is off for {duration}.")
_DROWSY: Final = mark(
    "The eyes are shut in most looks over {duration}, much further than this student's usually are. Whoever looks "
    "down, or whose face is small in the window, is not judged."
)
_NEGATIVE: Final = mark(
    "The face looks clearly more negative than this student's usually does, for {duration}. Fear or sadness alone "
    "never raise it: both are misread too often."
)
_CLASS_DROP: Final = mark(
    "The mood of the class (from -1 to 1) falls by {drop} or more against its last minutes, for most of the students "
    "and five at least, and is low then."
)
_LIMITS: Final = mark(
    "Only watched time counts: a pause is nobody's absence. A flag that comes and goes is raised again after "
    "{duration} at the earliest. Once dismissed it waits until its reason has ended and comes anew; dismissed twice, "
    "it stays quiet for the session. A flag is a hint to look, not a finding."
)


def describe_rules(rules: FlagRules) -> dict[FlagKind, str]:
    """What each flag means, with the numbers of these rules."""
    return {
        FlagKind.AWAY: _AWAY.format(duration=say_duration(rules.away_after_s)),
        FlagKind.CAMERA_OFF: _CAMERA_OFF.format(duration=say_duration(rules.camera_off_after_s)),
        FlagKind.DROWSY: _DROWSY.format(duration=say_duration(rules.drowsy_after_s)),
        FlagKind.NEGATIVE: _NEGATIVE.format(duration=say_duration(rules.negative_after_s)),
        FlagKind.CLASS_DROP: _CLASS_DROP.format(drop=f"{rules.class_drop:g}"),
    }


def describe_limits(rules: FlagRules) -> str:
    """What holds for every flag."""
    return _LIMITS.format(duration=say_duration(rules.repeat_after_s))

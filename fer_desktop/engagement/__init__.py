"""From single frames to the class: seconds, smoothed states, mood, and flags with their evidence."""

from fer_desktop.engagement.flags import FlagRules
from fer_desktop.engagement.history import LONGEST_STEP_S
from fer_desktop.engagement.observer import ClassObserver

__all__ = ["LONGEST_STEP_S", "ClassObserver", "FlagRules"]

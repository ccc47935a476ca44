"""What is looked at in a frame, so that watching costs little beside the call, and reading a recording little time."""

from fer_desktop.vision.budget.frame_budget import FrameBudget, LookPlan, look_everywhere
from fer_desktop.vision.budget.live_budget import LiveBudget
from fer_desktop.vision.budget.pace import PaceKeeper
from fer_desktop.vision.budget.recording_budget import RecordingBudget

__all__ = ["FrameBudget", "LiveBudget", "LookPlan", "PaceKeeper", "RecordingBudget", "look_everywhere"]

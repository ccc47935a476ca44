"""What is looked at in a frame of a live call, so that watching costs little beside the call."""

from fer_desktop.vision.budget.live_budget import FrameBudget, LiveBudget, LookPlan, look_everywhere
from fer_desktop.vision.budget.pace import PaceKeeper

__all__ = ["FrameBudget", "LiveBudget", "LookPlan", "PaceKeeper", "look_everywhere"]

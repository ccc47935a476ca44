"""A session while it runs: its threads, the slots between them, states, faults and statistics."""

from fer_desktop.session.latest_slot import LatestSlot
from fer_desktop.session.pipeline import Pipeline

__all__ = ["LatestSlot", "Pipeline"]

"""Which student a tile or a face shows, across moves, cameras off and on, leaving and coming back."""

from fer_desktop.vision.identity.tracker import StudentTracker

__all__ = ["StudentTracker"]

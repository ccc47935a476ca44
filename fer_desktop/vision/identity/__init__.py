"""Which student a tile or a face shows, also after it moved, its camera was off, or the student left and returned."""

from fer_desktop.vision.identity.tracker import StudentTracker

__all__ = ["StudentTracker"]

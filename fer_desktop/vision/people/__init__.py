"""People: who is there in tiles whose face was not found."""

from fer_desktop.vision.people.people_finder import PeopleFinder

__all__ = ["PeopleFinder"]

"""People: who is there in tiles whose face was not found, or whose picture never moves."""

from fer_desktop.vision.people.people_finder import PeopleFinder
from fer_desktop.vision.people.still_pictures import StillPictureFinder

__all__ = ["PeopleFinder", "StillPictureFinder"]

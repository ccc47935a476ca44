"""Where the participants' tiles are in a call window, and whether their cameras are on."""

from fer_desktop.vision.gallery.tile_finder import TrackingTileFinder

__all__ = ["TrackingTileFinder"]

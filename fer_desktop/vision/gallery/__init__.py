"""Where the participants' tiles are in a call window, and whether their cameras are on."""

from fer_desktop.vision.gallery.tile_finder import LIVE_TRACKING, TRACKING, TrackingTileFinder

__all__ = ["LIVE_TRACKING", "TRACKING", "TrackingTileFinder"]

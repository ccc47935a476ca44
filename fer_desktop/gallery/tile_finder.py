"""Finds the tiles of a gallery, and follows them cheaply while the layout stays."""

from fer_desktop.gallery.camera import is_camera_on
from fer_desktop.gallery.layout import Layout, find_layout
from fer_desktop.types import Image, Tile

REFRESH_FRAMES = 25
"""A layout is found anew at least this often: small shifts of a pixel or two do not show in the cheap check."""


class FollowingTileFinder:
    """A `TileFinder` that finds a layout once and keeps it while nothing outside the tiles changes."""

    def __init__(self, *, refresh_frames: int = REFRESH_FRAMES) -> None:
        self._refresh_frames = refresh_frames
        self._layout: Layout | None = None
        self._frames_followed = 0

    def find(self, image: Image) -> tuple[Tile, ...]:
        """Tiles of the frame in reading order; none where it shows no gallery (a slide, a desktop, a black picture)."""
        layout = self._layout
        if layout is None or self._frames_followed >= self._refresh_frames or not layout.holds(image):
            layout = self._layout = find_layout(image)
            self._frames_followed = 0
        self._frames_followed += 1
        return tuple(Tile(box, is_camera_on(image, box)) for box in layout.boxes)

"""Finds the tiles of a gallery, and follows them cheaply while the layout stays."""

from collections.abc import Callable
from typing import Final

from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.faces.probe import FaceProbe
from fer_desktop.vision.gallery.camera import is_camera_on
from fer_desktop.vision.gallery.layout import find_layout
from fer_desktop.vision.gallery.layout_tracking import Layout

REFRESH_FRAMES: Final = 25
"""A layout is found anew at least this often: small shifts of a pixel or two do not show in the cheap check."""
_BY_LINES_PATIENCE: Final = 6
"""Times as seldom where the tiles show by their sides alone: that search takes long."""
_RETRY_FRAMES: Final = 4
"""Where something moves beside the tiles all the time (a shared film), a search in every frame would be too slow."""


class FollowingTileFinder:
    """A `TileFinder` that finds a layout once and keeps it while nothing outside the tiles changes."""

    def __init__(
        self, *, refresh_frames: int = REFRESH_FRAMES, sees_face: Callable[[Image, Box], bool] | None = None
    ) -> None:
        self._refresh_frames = refresh_frames
        self._sees_face = sees_face or FaceProbe().sees_face
        self._layout: Layout | None = None
        self._frames_followed = 0

    def find(self, image: Image) -> tuple[Tile, ...]:
        """Tiles of the frame in reading order; none where it shows no gallery (a slide, a desktop, a black picture)."""
        layout = self._layout
        if layout is None or self._is_due(layout, image):
            layout = self._layout = find_layout(image, lambda box: self._sees_face(image, box), before=layout)
            self._frames_followed = 0
        self._frames_followed += 1
        return tuple(Tile(box, is_camera_on(image, box)) for box in layout.boxes)

    def _is_due(self, layout: Layout, image: Image) -> bool:
        patience = 1 if layout.gap_colour is not None else _BY_LINES_PATIENCE
        if self._frames_followed >= patience * self._refresh_frames or not layout.tiles_hold(image):
            return True
        return self._frames_followed >= _RETRY_FRAMES and not layout.surroundings_hold(image)

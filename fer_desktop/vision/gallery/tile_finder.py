"""Finds the tiles of a gallery, and tracks them cheaply while the layout holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from fer_desktop.ports import FaceProbe
from fer_desktop.types import Box, Image, Tile
from fer_desktop.vision.gallery.camera import is_camera_on
from fer_desktop.vision.gallery.layout import find_layout
from fer_desktop.vision.gallery.layout_tracking import MAX_BROKEN_RIMS, Layout


@dataclass(frozen=True, slots=True)
class TrackingConfig:
    """How often a layout that seems to hold is searched for again, in frames."""

    refresh_frames: int = 25
    """At least this often: the cheap check misses shifts of a pixel or two."""
    refresh_factor_by_lines: int = 6
    """Times as seldom for tiles found by their sides: that search takes long."""
    retry_frames: int = 4
    """At most this often where the surroundings keep changing (a shared film)."""


TRACKING: Final = TrackingConfig()
LIVE_TRACKING: Final = TrackingConfig(refresh_frames=75, refresh_factor_by_lines=2)
"""A search takes as long as several frames, and a live call has five of them a second, a recording two."""
_SAME_TILE_IOU: Final = 0.7


class TrackingTileFinder:
    """A `TileFinder` that finds a layout once and keeps it while nothing outside the tiles changes."""

    def __init__(
        self,
        face_probe: FaceProbe,
        *,
        config: TrackingConfig = TRACKING,
        shows_camera: Callable[[Image, Box], bool] = is_camera_on,
    ) -> None:
        """`shows_camera`: `is_camera_on`, or what remembers its results."""
        self._shows_camera = shows_camera
        self._face_probe = face_probe
        self._config = config
        self._layout: Layout | None = None
        self._frames_tracked = 0

    def find(self, image: Image) -> tuple[Tile, ...]:
        """Tiles of the frame in reading order; none where it shows no gallery (a slide, a desktop, a black picture)."""
        layout = self._layout
        if layout is None or self._is_due(layout, image):
            found = find_layout(image, lambda box: self._face_probe.shows_face(image, box), before=layout)
            if layout is None or not _contradicts(layout, found, image):
                layout = found
            self._layout = layout
            self._frames_tracked = 0
        self._frames_tracked += 1
        return tuple(Tile(box, self._shows_camera(image, box)) for box in layout.boxes)

    def _is_due(self, layout: Layout, image: Image) -> bool:
        """Whether the layout has to be searched for again."""
        factor = 1 if layout.gap_colour is not None else self._config.refresh_factor_by_lines
        if self._frames_tracked >= factor * self._config.refresh_frames or not layout.tiles_hold(image):
            return True
        return self._frames_tracked >= self._config.retry_frames and not layout.surroundings_hold(image)


def _contradicts(layout: Layout, found: Layout, image: Image) -> bool:
    """Whether a search lost tiles whose borders are where they were: perhaps nobody shows a face in this frame."""
    lost = sum(all(box.iou(other) < _SAME_TILE_IOU for other in found.boxes) for box in layout.boxes)
    is_less = sum(box.area for box in found.boxes) < sum(box.area for box in layout.boxes)
    is_more_than_one = lost > max(1, MAX_BROKEN_RIMS * len(layout.boxes)) or not found.boxes
    return is_less and is_more_than_one and layout.tiles_hold(image)

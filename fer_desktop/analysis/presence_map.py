"""The presence of every student over a lesson, for heat maps in windows and reports."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import HeatGrid
from fer_desktop.types import Presence

PRESENCE_ORDER: Final = (
    Presence.VISIBLE,
    Presence.UNREADABLE,
    Presence.EMPTY,
    Presence.CAMERA_OFF,
    Presence.OUT_OF_VIEW,
)
"""The states in a record: it does not say whether a student who was not in view had left."""

NOTHING: Final = 255
"""In every picture: not recorded, or no reading."""


def make_presence_map(grid: HeatGrid) -> NDArray[np.uint8]:
    """(students, columns): the most frequent state of each column, as an index in `PRESENCE_ORDER`, or `NOTHING`."""
    unread, empty = grid.people - grid.faces, grid.cameras_on - grid.people
    off, out = grid.tiles - grid.cameras_on, grid.recorded[None] - grid.tiles
    picture: NDArray[np.uint8] = np.argmax(np.stack((grid.faces, unread, empty, off, out)), axis=0).astype(np.uint8)
    picture[:, grid.recorded == 0] = NOTHING
    return picture

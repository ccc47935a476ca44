"""The camera and the appearance of each tile, found out again only where its picture has changed, or after a while."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box, Floats, Image, Tile
from fer_desktop.vision.budget.changes import FrameCells
from fer_desktop.vision.budget.steady_facts import LIFETIMES_S, SteadyFacts
from fer_desktop.vision.gallery.avatar_watch import AvatarWatch
from fer_desktop.vision.gallery.camera import shows_picture
from fer_desktop.vision.identity.appearance import average_cells, weigh_cells

_AVATAR_LIFETIMES_S: Final = tuple(10 * lifetime_s for lifetime_s in LIFETIMES_S)
"""To find out takes three times as long as all else about a tile, and one that appears is another picture."""


class _Appearance(NamedTuple):
    cells: NDArray[np.uint8]
    weighed: Floats


class SteadyTiles:
    """For the frames of one source, in order."""

    def __init__(self, cells: FrameCells) -> None:
        """`cells`: of the frames that are given."""
        self._pictures = SteadyFacts(cells, shows_picture, is_fragile=lambda picture: not picture)
        watch = AvatarWatch()
        self._avatars = SteadyFacts(
            cells,
            lambda image, box: watch.shows_avatar(image, box, cells.captured_at_s),
            is_fragile=lambda avatar: avatar,
            lifetimes_s=_AVATAR_LIFETIMES_S,
        )
        self._rooms = SteadyFacts(cells, _find_room, is_fragile=lambda _: False)
        self._cards = SteadyFacts(cells, _find_card, is_fragile=lambda _: True)

    def shows_camera(self, image: Image, box: Box) -> bool:
        """As of `is_camera_on`; True also where what looks like an avatar moves."""
        return self._pictures.of(image, box) and not self._avatars.of(image, box)

    def average_cells(self, image: Image, tile: Tile) -> NDArray[np.uint8]:
        """As of `average_cells`."""
        return self._find(image, tile).cells

    def describe(self, image: Image, tile: Tile) -> Floats:
        """As of `describe_tile`."""
        return self._find(image, tile).weighed

    def _find(self, image: Image, tile: Tile) -> _Appearance:
        return (self._rooms if tile.camera_on else self._cards).of(image, tile.box)


def _find_room(image: Image, box: Box) -> _Appearance:
    return _find_appearance(image, box, camera_on=True)


def _find_card(image: Image, box: Box) -> _Appearance:
    return _find_appearance(image, box, camera_on=False)


def _find_appearance(image: Image, box: Box, *, camera_on: bool) -> _Appearance:
    cells = average_cells(image, box, camera_on=camera_on)
    return _Appearance(cells, weigh_cells(cells, camera_on=camera_on))

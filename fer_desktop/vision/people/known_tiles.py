"""Looks up what is known of a tile by its place, also where that has changed by a pixel or two."""

from collections.abc import Mapping
from typing import Final, TypeVar

from fer_desktop.types import Box

SAME_TILE_IOU: Final = 0.8

Known = TypeVar("Known")


def find_known(box: Box, known: Mapping[Box, Known]) -> Known | None:
    """What is known of the tile at `box`, or at nearly the same place; None if nothing is."""
    if box in known:
        return known[box]
    return next((each for other, each in known.items() if box.iou(other) >= SAME_TILE_IOU), None)

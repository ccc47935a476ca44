"""Puts tiles, their students and who is there together."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from fer_desktop.ports import FaceTracker
from fer_desktop.types import PresenceReading, Tile, TileReading


def describe_tiles(
    tracker: FaceTracker,
    tiles: Sequence[Tile],
    students: Sequence[int | None],
    presences: Sequence[PresenceReading],
) -> tuple[TileReading, ...]:
    """Tiles with their students, less those that a window covers: what is seen there is that window's."""
    out_of_view = tracker.out_of_view
    return tuple(
        _describe_tile(tracker, tile, None if student in out_of_view else student, presence)
        for tile, student, presence in zip(tiles, students, presences, strict=True)
    )


def switch_off(tiles: Sequence[Tile], still: Collection[int]) -> list[Tile]:
    """The tiles, those at the indices in `still` as cameras that are off: they show a still picture."""
    return [replace(tile, camera_on=False) if index in still else tile for index, tile in enumerate(tiles)]


def _describe_tile(tracker: FaceTracker, tile: Tile, student: int | None, presence: PresenceReading) -> TileReading:
    """With the student's name, which outlives a label that is covered for a while."""
    name = tracker.name_of(student) if student is not None else None
    return TileReading(replace(tile, name=name or tile.name), student, presence)

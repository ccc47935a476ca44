"""Tiles without a face are searched less often, and none is forgotten."""

import itertools

import pytest

from fer_desktop.types import Box, Tile
from fer_desktop.vision.faces.resting import RestingTiles
from tests.fakes import make_face

TILES = [Tile(Box(100 * index, 0, 90, 60), camera_on=True) for index in range(8)]
WITH_FACE = 7


def search(rate: float, *, seconds: float = 4) -> list[frozenset[int]]:
    """The tiles that rest in each frame; only the last tile shows a face."""
    resting, frames = RestingTiles(), []
    for frame in range(round(seconds * rate)):
        frames.append(resting.choose(TILES, frame / rate))
        resting.note(TILES, frames[-1], [make_face(TILES[WITH_FACE].box, tile=WITH_FACE)], frame / rate)
    return frames


def test_at_five_frames_a_second_most_of_the_tiles_without_a_face_rest_in_each() -> None:
    frames = search(5)
    assert [len(rested) for rested in frames[:3]] == [0, 0, 0]
    assert {len(rested) for rested in frames[3:]} == {4}
    assert not any(WITH_FACE in rested for rested in frames)


@pytest.mark.parametrize("rate", [3, 5, 10, 30])
def test_every_tile_is_searched_about_twice_a_second(rate: int) -> None:
    frames = search(rate)
    for index in range(len(TILES)):
        searched = [frame for frame, rested in enumerate(frames) if index not in rested]
        assert max(later - before for before, later in itertools.pairwise(searched)) / rate <= 2 / 3 + 1e-9


@pytest.mark.parametrize("rate", [0.5, 1, 2])
def test_no_tile_rests_where_frames_are_rare(rate: float) -> None:
    assert not any(search(rate, seconds=20))


def test_a_tile_that_has_moved_is_searched_at_once() -> None:
    resting = RestingTiles()
    for frame in range(6):
        resting.note(TILES, resting.choose(TILES, frame / 5), [], frame / 5)
    moved = [Tile(tile.box.shifted(50, 0), camera_on=True) for tile in TILES]
    assert resting.choose(moved, 1.2) == frozenset()

"""A place where only a doubtful opinion finds somebody who never moves is empty, and has been since that began."""

import pytest

from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Box, PresenceReading, Tile, TilePresence
from fer_desktop.vision.people.empty_places import EmptyPlaces
from fer_desktop.vision.people.presence import EMPTY
from fer_desktop.vision.people.still_pictures import TileMove

TILE = Tile(Box(0, 0, 320, 180), camera_on=True)
SURE = PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.PERSON_SEEN, percent=20))
UNSURE = PresenceReading(TilePresence.UNREADABLE, Message(MessageKey.PERSON_SEEN, percent=1), is_unsure=True)
STILL = TileMove.NOISE


class Watch:
    """One tile, one frame a second."""

    def __init__(self) -> None:
        self.places, self.now_s = EmptyPlaces(), 0.0

    def see(self, seconds: int, presence: PresenceReading, move: TileMove | None = STILL) -> PresenceReading:
        for _ in range(seconds):
            self.now_s += 1
            settled = self.places.settle([TILE], [move], [presence], self.now_s)[0]
        return settled


def test_what_only_resembles_a_person_and_never_moves_is_nobody_since_it_last_moved() -> None:
    watch = Watch()
    watch.see(1, UNSURE, TileMove.MOVED)
    assert watch.see(59, UNSURE) == UNSURE
    chair = watch.see(14, UNSURE)
    assert (chair.presence, chair.held_s) == (TilePresence.EMPTY, 73)


def test_whoever_moves_a_little_now_and_then_is_there_however_unsure_that_is() -> None:
    watch = Watch()
    for _ in range(8):
        assert watch.see(1, UNSURE, TileMove.MOVED) == UNSURE
        assert watch.see(40, UNSURE) == UNSURE


def test_a_person_who_sits_still_is_there_and_so_are_the_doubts_after_that() -> None:
    watch = Watch()
    assert watch.see(200, SURE) == SURE
    assert watch.see(59, UNSURE) == UNSURE


def test_a_place_that_is_found_to_be_empty_was_so_since_the_last_that_was_sure_or_moved() -> None:
    watch = Watch()
    watch.see(10, SURE)
    watch.see(1, UNSURE, TileMove.MOVED)
    watch.see(5, UNSURE)
    assert watch.see(1, EMPTY).held_s == 6
    assert watch.see(1, EMPTY, TileMove.MOVED).held_s == 0


def test_a_time_without_frames_is_no_stillness() -> None:
    watch = Watch()
    watch.see(40, UNSURE)
    watch.now_s += 100
    assert watch.see(40, UNSURE) == UNSURE


@pytest.mark.parametrize("move", [None, TileMove.MOVED])
def test_a_tile_that_moves_or_was_not_compared_is_not_still(move: TileMove | None) -> None:
    assert Watch().see(200, UNSURE, move) == UNSURE


def test_a_tile_that_has_moved_by_a_pixel_is_the_same_tile() -> None:
    watch = Watch()
    watch.see(50, UNSURE)
    moved = Tile(TILE.box.shifted(1, 1), camera_on=True)
    settled = [watch.places.settle([moved], [STILL], [UNSURE], 51.0 + second)[0] for second in range(12)]
    assert settled[-1].presence is TilePresence.EMPTY

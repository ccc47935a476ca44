"""Which tiles are looked at in a frame."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from fer_desktop.vision.budget.scheduler import (
    FULL_RATE,
    LOW_RATE,
    Change,
    FollowedTile,
    LookRate,
    LookScheduler,
)

FRAMES_A_SECOND = 5


class ScriptedTiles:
    """Tiles whose changes are given; each remembers its looks."""

    def __init__(self, changes: Mapping[int, Change]) -> None:
        self.changes = dict(changes)
        self.looked_at_s: dict[int, list[float]] = {index: [0.0] for index in changes}

    def play(self, seconds: float, rate: LookRate = FULL_RATE) -> list[int]:
        """Frames after that of time 0, in which all were looked at; the looks in each."""
        scheduler, counts = LookScheduler(), []
        scheduler.choose(0.0, {}, rate)
        for frame in range(1, round(seconds * FRAMES_A_SECOND) + 1):
            at_s = frame / FRAMES_A_SECOND
            tiles = {index: FollowedTile(self.changes[index], looks[-1]) for index, looks in self.looked_at_s.items()}
            chosen = scheduler.choose(at_s, tiles, rate)
            for index in chosen:
                self.looked_at_s[index].append(at_s)
            counts.append(len(chosen))
        return counts

    def longest_wait_s(self, index: int) -> float:
        return max(after - before for before, after in pairwise(self.looked_at_s[index]))

    def looks(self, index: int) -> int:
        return len(self.looked_at_s[index]) - 1


def everybody(change: Change, count: int = 49) -> dict[int, Change]:
    return dict.fromkeys(range(count), change)


def test_each_face_is_looked_at_twice_a_second() -> None:
    tiles = ScriptedTiles(everybody(Change.SLIGHT))
    tiles.play(seconds=10)
    assert {tiles.looks(index) for index in range(49)} <= {19, 20, 21}
    assert max(map(tiles.longest_wait_s, range(49))) < 0.61


def test_the_looks_are_spread_evenly_over_the_frames() -> None:
    counts = ScriptedTiles(everybody(Change.SLIGHT)).play(seconds=10)
    settled = counts[5:]
    assert max(settled) - min(settled) <= 2
    assert max(counts) <= 20


def test_a_face_that_moves_is_looked_at_in_every_frame_while_the_others_wait_little_longer() -> None:
    tiles = ScriptedTiles({**everybody(Change.SLIGHT), 7: Change.MOVED})
    counts = tiles.play(seconds=10)
    assert tiles.looks(7) == 50
    assert max(counts) <= 20
    assert max(map(tiles.longest_wait_s, range(49))) < 0.61


def test_where_all_faces_move_none_of_them_is_forgotten() -> None:
    tiles = ScriptedTiles(everybody(Change.MOVED))
    counts = tiles.play(seconds=10)
    assert max(counts) <= 20
    assert max(map(tiles.longest_wait_s, range(49))) < 0.61


def test_a_face_that_does_not_change_is_looked_at_every_second_so_that_its_eyes_are() -> None:
    tiles = ScriptedTiles({**everybody(Change.SLIGHT), 7: Change.SAME})
    tiles.play(seconds=10)
    assert 9 <= tiles.looks(7) <= 10


def test_a_tile_that_shows_something_unknown_is_looked_at_at_once_whatever_it_costs() -> None:
    assert ScriptedTiles(everybody(Change.UNKNOWN)).play(seconds=1) == [49] * 5


def test_one_face_is_looked_at_in_every_frame_but_no_more_often_than_it_can_change() -> None:
    tiles = ScriptedTiles(everybody(Change.SLIGHT, count=1))
    assert tiles.play(seconds=2) == [1] * 10


def test_at_the_low_rate_every_face_is_looked_at_once_in_every_second() -> None:
    tiles = ScriptedTiles(everybody(Change.SLIGHT))
    tiles.play(10, LOW_RATE)
    for looks in tiles.looked_at_s.values():
        by_second = Counter(int(at_s + 1e-6) for at_s in looks)
        assert by_second.keys() >= set(range(10))
        assert sum(by_second.values()) <= 12


def test_after_a_gap_everything_is_looked_at() -> None:
    scheduler = LookScheduler()
    tiles = {index: FollowedTile(Change.SLIGHT, 0.0) for index in range(49)}
    scheduler.choose(0.0, {}, FULL_RATE)
    assert scheduler.choose(30.0, tiles, FULL_RATE) == frozenset(range(49))


def test_frames_that_come_seldom_are_read_completely() -> None:
    scheduler = LookScheduler()
    tiles = {index: FollowedTile(Change.SLIGHT, 0.0) for index in range(49)}
    scheduler.choose(0.0, {}, FULL_RATE)
    assert scheduler.choose(0.5, tiles, FULL_RATE) == frozenset(range(49))

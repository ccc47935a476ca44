"""What is known of a person from frame to frame: nothing is decided by one measurement or by noise."""

import numpy as np
import pytest

from fer_desktop.types import Box, Image
from fer_desktop.vision.people.sighting import NOBODY, PersonSighting
from fer_desktop.vision.people.tile_cells import TILE_CELLS
from fer_desktop.vision.people.tile_watch import TileWatch

BOX = Box(0, 0, 320, 180)
FACE = Box(140, 40, 40, 40)
BODY = np.ones(TILE_CELLS[::-1], bool)
SOMEBODY = PersonSighting(0.2, BODY)


def room(*, person_at: int | None = None, light: int = 120) -> Image:
    picture = np.full((180, 320, 3), light, np.uint8)
    if person_at is not None:
        picture[60:, person_at : person_at + 60] = 30
    return picture


def measure_all(
    watch: TileWatch, picture: Image, frames: range, sighting: PersonSighting, score: float = 0.0, rate: float = 5.0
) -> None:
    """`rate`: frames a second."""
    rng = np.random.default_rng(1)
    for now_s in (frame / rate for frame in frames):
        watch.see_picture(np.clip(picture + rng.normal(0, 2, picture.shape), 0, 255).astype(np.uint8), now_s)
        if watch.is_due(now_s):
            watch.measure(sighting, now_s)
        if watch.is_in_doubt:
            watch.take_opinion(score, now_s)


def test_a_first_picture_decides_at_once() -> None:
    for sighting, score, there in ((SOMEBODY, 0.0, True), (NOBODY, 0.1, False), (NOBODY, 0.5, True)):
        watch = TileWatch(BOX)
        measure_all(watch, room(), range(1), sighting, score)
        assert (watch.is_checked, watch.is_person) == (True, there)


def test_one_measurement_that_finds_nobody_ends_nothing() -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    measure_all(watch, room(person_at=130), range(1, 3), NOBODY)
    assert watch.is_person
    measure_all(watch, room(person_at=130), range(3, 20), NOBODY)
    assert not watch.is_person


def test_a_picture_that_has_not_changed_is_judged_without_another_measurement() -> None:
    watch = TileWatch(BOX)
    measure_all(watch, room(), range(1), NOBODY)
    for frame in range(1, 40):
        watch.see_picture(room(), frame / 5)
        assert not watch.is_due(frame / 5)


def test_motion_where_a_person_was_means_that_they_are_there() -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    for frame in range(1, 60):
        picture = room(person_at=120 + 12 * (frame % 2))
        measure_all(watch, picture, range(frame, frame + 1), NOBODY)
        assert watch.is_person or watch.is_moving(frame / 5)


def test_motion_elsewhere_means_nothing() -> None:
    watch = TileWatch(BOX)
    watch.see_face(Box(240, 40, 40, 40))
    for frame in range(1, 60):
        measure_all(watch, room(person_at=12 * (frame % 2)), range(frame, frame + 1), NOBODY)
    assert not watch.is_person
    assert not watch.is_moving(60 / 5)


@pytest.mark.parametrize(("before", "there"), [(0.5, True), (0.1, False)])
def test_motion_means_that_somebody_is_there_whom_only_an_opinion_has_found(before: float, there: bool) -> None:
    """As of somebody turned round: where in the tile they are is not known."""
    watch = TileWatch(BOX)
    measure_all(watch, room(person_at=120), range(1), NOBODY, before)
    for frame in range(1, 100):
        measure_all(watch, room(person_at=120 + 12 * (frame % 2)), range(frame, frame + 1), NOBODY, 0.1)
    assert not watch.is_person
    assert watch.is_moving(99 / 5) is there
    measure_all(watch, room(), range(105, 110), NOBODY, 0.1)
    measure_all(watch, room(), range(110, 120), NOBODY, 0.1)
    assert not watch.is_moving(120 / 5)


def test_what_moves_long_after_somebody_was_found_is_nobody() -> None:
    """As a curtain where somebody turned round and left."""
    watch = TileWatch(BOX)
    measure_all(watch, room(person_at=120), range(1), NOBODY, 0.5)
    for second in range(1, 200):
        measure_all(watch, room(person_at=120 + 12 * (second % 2)), range(second, second + 1), NOBODY, 0.1, rate=1.0)
    assert not watch.is_moving(199)


def test_whoever_was_in_the_tile_before_another_picture_is_forgotten() -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    watch.see_picture(room(), 1)
    watch.see_picture(room(light=220), 2)
    assert (watch.is_checked, watch.is_person) == (False, False)


@pytest.mark.parametrize("rate", [1, 2, 5])
def test_motion_holds_somebody_for_less_than_a_second_at_every_frame_rate(rate: int) -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    measure_all(watch, room(person_at=120), range(10 * rate), NOBODY, rate=rate)
    measure_all(watch, room(person_at=132), range(10 * rate, 10 * rate + 1), NOBODY, rate=rate)
    assert watch.is_moving(10)
    assert not watch.is_moving(11)


@pytest.mark.parametrize("rate", [1, 2, 5])
def test_an_empty_place_is_known_within_three_seconds_at_every_frame_rate(rate: int) -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    measure_all(watch, room(), range(1, 1 + 3 * rate), NOBODY, rate=rate)
    assert not watch.is_person


CHAIR, SURE = 0.49, 0.8
"""Of the second opinion: what the best chair scored, and most students."""


@pytest.mark.parametrize(
    ("sighting", "score", "unsure"), [(NOBODY, CHAIR, True), (NOBODY, SURE, False), (SOMEBODY, CHAIR, False)]
)
def test_only_an_opinion_of_a_low_score_is_unsure(sighting: PersonSighting, score: float, unsure: bool) -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    measure_all(watch, room(person_at=130), range(1, 200), sighting, score, rate=1)
    assert watch.is_person
    assert watch.is_unsure is unsure


def test_a_speakers_frame_is_no_motion() -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    measure_all(watch, room(), range(1, 20), NOBODY)
    for frame in range(20, 60):
        picture = room()
        if frame % 4 < 2:
            picture[-8:] = picture[:, :8] = picture[:, -8:] = (60, 220, 90)
        measure_all(watch, picture, range(frame, frame + 1), NOBODY)
    assert not watch.is_moving(60 / 5)


def test_a_small_share_that_no_second_opinion_confirms_is_nobody() -> None:
    watch = TileWatch(BOX)
    watch.see_face(FACE)
    measure_all(watch, room(), range(1, 40), PersonSighting(0.02, BODY), score=0.1)
    assert not watch.is_person


def count_looks(*, share: float, walks: bool, seconds: int) -> tuple[int, int]:
    """How often somebody is measured, and how often an opinion on them is asked for, who sways a little or walks."""
    watch, measured, opinions = TileWatch(BOX), 0, 0
    watch.see_face(FACE)
    sighting = PersonSighting(share, room(person_at=120)[::10, ::10, 0] < 100)
    for frame in range(seconds * 5):
        now_s, place = frame / 5, 10 + 40 * (frame % 6) if walks else 120
        watch.see_picture(room(person_at=place + frame % 4 * 2), now_s)
        if watch.is_due(now_s):
            measured += 1
            watch.measure(sighting, now_s)
        if watch.is_in_doubt:
            opinions += 1
            watch.take_opinion(SURE, now_s)
    return measured, opinions


def test_whoever_stays_in_their_place_is_measured_every_three_seconds_and_whoever_walks_more_often() -> None:
    in_place, _ = count_looks(share=0.2, walks=False, seconds=12)
    walking, _ = count_looks(share=0.2, walks=True, seconds=12)
    assert in_place == 4
    assert walking >= 10


def test_an_opinion_holds_longer_where_somebody_stays_in_their_place() -> None:
    _, in_place = count_looks(share=0.0, walks=False, seconds=30)
    _, walking = count_looks(share=0.0, walks=True, seconds=30)
    assert in_place == 2
    assert walking >= 5

"""The small timelines of the live list."""

import numpy as np

from fer_desktop.types import Expression, Presence
from tests.ui.fakes import make_student
from ui.live.student_delegate import make_strip_image
from ui.live.student_history import (
    CAMERA_OFF,
    NOTHING,
    SLOT_S,
    SLOTS,
    STRIP_ROWS,
    UNREADABLE,
    UNSURE,
    StudentHistories,
    make_strip,
)
from ui.theme import DARK, LIGHT
from ui.words import STACK_ORDER


def test_a_slot_keeps_what_was_seen_last_in_it() -> None:
    histories = StudentHistories()
    assert histories.add([make_student(1, expression=Expression.HAPPY)], 0), "the first slot begins"
    assert not histories.add([make_student(1, Presence.CAMERA_OFF)], SLOT_S - 1)
    assert histories.of(1)[-1] == CAMERA_OFF
    assert histories.add([make_student(1, Presence.UNREADABLE)], SLOT_S)
    assert histories.of(1)[-2:].tolist() == [CAMERA_OFF, UNREADABLE]


def test_a_pause_takes_no_room_as_nobody_was_away_in_it() -> None:
    histories = StudentHistories()
    for second in range(0, 300, SLOT_S):
        histories.add([make_student(1)], second)
    for second in range(900, 1200, SLOT_S):
        histories.add([make_student(1)], second)
    assert histories.minutes_seen(1) == (10, 10)
    assert (histories.of(1) == NOTHING).sum() <= 1


def test_ten_minutes_are_all_there_is() -> None:
    histories = StudentHistories()
    histories.add([make_student(1)], 0)
    for second in range(1, 3 * 600):
        histories.add([make_student(1, Presence.AWAY)], second)
    assert (histories.of(1) == NOTHING).all()
    assert len(histories.of(1)) == SLOTS


def test_who_is_gone_is_forgotten() -> None:
    histories = StudentHistories()
    histories.add([make_student(1), make_student(2)], 0)
    histories.add([make_student(1)], SLOT_S)
    assert (histories.of(1) != NOTHING).any()
    assert (histories.of(2) == NOTHING).all()


def test_who_is_taken_in_again_has_what_came_before_and_nothing_of_the_time_left_out() -> None:
    histories = StudentHistories()
    for second in range(0, 360, SLOT_S):
        histories.add([make_student(1, expression=None, excluded=120 <= second < 240)], second)
    strip = make_strip(histories.of(1))[0].tolist()
    minutes = [strip[-72:-48], strip[-48:-24], strip[-24:]]
    assert minutes == [[UNSURE] * 24, [NOTHING] * 24, [UNSURE] * 24]
    assert histories.minutes_seen(1) == (4, 4), "an excluded student is not missing"


def test_time_that_goes_back_changes_nothing() -> None:
    histories = StudentHistories()
    histories.add([make_student(1)], 100)
    before = histories.of(1).copy()
    assert not histories.add([make_student(1, Presence.AWAY)], 10)
    assert (histories.of(1) == before).all()


def test_the_minutes_seen_count_from_when_the_student_came() -> None:
    histories = StudentHistories()
    assert histories.minutes_seen(1) == (0, 0)
    for second in range(0, 240, SLOT_S):
        presence = Presence.VISIBLE if second < 120 else Presence.CAMERA_OFF
        histories.add([make_student(1, presence)], second)
    assert histories.minutes_seen(1) == (2, 4)


def test_presence_is_shown_by_height_and_not_by_colour_alone() -> None:
    strip = make_strip(np.array([0, UNSURE, UNREADABLE, CAMERA_OFF, NOTHING], np.uint8))
    assert (strip != NOTHING).sum(axis=0).tolist() == [STRIP_ROWS, STRIP_ROWS, 3, 1, 0]
    assert (strip[-1, :-1] != NOTHING).all(), "all stand on the ground"


def test_the_picture_has_the_themes_colours() -> None:
    codes = np.array([STACK_ORDER.index(Expression.HAPPY), NOTHING], np.uint8)
    for theme in (LIGHT, DARK):
        image = make_strip_image(codes, theme)
        assert image.pixelColor(0, 0).name() == theme.colour_of(Expression.HAPPY)
        assert image.pixelColor(1, 0).name() == theme.track

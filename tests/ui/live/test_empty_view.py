"""A session without students soon shows a hint that fits the source."""

from pathlib import Path

import pytest

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.types import Presence
from tests.ui.fakes import make_class, make_observation, make_student
from ui.live.empty_view import EmptyViewCheck, describe_empty_view
from ui.start.choice import (
    SourceChoice,
    choose_camera,
    choose_monitor,
    choose_recordings,
    choose_region,
    choose_window,
)

REGION = Region(0, 0, 800, 600)

WINDOW = DesktopWindow(5, "Zoom Meeting", "zoom", REGION)
HELP = describe_empty_view(choose_window(WINDOW))


def test_a_session_that_never_showed_anybody_says_so_after_fifteen_seconds() -> None:
    watch = EmptyViewCheck(choose_window(WINDOW))
    hints = {second: watch.check(make_observation([], second)) for second in range(2, 40)}
    assert {second for second, text in hints.items() if text is None} == set(range(2, 17))
    assert hints[17] == hints[39] == HELP


def test_once_somebody_is_seen_it_is_silent_and_patient() -> None:
    watch = EmptyViewCheck(choose_window(WINDOW))
    for second in range(20):
        watch.check(make_observation([], second))
    assert watch.check(make_observation(make_class(1, 20), 20)) is None
    hints = [watch.check(make_observation([], second)) for second in range(21, 90)]
    assert hints[:60] == [None] * 60
    assert hints[60:] == [HELP] * 9


def test_cameras_that_are_off_are_somebody() -> None:
    watch = EmptyViewCheck(choose_window(WINDOW))
    student = make_student(1, presence=Presence.CAMERA_OFF)
    assert all(watch.check(make_observation([student], second)) is None for second in range(60))


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (choose_window(WINDOW), "in gallery view and do not cover it"),
        (choose_region(REGION), "choose its window: a window can be moved"),
        (choose_monitor(Monitor(1, REGION, "Left")), "to the front"),
        (choose_camera(0), "enough light"),
        (choose_recordings([Path("monday.mp4")]), "in this recording"),
    ],
)
def test_the_help_fits_what_is_watched(choice: SourceChoice, words: str) -> None:
    assert words in describe_empty_view(choice)

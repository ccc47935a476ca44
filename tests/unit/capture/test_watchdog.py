"""Signs that a window is no longer shown: black for a while, or unchanged for long."""

import numpy as np
import pytest

from fer_desktop.capture.watchdog import PictureWatchdog
from fer_desktop.errors import CaptureLostError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Image
from tests.raising import raises_message

BLACK: Image = np.zeros((60, 80, 3), np.uint8)


def lively(seed: int) -> Image:
    return np.random.default_rng(seed).integers(0, 255, (60, 80, 3), dtype=np.uint8)


def test_a_moment_of_black_is_ignored() -> None:
    watchdog = PictureWatchdog(black_after_s=2)
    watchdog.check(BLACK, 0.0)
    watchdog.check(BLACK, 1.9)
    watchdog.check(lively(1), 2.0)
    watchdog.check(BLACK, 2.1)
    watchdog.check(BLACK, 4.0)


def test_black_for_two_seconds_is_reported_while_it_lasts() -> None:
    watchdog = PictureWatchdog(black_after_s=2)
    watchdog.check(BLACK, 0.0)
    for at_s in (2.0, 2.5, 60.0):
        with raises_message(CaptureLostError, MessageKey.REGION_BLACK):
            watchdog.check(BLACK, at_s)
    watchdog.check(lively(1), 61.0)


def test_a_picture_unchanged_for_long_is_reported_until_it_changes() -> None:
    watchdog = PictureWatchdog(frozen_after_s=30)
    still = lively(1)
    for at_s in range(30):
        watchdog.check(still, at_s)
        assert watchdog.notice is None
    watchdog.check(still.copy(), 30.0)
    assert watchdog.notice is not None
    assert watchdog.notice == Message(MessageKey.PICTURE_FROZEN, seconds=30)
    watchdog.check(lively(2), 31.0)
    assert watchdog.notice is None


def test_a_pause_on_a_still_picture_is_no_sign() -> None:
    watchdog = PictureWatchdog(frozen_after_s=30)
    watchdog.check(lively(1), 0.0)
    watchdog.check(lively(1), 600.0)
    assert watchdog.notice is None
    for at_s in range(605, 635, 5):  # the slowest rate there is
        watchdog.check(lively(1), at_s)
    assert watchdog.notice is not None


def test_one_small_change_is_enough() -> None:
    watchdog = PictureWatchdog(frozen_after_s=30)
    picture = lively(1)
    for at_s in range(0, 200, 5):
        picture = picture.copy()
        picture[20:28, 20:28] ^= 255
        watchdog.check(picture, at_s)
        assert watchdog.notice is None


def test_on_wayland_the_reason_for_black_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    watchdog = PictureWatchdog(black_after_s=0)
    with raises_message(CaptureLostError, MessageKey.REGION_BLACK_ON_WAYLAND):
        watchdog.check(BLACK, 0.0)

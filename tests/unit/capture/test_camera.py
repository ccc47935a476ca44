"""A camera yields its newest picture, at the time when it arrived."""

import numpy as np
import pytest

from fer_desktop.capture.camera import CameraSource
from fer_desktop.errors import CaptureLostError, SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image
from tests.clock import ManualClock
from tests.raising import raises_message

INTERVAL_S = 1 / 30


class Device:
    """Makes a picture every 1/30 s and keeps a few, as drivers do; `retrieve` gives the number of the one grabbed."""

    def __init__(self, clock: ManualClock, *, kept: int = 4, there: bool = True) -> None:
        self.clock = clock
        self.kept = kept
        self.there = there
        self.settings: dict[int, float] = {}
        self._next = 0
        self._grabbed = 0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.there

    def set(self, key: int, value: float) -> bool:
        self.settings[key] = value
        return True

    def grab(self) -> bool:
        newest = int(self.clock.time_s / INTERVAL_S)
        self._next = max(self._next, newest - self.kept + 1)
        if self._next > newest:
            self.clock.time_s = self._next * INTERVAL_S + 1e-9
        self._grabbed = self._next
        self._next += 1
        return self.there

    def retrieve(self) -> tuple[bool, Image]:
        return True, np.full((2, 2, 3), self._grabbed, np.uint8)

    def release(self) -> None:
        pass


@pytest.mark.parametrize("kept", [1, 4])
def test_queued_pictures_are_skipped(kept: int) -> None:
    clock = ManualClock(0.0)
    device = Device(clock, kept=kept)
    source = CameraSource(0, clock=clock, open_device=lambda _number, _backend: device)
    source.open()
    assert device.settings == {cv2.CAP_PROP_BUFFERSIZE: 1}
    for at_s in (0.51, 1.01, 5.01):
        clock.time_s = at_s
        frame = source.read()
        assert frame.captured_at_s == clock.time_s
        assert frame.captured_at_s - at_s < 2 * INTERVAL_S
        assert frame.image[0, 0, 0] == int(frame.captured_at_s / INTERVAL_S)
    source.close()


def test_a_camera_that_is_unplugged_is_lost_until_it_is_back() -> None:
    """As after a sleep, when the system takes seconds to find it again."""
    clock = ManualClock(0.0)
    device = Device(clock)
    source = CameraSource(2, clock=clock, open_device=lambda _number, _backend: device)
    source.open()
    source.read()
    device.there = False
    with raises_message(CaptureLostError, MessageKey.CAMERA_UNPLUGGED, number=3):
        source.read()
    for _ in range(5):
        with raises_message(CaptureLostError, MessageKey.CAMERA_NOT_OPENED, number=3):
            source.read()
    device.there = True
    assert source.read().index == 1, "the frames go on"


def test_a_camera_that_is_missing_at_the_start_is_a_fault() -> None:
    clock = ManualClock(0.0)
    device = Device(clock, there=False)
    source = CameraSource(2, clock=clock, open_device=lambda _number, _backend: device)
    with raises_message(SourceError, MessageKey.CAMERA_NOT_OPENED, number=3) as raised:
        source.open()
    assert not isinstance(raised.value, CaptureLostError), "there is nothing to wait for"

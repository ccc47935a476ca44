"""Captures the screen: the handle (mss), the frames of any region, and the live source of a fixed one."""

import contextlib
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

import numpy as np

from fer_desktop.capture.watchdog import PictureWatchdog
from fer_desktop.desktop.region import Monitor, Region
from fer_desktop.errors import CaptureLostError, DisplayError, DisplayLostError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame, Image


def list_monitors() -> list[Monitor]:
    """The monitors of this desktop. Raises `DisplayError` where there is no display."""
    try:
        screen = Screen()
    except SourceError as error:
        raise DisplayError(error.message) from error
    try:
        return screen.monitors
    finally:
        screen.close()


class ScreenFrames:
    """Frames of any region, from a screen handle that is opened again after each failure. For one thread."""

    def __init__(self, *, clock: Clock, open_screen: Callable[[], "ScreenHandle"] | None = None) -> None:
        """`open_screen` raises `SourceError` where there is no display."""
        self._clock = clock
        self._open_screen = open_screen or Screen
        self._screen: ScreenHandle | None = None
        self._index = 0
        self._watchdog = PictureWatchdog()

    @property
    def notice(self) -> Message | None:
        """Set while nothing in the region has changed for long."""
        return self._watchdog.notice

    def open(self) -> Region:
        """Opens the handle if there is none. Returns the desktop. Raises `SourceError` where there is no display."""
        if self._screen is None:  # a new handle knows the present monitors
            self._screen = self._open_screen()
        return self._screen.desktop

    def take(self, region: Region) -> Frame:
        """Captures `region`.

        Raises `CaptureLostError` at a failure, and while the region is off the desktop or black; `SourceError` once the
        display is gone.
        """
        screen = self._screen
        if screen is None:
            self.open()
            return self.take(region)
        captured_at_s = self._clock.now_s()
        try:
            image = screen.grab(region)
        except CaptureLostError:
            self.close()
            raise
        self._watchdog.check(image, captured_at_s)
        frame = Frame(self._index, captured_at_s, image)
        self._index += 1
        return frame

    def close(self) -> None:
        """May be called twice."""
        if self._screen is not None:
            self._screen.close()
            self._screen = None


class RegionSource:
    """A `FrameSource` of a fixed rectangle of the screen. For one thread.

    What lies off the desktop is black, so that all frames have the region's size.
    """

    live: Final = True
    frame_count: Final = None

    def __init__(self, region: Region, *, clock: Clock) -> None:
        self.region = region
        self._frames = ScreenFrames(clock=clock)

    @property
    def name(self) -> Message:
        """With size and position."""
        region = self.region
        return Message(
            MessageKey.SOURCE_REGION, width=region.width, height=region.height, left=region.left, top=region.top
        )

    @property
    def notice(self) -> Message | None:
        """Set while nothing in the region has changed for long."""
        return self._frames.notice

    def open(self) -> None:
        """Raises `SourceError` where there is no display, or the region lies off the desktop."""
        desktop = self._frames.open()
        if self.region.clipped(desktop) is None:
            self.close()
            raise SourceError(Message(MessageKey.REGION_NOT_ON_SCREEN, region=str(self.region), desktop=str(desktop)))

    def read(self) -> Frame:
        """Raises what `ScreenFrames.take` raises."""
        return self._frames.take(self.region)

    def close(self) -> None:
        """May be called twice."""
        self._frames.close()


class ScreenHandle(Protocol):
    """Grabs pixels: `Screen`, or a fake."""

    @property
    def desktop(self) -> Region:
        """All monitors together."""
        ...

    def grab(self, region: Region, /) -> Image:
        """The pixels of `region`. Raises `CaptureLostError`."""
        ...

    def close(self) -> None:
        """Errors are ignored."""
        ...


class Screen:
    """An mss handle for one thread, and the desktop at the time it was opened."""

    def __init__(self) -> None:
        import mss

        try:
            self._handle = mss.MSS()
        except Exception as error:  # mss raises ctypes, X and assertion errors too
            raise SourceError(_describe_missing_display(error)) from error
        try:
            described: list[Mapping[str, Any]] = list(self._handle.monitors)
        except Exception as error:
            self.close()
            raise SourceError(_describe_missing_display(error)) from error
        self.desktop = _to_region(described[0])
        self.monitors = [
            Monitor(number, _to_region(monitor), str(monitor.get("name") or f"Monitor {number}"))
            for number, monitor in enumerate(described[1:], start=1)
        ]

    def grab(self, region: Region) -> Image:
        """The region as (height, width, 3) uint8, blue-green-red, black where it is off the desktop.

        Raises `DisplayLostError`.
        """
        visible = region.clipped(self.desktop)
        if visible is None:
            raise DisplayLostError(Message(MessageKey.REGION_OFF_SCREEN, region=str(region)))
        box = {"left": visible.left, "top": visible.top, "width": visible.width, "height": visible.height}
        try:
            shot = self._handle.grab(box)
        except Exception as error:
            raise DisplayLostError(Message(MessageKey.SCREEN_UNAVAILABLE)) from error
        pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
        image = cv2.cvtColor(pixels, cv2.COLOR_BGRA2BGR)
        if visible == region:
            return np.asarray(image, np.uint8)
        scale = shot.width / visible.width
        canvas = np.zeros((round(region.height * scale), round(region.width * scale), 3), np.uint8)
        top, left = round((visible.top - region.top) * scale), round((visible.left - region.left) * scale)
        canvas[top : top + shot.height, left : left + shot.width] = image
        return canvas

    def close(self) -> None:
        """Errors are ignored."""
        with contextlib.suppress(Exception):  # X errors of a display that is gone; the handle is dropped anyway
            self._handle.close()


def _to_region(monitor: Mapping[str, Any]) -> Region:
    return Region(int(monitor["left"]), int(monitor["top"]), int(monitor["width"]), int(monitor["height"]))


def _describe_missing_display(error: Exception) -> Message:
    reason = str(error).strip().rstrip(".").splitlines()[:1]
    if not reason:
        return Message(MessageKey.NO_DISPLAY_TO_CAPTURE)
    return Message(MessageKey.DISPLAY_NOT_CAPTURED, reason=reason[0])

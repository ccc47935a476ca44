"""A window of another program as a live source: followed as it moves, and awaited while it cannot be seen."""

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from fer_desktop.capture.region import ScreenFrames, ScreenHandle
from fer_desktop.desktop import DesktopWindow, WindowFinder, open_finder
from fer_desktop.desktop.call_apps import name_app
from fer_desktop.desktop.coverage import covered_share
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import CaptureLostError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.types import Box, Frame

_log = logging.getLogger(__name__)

MIN_SIDE_PX: Final = 64
NOTICE_FROM_SHARE: Final = 0.2
"""Share of the window that is covered or off the screen. Below it a gallery loses its edge at most."""
LOST_FROM_SHARE: Final = 0.95
"""Share of the window that is covered. From it on the picture is another program's, and says nothing about students."""
LIST_VALID_FOR_S: Final = 0.1
"""Listing thirty windows takes 2 to 5 ms: negligible five times a second, but not thirty times."""


class WindowSource:
    """A `FrameSource` of the part of the screen where a window is. For one thread.

    The window's region is queried up to ten times a second, and frames have its size. Whatever covers the window is
    captured in its place: `notice` reports it, and capture counts as lost where it covers all. After the window is
    closed, the next one that matches `selector` is captured.
    """

    live: Final = True
    frame_count: Final = None

    def __init__(
        self,
        selector: WindowSelector,
        *,
        clock: Clock,
        open_finder: Callable[[], WindowFinder] = open_finder,
        open_screen: Callable[[], ScreenHandle] | None = None,
    ) -> None:
        self.selector = selector
        self._clock = clock
        self._frames = ScreenFrames(clock=clock, open_screen=open_screen)
        self._open_finder = open_finder
        self._finder: WindowFinder | None = None
        self._watched = selector
        self._windows: Sequence[DesktopWindow] = ()
        self._listed_at_s = -math.inf
        self._notice: Message | None = None

    @property
    def name(self) -> Message:
        """Of the program, not the title: names of sources are stored, and a title may contain a person's name."""
        program = self.selector.program
        if not program:
            return Message(MessageKey.SOURCE_UNNAMED_WINDOW)
        return Message(MessageKey.SOURCE_WINDOW, program=program)

    @property
    def notice(self) -> Message | None:
        """What impairs the picture: the window is partly covered, off the screen, or has not changed for long."""
        return self._notice or self._frames.notice

    def open(self) -> None:
        """Raises `SourceError` where there is no display, or no such window."""
        self._frames.open()
        self._find_first(self._list_windows())

    def read(self) -> Frame:
        """Raises `CaptureLostError` while the window is closed, hidden, covered or tiny; `SourceError` once the display
        is gone.
        """
        self._notice = None
        windows = self._list_windows()
        window = self._find_watched(windows)
        above = [other for other in takewhile(lambda other: other.id != window.id, windows) if not other.hidden]
        _check_visible(window, above)
        desktop = self._frames.open()
        frame = self._frames.take(window.region)
        frame = replace(frame, hidden=_find_hidden(window.region, above, desktop, frame.width / window.region.width))
        self._notice = _describe_impairment(window, above, desktop, renamed=not self.selector.matches(window))
        if window.region.clipped(desktop) != window.region:
            self._frames.close()  # monitors may have changed: a new handle knows them
        return frame

    def close(self) -> None:
        """May be called twice."""
        self._frames.close()
        self._close_finder()

    def _list_windows(self) -> Sequence[DesktopWindow]:
        now_s = self._clock.now_s()
        if now_s - self._listed_at_s < LIST_VALID_FOR_S:
            return self._windows
        if self._finder is None:
            self._finder = self._open_finder()
        try:
            self._windows = self._finder.list_windows()
        except CaptureLostError:
            self._close_finder()
            raise
        self._listed_at_s = now_s
        return self._windows

    def _close_finder(self) -> None:
        self._listed_at_s = -math.inf
        if self._finder is not None:
            self._finder.close()
            self._finder = None

    def _find_first(self, windows: Sequence[DesktopWindow]) -> None:
        window = self.selector.find(windows)
        if window is None:
            raise SourceError(Message(MessageKey.NO_SUCH_WINDOW))
        _log.debug("watching window %d of %s", window.id, window.app)
        self._watched = WindowSelector.of(window)

    def _find_watched(self, windows: Sequence[DesktopWindow]) -> DesktopWindow:
        """The same window under any title; once it is closed, another that matches. Raises `CaptureLostError`."""
        window = self._watched.find(windows) or self.selector.find(windows)
        if window is None:
            raise CaptureLostError(Message(MessageKey.WINDOW_CLOSED))
        if window.id != self._watched.id:
            _log.debug("watching window %d of %s from now on", window.id, window.app)
            self._watched = WindowSelector.of(window)
        return window


def _find_hidden(region: Region, above: Sequence[DesktopWindow], desktop: Region, scale: float) -> tuple[Box, ...]:
    """Boxes of a frame of `region` that show something else: windows above it, and what is off the desktop.

    `scale`: pixels of the frame per pixel of the desktop.
    """
    sides = (
        (region.left, region.top, desktop.left - region.left, region.height),
        (desktop.right, region.top, region.right - desktop.right, region.height),
        (region.left, region.top, region.width, desktop.top - region.top),
        (region.left, desktop.bottom, region.width, region.bottom - desktop.bottom),
    )
    off = [Region(*side) for side in sides if min(side[2:]) > 0]
    covers = [part for other in above if (part := other.region.clipped(region)) is not None]
    return tuple(
        Box(scale * (part.left - region.left), scale * (part.top - region.top), scale * part.width, scale * part.height)
        for part in (*covers, *off)
    )


def _check_visible(window: DesktopWindow, above: Sequence[DesktopWindow]) -> None:
    """Raises `CaptureLostError` where the window is hidden, tiny or covered."""
    if window.hidden:
        raise CaptureLostError(Message(MessageKey.WINDOW_HIDDEN))
    if min(window.region.width, window.region.height) < MIN_SIDE_PX:
        raise CaptureLostError(Message(MessageKey.WINDOW_TOO_SMALL))
    if covered_share(window.region, [other.region for other in above]) >= LOST_FROM_SHARE:
        program = _name_program_above(window, above)
        raise CaptureLostError(
            Message(MessageKey.WINDOW_COVERED, program=program)
            if program
            else Message(MessageKey.WINDOW_COVERED_BY_UNKNOWN)
        )


def _describe_impairment(
    window: DesktopWindow, above: Sequence[DesktopWindow], desktop: Region, *, renamed: bool
) -> Message | None:
    """`renamed`: the title no longer matches."""
    region = window.region
    if covered_share(region, [other.region for other in above]) >= NOTICE_FROM_SHARE:
        program = _name_program_above(window, above)
        if program:
            return Message(MessageKey.WINDOW_PARTLY_COVERED, program=program)
        return Message(MessageKey.WINDOW_PARTLY_COVERED_BY_UNKNOWN)
    if 1 - covered_share(region, [desktop]) >= NOTICE_FROM_SHARE:
        return Message(MessageKey.WINDOW_PARTLY_OFF_SCREEN)
    return Message(MessageKey.WINDOW_RENAMED) if renamed else None


def _name_program_above(window: DesktopWindow, above: Sequence[DesktopWindow]) -> str | None:
    """The program whose window covers most of it; None where its name is unknown."""
    cover = max(above, key=lambda other: covered_share(window.region, [other.region]))
    if cover.own:
        return "FER Desktop"
    return name_app(cover.app)

"""A window of another program as a live source: followed as it moves, and waited for while it cannot be seen."""

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
from fer_desktop.messages.told import mark
from fer_desktop.ports import Clock
from fer_desktop.types import Box, Frame

_log = logging.getLogger(__name__)

LEAST_SIDE_PX: Final = 64
TOLD_FROM_SHARE: Final = 0.2
"""Covered or off the screen by less than that, a gallery loses its rim at most."""
LISTED_FOR_S: Final = 0.1
"""A list of thirty windows takes 2 to 5 ms: that is nothing five times a second, and something thirty times."""
LOST_FROM_SHARE: Final = 0.95
"""Covered by more, the picture is another program's: nobody in it is a student, and no student in it is away."""

_NAME: Final = mark("Window of {program}")
_NAMELESS: Final = mark("A window")
_CLOSED: Final = mark(
    "the watched window is closed: open the call again and it goes on, or stop and choose another window"
)
_HIDDEN: Final = mark("the watched window is minimised or on another workspace: bring it back")
_SMALL: Final = mark("the watched window is too small to show a class: make it larger")
_COVERED: Final = mark("{program} covers the watched window: move it aside")
_PARTLY_COVERED: Final = mark("{program} covers a part of the watched window: move it aside")
_PARTLY_OFF: Final = mark("A part of the watched window is off the screen: move it back")
_RENAMED: Final = mark("The watched window has another title now: does it still show the call?")
_UNKNOWN_PROGRAM: Final = mark("Another window")


class WindowSource:
    """Captures one window's place on the screen, live. `open`, `read` and `close` belong to one thread.

    Its place is asked for about ten times a second, and frames change their size with it. What lies on top of it is
    captured in its stead, as from any screen: `notice` tells of it, and capture counts as lost where it covers all. A
    window that is closed is waited for: one of the same program and title takes its place.
    """

    live: Final = True
    frame_count: Final = None

    def __init__(
        self,
        wanted: WindowSelector,
        *,
        clock: Clock,
        open_finder: Callable[[], WindowFinder] = open_finder,
        open_screen: Callable[[], ScreenHandle] | None = None,
    ) -> None:
        self.wanted = wanted
        self._clock = clock
        self._frames = ScreenFrames(clock=clock, open_screen=open_screen)
        self._open_finder = open_finder
        self._finder: WindowFinder | None = None
        self._watched = wanted
        self._windows: Sequence[DesktopWindow] = ()
        self._listed_at_s = -math.inf
        self._notice: str | None = None

    @property
    def name(self) -> str:
        """The program, and not the title: names of sources are stored, and a title may name a person."""
        program = self.wanted.program
        return _NAME.format(program=program) if program else _NAMELESS

    @property
    def notice(self) -> str | None:
        """What keeps the picture from being the whole window: it is covered, off the screen, or stands still."""
        return self._notice or self._frames.notice

    def open(self) -> None:
        """Raises `SourceError` when there is no display, or no such window."""
        self._frames.open()
        self._watch_for(self._list_windows())

    def read(self) -> Frame:
        """Raises `CaptureLostError` while the window is closed, hidden, covered or tiny; `SourceError` once the
        display itself cannot be reached any more.
        """
        self._notice = None
        windows = self._list_windows()
        window = self._find_watched(windows)
        above = [other for other in takewhile(lambda other: other.id != window.id, windows) if not other.hidden]
        _check_shown(window, above)
        desktop = self._frames.open()
        frame = self._frames.take(window.region)
        frame = replace(frame, hidden=_find_hidden(window.region, above, desktop, frame.width / window.region.width))
        self._notice = _describe_flaw(window, above, desktop, fits=self.wanted.fits(window))
        if window.region.clipped(desktop) != window.region:
            self._frames.close()  # a monitor may have come: the next handle knows
        return frame

    def close(self) -> None:
        self._frames.close()
        self._close_finder()

    def _list_windows(self) -> Sequence[DesktopWindow]:
        now_s = self._clock.now_s()
        if now_s - self._listed_at_s < LISTED_FOR_S:
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

    def _watch_for(self, windows: Sequence[DesktopWindow]) -> None:
        window = self.wanted.find(windows)
        if window is None:
            raise SourceError(
                "no open window is the one that was asked for: open the call, then choose its window from the list "
                "(`fer-desktop windows` prints it)"
            )
        _log.debug("watching window %d of %s", window.id, window.app)
        self._watched = WindowSelector.of(window)

    def _find_watched(self, windows: Sequence[DesktopWindow]) -> DesktopWindow:
        """The very window, under whatever title; once it is gone, another that fits."""
        window = self._watched.find(windows) or self.wanted.find(windows)
        if window is None:
            raise CaptureLostError(_CLOSED)
        if window.id != self._watched.id:
            _log.debug("watching window %d of %s from now on", window.id, window.app)
            self._watched = WindowSelector.of(window)
        return window


def _find_hidden(region: Region, above: Sequence[DesktopWindow], desktop: Region, scale: float) -> tuple[Box, ...]:
    """Where a frame of the region shows something else: windows above it, and what is off the screen.

    `scale`: pixels of the frame for each of the desktop's.
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


def _check_shown(window: DesktopWindow, above: Sequence[DesktopWindow]) -> None:
    """Raises `CaptureLostError` with what to do."""
    if window.hidden:
        raise CaptureLostError(_HIDDEN)
    if min(window.region.width, window.region.height) < LEAST_SIDE_PX:
        raise CaptureLostError(_SMALL)
    if covered_share(window.region, [other.region for other in above]) >= LOST_FROM_SHARE:
        raise CaptureLostError(_COVERED.format(program=_name_covering(window, above)))


def _describe_flaw(window: DesktopWindow, above: Sequence[DesktopWindow], desktop: Region, *, fits: bool) -> str | None:
    region = window.region
    if covered_share(region, [other.region for other in above]) >= TOLD_FROM_SHARE:
        return _PARTLY_COVERED.format(program=_name_covering(window, above))
    if 1 - covered_share(region, [desktop]) >= TOLD_FROM_SHARE:
        return _PARTLY_OFF
    if not fits:
        return _RENAMED
    return None


def _name_covering(window: DesktopWindow, above: Sequence[DesktopWindow]) -> str:
    """Whose window covers most of it."""
    most = max(above, key=lambda other: covered_share(window.region, [other.region]))
    if most.own:
        return "FER Desktop"
    return name_app(most.app) or _UNKNOWN_PROGRAM

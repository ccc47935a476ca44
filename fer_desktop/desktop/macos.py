"""The windows of a macOS desktop, by ctypes on CoreGraphics and CoreFoundation.

Not tried on macOS so far. `_Quartz` only fetches the list; every decision is in `describe_windows`, which is tested
with made-up lists. Without the permission to record the screen macOS withholds the titles.
"""

import ctypes
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.types import DesktopWindow, clean_title
from fer_desktop.errors import DisplayLostError, SourceError
from fer_desktop.messages import Message, MessageKey

_ALL: Final = 0  # kCGWindowListOptionAll
_ON_SCREEN: Final = 1  # kCGWindowListOptionOnScreenOnly
_NO_DESKTOP: Final = 16  # kCGWindowListExcludeDesktopElements
_TEXTS: Final = ("kCGWindowName", "kCGWindowOwnerName")
_NUMBERS: Final = ("kCGWindowNumber", "kCGWindowOwnerPID", "kCGWindowLayer", "kCGWindowAlpha")
_BOUNDS: Final = "kCGWindowBounds"
_UTF8: Final = 0x08000100  # kCFStringEncodingUTF8
_DOUBLE: Final = 13  # kCFNumberDoubleType
_MIN_SIDE: Final = 64.0
"""Points; smaller ones are items of the menu bar and the like."""

Facts = Mapping[str, Any]
"""The description of a window by macOS' own keys; `kCGWindowBounds` is (x, y, width, height) in points."""


def describe_windows(on_screen: Iterable[Facts], everything: Iterable[Facts], *, own: int) -> tuple[DesktopWindow, ...]:
    """Windows on the screen, the topmost first, then those minimised or on another space. `own`: this process."""
    shown = [window for facts in on_screen if (window := _describe(facts, hidden=False, own=own)) is not None]
    shown_ids = {window.id for window in shown}
    others = [window for facts in everything if (window := _describe(facts, hidden=True, own=own)) is not None]
    return (*shown, *(window for window in others if window.id not in shown_ids))


def _describe(facts: Facts, *, hidden: bool, own: int) -> DesktopWindow | None:
    """The window; None for one that is transparent, tiny, without title or in another layer than usual."""
    x, y, width, height = facts.get(_BOUNDS, (0.0, 0.0, 0.0, 0.0))
    app, title = clean_title(facts.get("kCGWindowOwnerName", "")), clean_title(facts.get("kCGWindowName", ""))
    ordinary = facts.get("kCGWindowLayer", 0) == 0 and facts.get("kCGWindowAlpha", 1) > 0
    if not ordinary or min(width, height) < _MIN_SIDE or not title:
        return None
    region = Region(round(x), round(y), round(width), round(height))
    number, process = int(facts["kCGWindowNumber"]), facts.get("kCGWindowOwnerPID")
    return DesktopWindow(number, title, app, region, hidden=hidden, own=process == own)


class MacFinder:
    """A `WindowFinder` for macOS. For one thread."""

    def __init__(self) -> None:
        """Raises `SourceError` without the permission to record the screen."""
        self._system = _Quartz()
        if not self._system.can_record():
            raise SourceError(Message(MessageKey.WINDOWS_HIDDEN_BY_MACOS))

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        """All windows with a title, the topmost first. Raises `CaptureLostError`."""
        on_screen = self._system.windows(_ON_SCREEN | _NO_DESKTOP)
        return describe_windows(on_screen, self._system.windows(_ALL | _NO_DESKTOP), own=os.getpid())

    def close(self) -> None:
        """There is nothing to close."""


class _Rect(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_double) for name in ("x", "y", "width", "height"))


class _Quartz:
    """The calls of the two frameworks."""

    def __init__(self) -> None:
        frameworks = "/System/Library/Frameworks"
        self._graphics: Any = ctypes.CDLL(f"{frameworks}/CoreGraphics.framework/CoreGraphics")
        self._core: Any = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
        pointer, number = ctypes.c_void_p, ctypes.c_long
        self._graphics.CGPreflightScreenCaptureAccess.restype = ctypes.c_bool
        self._graphics.CGWindowListCopyWindowInfo.restype = pointer
        self._graphics.CGWindowListCopyWindowInfo.argtypes = (ctypes.c_uint32, ctypes.c_uint32)
        self._graphics.CGRectMakeWithDictionaryRepresentation.restype = ctypes.c_bool
        self._graphics.CGRectMakeWithDictionaryRepresentation.argtypes = (pointer, pointer)
        for name, result, arguments in (
            ("CFArrayGetCount", number, (pointer,)),
            ("CFArrayGetValueAtIndex", pointer, (pointer, number)),
            ("CFDictionaryGetValue", pointer, (pointer, pointer)),
            ("CFNumberGetValue", ctypes.c_bool, (pointer, number, pointer)),
            ("CFStringGetCString", ctypes.c_bool, (pointer, ctypes.c_char_p, number, ctypes.c_uint32)),
            ("CFRelease", None, (pointer,)),
        ):
            function = getattr(self._core, name)
            function.restype, function.argtypes = result, arguments

    def can_record(self) -> bool:
        """Asks without opening the system's permission dialog."""
        return bool(self._graphics.CGPreflightScreenCaptureAccess())

    def windows(self, options: int) -> list[Facts]:
        listed = self._graphics.CGWindowListCopyWindowInfo(options, 0)
        if not listed:
            raise DisplayLostError(Message(MessageKey.WINDOWS_NOT_LISTED))
        try:
            count = self._core.CFArrayGetCount(listed)
            return [self._read(self._core.CFArrayGetValueAtIndex(listed, index)) for index in range(count)]
        finally:
            self._core.CFRelease(listed)

    def _read(self, entry: int) -> Facts:
        readers: dict[str, Callable[[int], object]] = dict.fromkeys(_TEXTS, self._text)
        readers |= dict.fromkeys(_NUMBERS, self._number) | {_BOUNDS: self._rect}
        return {name: read(value) for name, read in readers.items() if (value := self._value(entry, name))}

    def _value(self, entry: int, name: str) -> int | None:
        key = ctypes.c_void_p.in_dll(self._graphics, name)
        found: int | None = self._core.CFDictionaryGetValue(entry, key)
        return found

    def _text(self, value: int) -> str:
        buffer = ctypes.create_string_buffer(2048)
        done = self._core.CFStringGetCString(value, buffer, len(buffer), _UTF8)
        return buffer.value.decode("utf-8", "replace") if done else ""

    def _number(self, value: int) -> float:
        number = ctypes.c_double()
        self._core.CFNumberGetValue(value, _DOUBLE, ctypes.byref(number))
        return number.value

    def _rect(self, value: int) -> tuple[float, float, float, float]:
        rect = _Rect()
        self._graphics.CGRectMakeWithDictionaryRepresentation(value, ctypes.byref(rect))
        return rect.x, rect.y, rect.width, rect.height

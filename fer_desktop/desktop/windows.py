"""The windows of a Microsoft Windows desktop, by ctypes on user32 and dwmapi.

Not tried on Windows so far. `_Win32` only fetches facts; every decision is in `describe_window`, which is tested with
made-up ones.
"""

import ctypes
import os
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any, Final

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.types import DesktopWindow, clean_title
from fer_desktop.errors import DisplayLostError
from fer_desktop.messages import Message, MessageKey

_EXTENDED_STYLE: Final = -20  # GWL_EXSTYLE
_TRANSPARENT: Final = 0x00000020  # WS_EX_TRANSPARENT: clicks fall through, as with the overlays of games and drivers
_TOOL: Final = 0x00000080  # WS_EX_TOOLWINDOW: not in the task bar
_FRAME_BOUNDS: Final = 9  # DWMWA_EXTENDED_FRAME_BOUNDS: without the invisible border that windows are resized by
_CLOAKED: Final = 14  # DWMWA_CLOAKED: on another desktop, or an app that sleeps
_QUERY_LIMITED: Final = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_DESKTOP_CLASSES: Final = frozenset({"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"})


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """A visible top-level window as Windows describes it. `bounds`: left, top, right, bottom in physical pixels."""

    handle: int
    title: str
    kind: str
    program: str
    process: int
    bounds: tuple[int, int, int, int]
    extended_style: int = 0
    minimised: bool = False
    cloaked: bool = False


def describe_window(facts: WindowFacts, *, own: int) -> DesktopWindow | None:
    """The window; None for overlays, panels, the desktop and windows without title. `own`: this process."""
    title = clean_title(facts.title)
    part_of_desktop = facts.extended_style & (_TRANSPARENT | _TOOL) or facts.kind in _DESKTOP_CLASSES
    if not title or part_of_desktop:
        return None
    left, top, right, bottom = facts.bounds
    region = Region(left, top, max(1, right - left), max(1, bottom - top))
    app = clean_title(PureWindowsPath(facts.program).stem)
    hidden = facts.minimised or facts.cloaked
    return DesktopWindow(facts.handle, title, app, region, hidden=hidden, own=facts.process == own)


class Win32Finder:
    """A `WindowFinder` for Windows. For one thread."""

    def __init__(self) -> None:
        self._system = _Win32()

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        """All windows with a title, the topmost first. Raises `CaptureLostError`."""
        own = os.getpid()
        facts = map(self._system.read_facts, self._system.handles())
        return tuple(window for each in facts if (window := describe_window(each, own=own)) is not None)

    def close(self) -> None:
        """There is nothing to close."""


class _Win32:
    """The calls. 64-bit Windows has one calling convention, so `CDLL` is right."""

    def __init__(self) -> None:
        from ctypes import wintypes

        self._types = wintypes
        self._user: Any = ctypes.CDLL("user32")
        self._dwm: Any = ctypes.CDLL("dwmapi")
        self._kernel: Any = ctypes.CDLL("kernel32")
        self._callback: Any = ctypes.CFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        self._kernel.OpenProcess.restype = wintypes.HANDLE
        self._kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
        self._kernel.QueryFullProcessImageNameW.argtypes = (
            wintypes.HANDLE,
            wintypes.DWORD,
            wintypes.LPWSTR,
            ctypes.POINTER(wintypes.DWORD),
        )
        self._user.GetWindowThreadProcessId.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
        self._user.EnumWindows.argtypes = (self._callback, wintypes.LPARAM)
        self._user.GetWindowRect.argtypes = (wintypes.HWND, ctypes.c_void_p)
        self._dwm.DwmGetWindowAttribute.argtypes = (wintypes.HWND, wintypes.DWORD, ctypes.c_void_p, wintypes.DWORD)
        for name in ("GetWindowTextW", "GetClassNameW"):
            getattr(self._user, name).argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
        self._user.GetWindowLongW.argtypes = (wintypes.HWND, ctypes.c_int)
        for name in ("IsWindowVisible", "IsIconic"):
            getattr(self._user, name).argtypes = (wintypes.HWND,)

    def handles(self) -> list[int]:
        """Visible windows in the order of EnumWindows, the topmost first. Several hundred others are never shown."""
        found: list[int] = []

        def add_if_visible(handle: int, _: int) -> bool:
            if self._user.IsWindowVisible(handle):
                found.append(handle)
            return True

        if not self._user.EnumWindows(self._callback(add_if_visible), 0):
            raise DisplayLostError(Message(MessageKey.WINDOWS_NOT_LISTED))
        return found

    def read_facts(self, handle: int) -> WindowFacts:
        process = self._types.DWORD()
        self._user.GetWindowThreadProcessId(handle, ctypes.byref(process))
        title = self._read_text("GetWindowTextW", handle)
        return WindowFacts(
            handle,
            title=title,
            kind=self._read_text("GetClassNameW", handle),
            program=self._read_program(process.value) if title else "",
            process=int(process.value),
            bounds=self._read_bounds(handle),
            extended_style=int(self._user.GetWindowLongW(handle, _EXTENDED_STYLE)),
            minimised=bool(self._user.IsIconic(handle)),
            cloaked=self._is_cloaked(handle),
        )

    def _read_text(self, function: str, handle: int) -> str:
        buffer = ctypes.create_unicode_buffer(512)
        getattr(self._user, function)(handle, buffer, len(buffer))
        return buffer.value

    def _read_bounds(self, handle: int) -> tuple[int, int, int, int]:
        rect = self._types.RECT()
        size = ctypes.sizeof(rect)
        if self._dwm.DwmGetWindowAttribute(handle, _FRAME_BOUNDS, ctypes.byref(rect), size) != 0:
            self._user.GetWindowRect(handle, ctypes.byref(rect))
        return rect.left, rect.top, rect.right, rect.bottom

    def _is_cloaked(self, handle: int) -> bool:
        cloaked = self._types.DWORD()
        size = ctypes.sizeof(cloaked)
        answered = self._dwm.DwmGetWindowAttribute(handle, _CLOAKED, ctypes.byref(cloaked), size) == 0
        return answered and cloaked.value != 0

    def _read_program(self, process: int) -> str:
        handle = self._kernel.OpenProcess(_QUERY_LIMITED, False, process)
        if not handle:
            return ""
        try:
            buffer = ctypes.create_unicode_buffer(1024)
            size = self._types.DWORD(len(buffer))
            done = self._kernel.QueryFullProcessImageNameW(handle, 0, buffer, ctypes.byref(size))
            return buffer.value if done else ""
        finally:
            self._kernel.CloseHandle(handle)

"""The windows of an X11 desktop, as its window manager lists them (EWMH, ICCCM)."""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.types import DesktopWindow, clean_title
from fer_desktop.desktop.xcb import HEADER_BYTES, PendingReply, XcbConnection

_MAX_WINDOWS: Final = 16_384
_ICONIC: Final = 3  # in WM_STATE: ICCCM 4.1.3.1
_VIEWABLE: Final = 2  # map state in the reply to GetWindowAttributes
_ON_ALL_WORKSPACES: Final = 0xFFFFFFFF  # in _NET_WM_DESKTOP: EWMH
_EMPTY_REPLY: Final = bytes(HEADER_BYTES)
_MANAGER: Final = "_NET_SUPPORTING_WM_CHECK"
"""Names a window of the manager's, on the root window and on that window itself: EWMH."""


class XServer(Protocol):
    """The requests to an X server, as `XcbConnection` describes them."""

    @property
    def root(self) -> int: ...

    def atom(self, name: str, /) -> int: ...

    def request_property(self, window: int, name: str, /, *, max_words: int = ...) -> PendingReply: ...

    def request_tree(self, window: int, /) -> PendingReply: ...

    def request_geometry(self, window: int, /) -> PendingReply: ...

    def request_origin(self, window: int, /) -> PendingReply: ...

    def request_attributes(self, window: int, /) -> PendingReply: ...

    def check(self) -> None: ...

    def close(self) -> None: ...


class X11Finder:
    """Asks the window manager, or the server itself where there is no manager. For one thread."""

    def __init__(self, *, own_process_id: int | None = None, server: XServer | None = None) -> None:
        """Raises `SourceError` without an X server."""
        self._own = os.getpid() if own_process_id is None else own_process_id
        self._x = XcbConnection() if server is None else server

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        """All windows with a title, the topmost first. Raises `CaptureLostError`."""
        self._x.check()
        managed = not self._has_stale_manager()
        workspace = _first_number(self._x.request_property(self._x.root, "_NET_CURRENT_DESKTOP")())
        # All requests are sent before the first reply is waited for: one round trip for all windows.
        requests = [_WindowRequests.send(self._x, window) for window in self._list_ids(managed=managed)]
        found = [each.describe(managed=managed, workspace=workspace, own=self._own) for each in requests]
        self._x.check()
        return tuple(window for window in reversed(found) if window is not None)

    def close(self) -> None:
        """May be called twice."""
        self._x.close()

    def _list_ids(self, *, managed: bool) -> list[int]:
        """All windows, the lowest first."""
        if not managed:
            return self._list_children()
        listed = self._x.request_property(self._x.root, "_NET_CLIENT_LIST_STACKING", max_words=_MAX_WINDOWS)()
        if listed is None:
            listed = self._x.request_property(self._x.root, "_NET_CLIENT_LIST", max_words=_MAX_WINDOWS)()
        return self._list_children() if listed is None else _numbers(listed)

    def _has_stale_manager(self) -> bool:
        """Whether the manager has ended: its lists and properties stay behind, but its own window is gone."""
        window = _first_number(self._x.request_property(self._x.root, _MANAGER)())
        return window is not None and _first_number(self._x.request_property(window, _MANAGER)()) != window

    def _list_children(self) -> list[int]:
        tree = self._x.request_tree(self._x.root)() or _EMPTY_REPLY
        children: int = struct.unpack_from("=H", tree, 16)[0]
        return _numbers(tree[HEADER_BYTES : HEADER_BYTES + 4 * children])


@dataclass(frozen=True, slots=True)
class _WindowRequests:
    """All requests about one window. `old_...`: of ICCCM, for programs without the properties of EWMH."""

    window: int
    title: PendingReply
    old_title: PendingReply
    app: PendingReply
    process: PendingReply
    kind: PendingReply
    states: PendingReply
    old_state: PendingReply
    workspace: PendingReply
    shadow: PendingReply
    geometry: PendingReply
    origin: PendingReply
    attributes: PendingReply
    atom: Callable[[str], int]

    @classmethod
    def send(cls, x: XServer, window: int) -> "_WindowRequests":
        return cls(
            window,
            title=x.request_property(window, "_NET_WM_NAME"),
            old_title=x.request_property(window, "WM_NAME"),
            app=x.request_property(window, "WM_CLASS"),
            process=x.request_property(window, "_NET_WM_PID"),
            kind=x.request_property(window, "_NET_WM_WINDOW_TYPE"),
            states=x.request_property(window, "_NET_WM_STATE"),
            old_state=x.request_property(window, "WM_STATE"),
            workspace=x.request_property(window, "_NET_WM_DESKTOP"),
            shadow=x.request_property(window, "_GTK_FRAME_EXTENTS"),
            geometry=x.request_geometry(window),
            origin=x.request_origin(window),
            attributes=x.request_attributes(window),
            atom=x.atom,
        )

    def describe(self, *, managed: bool, workspace: int | None, own: int) -> DesktopWindow | None:
        """The window; None for panels, the desktop, windows without title, and one that was closed meanwhile."""
        title, old_title = self.title(), self.old_title()
        app, process = _read_app(self.app()), _first_number(self.process())
        kinds, shadow = _numbers(self.kind()), _numbers(self.shadow())
        hidden = self._is_hidden(workspace, managed=managed)
        region = _read_region(self.geometry(), self.origin(), shadow)
        text = clean_title(title.decode("utf-8", "replace") if title else (old_title or b"").decode("latin-1"))
        parts_of_desktop = self.atom("_NET_WM_WINDOW_TYPE_DOCK"), self.atom("_NET_WM_WINDOW_TYPE_DESKTOP")
        if region is None or not text or not set(kinds).isdisjoint(parts_of_desktop):
            return None
        return DesktopWindow(self.window, text, app, region, hidden=hidden, own=process == own)

    def _is_hidden(self, workspace: int | None, *, managed: bool) -> bool:
        states, old_state = _numbers(self.states()), _first_number(self.old_state())
        own_workspace, attributes = _first_number(self.workspace()), self.attributes()
        unmapped = attributes is None or attributes[26] != _VIEWABLE
        if not managed:
            return unmapped
        elsewhere = None not in (workspace, own_workspace) and own_workspace not in (workspace, _ON_ALL_WORKSPACES)
        return elsewhere or unmapped or old_state == _ICONIC or self.atom("_NET_WM_STATE_HIDDEN") in states


def _read_region(geometry: bytes | None, origin: bytes | None, shadow: list[int]) -> Region | None:
    """The window without the manager's frame and without the shadow that some programs draw around themselves.

    `shadow`: left, right, top and bottom; may be empty.
    """
    if geometry is None or origin is None:
        return None
    width, height = struct.unpack_from("=HH", geometry, 16)
    left, top = struct.unpack_from("=hh", origin, 12)
    if len(shadow) == 4 and width > shadow[0] + shadow[1] and height > shadow[2] + shadow[3]:
        left, top = left + shadow[0], top + shadow[2]
        width, height = width - shadow[0] - shadow[1], height - shadow[2] - shadow[3]
    return Region(left, top, width, height)


def _read_app(value: bytes | None) -> str:
    """The class from WM_CLASS, which holds instance and class, each with a terminating zero."""
    names = [name for name in (value or b"").decode("utf-8", "replace").split("\0") if name]
    return clean_title(names[-1]) if names else ""


def _numbers(value: bytes | None) -> list[int]:
    whole = (value or b"")[: len(value or b"") // 4 * 4]
    return list(struct.unpack(f"={len(whole) // 4}I", whole))


def _first_number(value: bytes | None) -> int | None:
    return next(iter(_numbers(value)), None)

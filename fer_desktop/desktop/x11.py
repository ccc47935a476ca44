"""The windows of an X11 desktop, as its window manager lists them."""

import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from fer_desktop.desktop.region import Region
from fer_desktop.desktop.types import DesktopWindow, clean_title
from fer_desktop.desktop.xcb import Answer, XcbConnection

_LIST_WORDS: Final = 16_384
_ICONIC: Final = 3  # WM_STATE, ICCCM 4.1.3.1
_VIEWABLE: Final = 2
_ON_ALL_WORKSPACES: Final = 0xFFFFFFFF
_NO_REPLY: Final = bytes(32)
_MANAGER: Final = "_NET_SUPPORTING_WM_CHECK"


class XServer(Protocol):
    """What is asked of an X server: `XcbConnection`, or a test's stand-in."""

    @property
    def root(self) -> int: ...

    def atom(self, name: str, /) -> int: ...

    def ask_property(self, window: int, name: str, /, *, most_words: int = ...) -> Answer: ...

    def ask_tree(self, window: int, /) -> Answer: ...

    def ask_geometry(self, window: int, /) -> Answer: ...

    def ask_origin(self, window: int, /) -> Answer: ...

    def ask_attributes(self, window: int, /) -> Answer: ...

    def check(self) -> None: ...

    def close(self) -> None: ...


class X11Finder:
    """Asks the window manager (EWMH), and the server itself where there is none. For one thread."""

    def __init__(self, *, own_process_id: int | None = None, server: XServer | None = None) -> None:
        """Raises `SourceError` without an X server."""
        self._own = os.getpid() if own_process_id is None else own_process_id
        self._x = XcbConnection() if server is None else server

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        self._x.check()
        managed = not self._manager_has_gone()
        workspace = _first_number(self._x.ask_property(self._x.root, "_NET_CURRENT_DESKTOP")())
        questions = [_Questions.ask(self._x, window) for window in self._list_ids(managed=managed)]
        found = [window.describe(managed=managed, workspace=workspace, own=self._own) for window in questions]
        self._x.check()
        return tuple(window for window in reversed(found) if window is not None)

    def close(self) -> None:
        self._x.close()

    def _list_ids(self, *, managed: bool) -> list[int]:
        """The lowest first."""
        if not managed:
            return self._list_children()
        listed = self._x.ask_property(self._x.root, "_NET_CLIENT_LIST_STACKING", most_words=_LIST_WORDS)()
        if listed is None:
            listed = self._x.ask_property(self._x.root, "_NET_CLIENT_LIST", most_words=_LIST_WORDS)()
        return self._list_children() if listed is None else _numbers(listed)

    def _manager_has_gone(self) -> bool:
        """A window manager that ends leaves its lists behind, and what it told of each window; the window by which it
        tells of itself ends with it.
        """
        window = _first_number(self._x.ask_property(self._x.root, _MANAGER)())
        return window is not None and _first_number(self._x.ask_property(window, _MANAGER)()) != window

    def _list_children(self) -> list[int]:
        tree = self._x.ask_tree(self._x.root)() or _NO_REPLY
        children: int = struct.unpack_from("=H", tree, 16)[0]
        return _numbers(tree[32 : 32 + 4 * children])


@dataclass(frozen=True, slots=True)
class _Questions:
    """All that was asked about one window."""

    window: int
    title: Answer
    old_title: Answer
    app: Answer
    process: Answer
    kind: Answer
    states: Answer
    old_state: Answer
    workspace: Answer
    shadow: Answer
    geometry: Answer
    origin: Answer
    attributes: Answer
    atom: Callable[[str], int]

    @classmethod
    def ask(cls, x: XServer, window: int) -> "_Questions":
        return cls(
            window,
            title=x.ask_property(window, "_NET_WM_NAME"),
            old_title=x.ask_property(window, "WM_NAME"),
            app=x.ask_property(window, "WM_CLASS"),
            process=x.ask_property(window, "_NET_WM_PID"),
            kind=x.ask_property(window, "_NET_WM_WINDOW_TYPE"),
            states=x.ask_property(window, "_NET_WM_STATE"),
            old_state=x.ask_property(window, "WM_STATE"),
            workspace=x.ask_property(window, "_NET_WM_DESKTOP"),
            shadow=x.ask_property(window, "_GTK_FRAME_EXTENTS"),
            geometry=x.ask_geometry(window),
            origin=x.ask_origin(window),
            attributes=x.ask_attributes(window),
            atom=x.atom,
        )

    def describe(self, *, managed: bool, workspace: int | None, own: int) -> DesktopWindow | None:
        """The window; None for one without title, for panels and the desktop, and where it is gone meanwhile."""
        title, old_title = self.title(), self.old_title()
        app, process = _read_app(self.app()), _first_number(self.process())
        kinds, shadow = _numbers(self.kind()), _numbers(self.shadow())
        hidden = self._is_hidden(workspace, managed=managed)
        region = _read_region(self.geometry(), self.origin(), shadow)
        words = clean_title(title.decode("utf-8", "replace") if title else (old_title or b"").decode("latin-1"))
        furniture = self.atom("_NET_WM_WINDOW_TYPE_DOCK"), self.atom("_NET_WM_WINDOW_TYPE_DESKTOP")
        if region is None or not words or not set(kinds).isdisjoint(furniture):
            return None
        return DesktopWindow(self.window, words, app, region, hidden=hidden, own=process == own)

    def _is_hidden(self, workspace: int | None, *, managed: bool) -> bool:
        states, old_state = _numbers(self.states()), _first_number(self.old_state())
        its_workspace, attributes = _first_number(self.workspace()), self.attributes()
        unmapped = attributes is None or attributes[26] != _VIEWABLE
        if not managed:
            return unmapped
        elsewhere = None not in (workspace, its_workspace) and its_workspace not in (workspace, _ON_ALL_WORKSPACES)
        return elsewhere or unmapped or old_state == _ICONIC or self.atom("_NET_WM_STATE_HIDDEN") in states


def _read_region(geometry: bytes | None, origin: bytes | None, shadow: list[int]) -> Region | None:
    """The window without its manager's frame, and without the shadow that some programs draw around themselves."""
    if geometry is None or origin is None:
        return None
    width, height = struct.unpack_from("=HH", geometry, 16)
    left, top = struct.unpack_from("=hh", origin, 12)
    if len(shadow) == 4 and width > shadow[0] + shadow[1] and height > shadow[2] + shadow[3]:
        left, top = left + shadow[0], top + shadow[2]
        width, height = width - shadow[0] - shadow[1], height - shadow[2] - shadow[3]
    return Region(left, top, width, height)


def _read_app(value: bytes | None) -> str:
    """The class of WM_CLASS, which is instance and class, each ended by a zero."""
    names = [name for name in (value or b"").decode("utf-8", "replace").split("\0") if name]
    return clean_title(names[-1]) if names else ""


def _numbers(value: bytes | None) -> list[int]:
    whole = (value or b"")[: len(value or b"") // 4 * 4]
    return list(struct.unpack(f"={len(whole) // 4}I", whole))


def _first_number(value: bytes | None) -> int | None:
    return next(iter(_numbers(value)), None)

"""How the replies of an X server are read: each window manager and toolkit sets other properties."""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.x11 import X11Finder

ROOT, CALL = 1, 0x400007
ATOMS = {
    "_NET_WM_STATE_HIDDEN": 300,
    "_NET_WM_WINDOW_TYPE_DOCK": 301,
    "_NET_WM_WINDOW_TYPE_DESKTOP": 302,
}
Properties = dict[str, bytes]


def numbers(*values: int) -> bytes:
    return struct.pack(f"={len(values)}I", *values)


@dataclass
class FakeServer:
    """An X server with one window of 800 x 600 at 100, 50; tests change its properties and those of the root."""

    call: Properties = field(default_factory=lambda: {"_NET_WM_NAME": b"Zoom Meeting", "WM_CLASS": b"zoom\0zoom\0"})
    desktop: Properties = field(default_factory=lambda: {"_NET_CLIENT_LIST_STACKING": numbers(CALL)})
    closed: bool = False
    viewable: bool = True
    root: int = ROOT

    def atom(self, name: str, /) -> int:
        return ATOMS[name]

    def request_property(self, window: int, name: str, /, *, max_words: int = 0) -> Callable[[], bytes | None]:
        properties = self.desktop if window == ROOT else self.call
        return lambda: None if self.closed and window != ROOT else properties.get(name)

    def request_tree(self, window: int, /) -> Callable[[], bytes | None]:
        return lambda: struct.pack("=16xH14x", 1) + numbers(CALL)

    def request_geometry(self, window: int, /) -> Callable[[], bytes | None]:
        return lambda: None if self.closed else struct.pack("=12xhhHH12x", 4, 20, 800, 600)

    def request_origin(self, window: int, /) -> Callable[[], bytes | None]:
        return lambda: None if self.closed else struct.pack("=12xhh16x", 100, 50)

    def request_attributes(self, window: int, /) -> Callable[[], bytes | None]:
        return lambda: None if self.closed else struct.pack("=26xB17x", 2 if self.viewable else 0)

    def check(self) -> None:
        pass

    def close(self) -> None:
        pass


def find(server: FakeServer) -> DesktopWindow | None:
    windows = X11Finder(server=server, own_process_id=77).list_windows()
    return windows[0] if windows else None


def test_a_window_as_its_manager_lists_it() -> None:
    assert find(FakeServer()) == DesktopWindow(CALL, "Zoom Meeting", "zoom", Region(100, 50, 800, 600))


def test_older_lists_and_no_list_at_all_are_enough() -> None:
    for desktop in ({"_NET_CLIENT_LIST": numbers(CALL)}, {}):
        assert find(FakeServer(desktop=desktop)) is not None
    assert find(FakeServer(desktop={"_NET_CLIENT_LIST_STACKING": b""})) is None, "an empty desktop is no missing list"


def test_the_list_of_a_window_manager_that_has_ended_is_ignored() -> None:
    left_behind = {"_NET_CLIENT_LIST_STACKING": b"", "_NET_SUPPORTING_WM_CHECK": numbers(99)}
    server = FakeServer(desktop=left_behind)
    server.call["_NET_WM_STATE"] = numbers(ATOMS["_NET_WM_STATE_HIDDEN"])
    found = find(server)
    assert found is not None
    assert not found.hidden, "it is mapped, whatever its properties say"
    server.call["_NET_SUPPORTING_WM_CHECK"] = numbers(99)
    assert find(server) is None, "it runs, and lists no window"


def test_an_old_title_is_latin_and_a_broken_one_is_shown_as_far_as_it_can_be_read() -> None:
    old = find(FakeServer(call={"WM_NAME": "Besprechung für später".encode("latin-1")}))
    broken = find(FakeServer(call={"_NET_WM_NAME": b"Zoom \xff Meeting"}))
    assert old is not None
    assert broken is not None
    assert (old.title, old.app, broken.title) == ("Besprechung für später", "", "Zoom \ufffd Meeting")


@pytest.mark.parametrize(
    "properties",
    [
        {"WM_STATE": numbers(3, 0)},
        {"_NET_WM_STATE": numbers(299, 300)},
        {"_NET_WM_DESKTOP": numbers(2)},
    ],
)
def test_minimised_or_on_another_workspace_it_is_hidden(properties: Properties) -> None:
    server = FakeServer()
    server.desktop["_NET_CURRENT_DESKTOP"] = numbers(0)
    server.call |= properties
    window = find(server)
    assert window is not None
    assert window.hidden


def test_on_all_workspaces_it_is_shown_and_unmapped_it_is_hidden() -> None:
    server = FakeServer()
    server.desktop["_NET_CURRENT_DESKTOP"] = numbers(1)
    for workspace, viewable, hidden in ((1, True, False), (0xFFFFFFFF, True, False), (1, False, True)):
        server.call["_NET_WM_DESKTOP"] = numbers(workspace)
        server.viewable = viewable
        window = find(server)
        assert window is not None
        assert window.hidden == hidden


def test_shadows_that_a_program_draws_around_itself_are_left_out() -> None:
    server = FakeServer()
    server.call["_GTK_FRAME_EXTENTS"] = numbers(26, 26, 23, 29)  # left, right, top, bottom
    window = find(server)
    assert window is not None
    assert window.region == Region(126, 73, 748, 548)


def test_a_window_of_this_program_is_recognised_by_its_process() -> None:
    server = FakeServer()
    server.call["_NET_WM_PID"] = numbers(77)
    window = find(server)
    assert window is not None
    assert window.own


@pytest.mark.parametrize("changes", [{"_NET_WM_NAME": b" \n"}, {"_NET_WM_WINDOW_TYPE": numbers(301)}])
def test_panels_and_what_has_no_title_are_no_windows(changes: Properties) -> None:
    server = FakeServer()
    server.call |= changes
    assert find(server) is None


def test_a_window_that_closes_between_requests_is_left_out() -> None:
    assert find(FakeServer(closed=True)) is None


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "_NET_WM_NAME",
                "WM_CLASS",
                "_NET_WM_PID",
                "_NET_WM_STATE",
                "WM_STATE",
                "_NET_WM_DESKTOP",
                "_GTK_FRAME_EXTENTS",
                "_NET_WM_WINDOW_TYPE",
            ]
        ),
        st.binary(max_size=40),
    )
)
def test_whatever_a_program_writes_into_its_properties_does_no_harm(properties: Properties) -> None:
    find(FakeServer(call=properties))

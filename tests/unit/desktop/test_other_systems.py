"""The decisions about windows on Windows and macOS, with made-up facts: no such desktop is needed."""

from typing import Any

import pytest

from fer_desktop.desktop import DesktopWindow, list_windows, open_finder
from fer_desktop.desktop.macos import describe_windows
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.wayland import is_wayland
from fer_desktop.desktop.windows import WindowFacts, describe_window
from fer_desktop.errors import DisplayError, SourceError
from fer_desktop.messages import MessageKey
from tests.raising import raises_message


def describe(**changes: Any) -> DesktopWindow | None:
    facts: dict[str, Any] = {
        "handle": 66050,
        "title": "Zoom Meeting",
        "kind": "ConfMultiTabContentWndClass",
        "program": r"C:\Users\a\AppData\Roaming\Zoom\bin\Zoom.exe",
        "process": 10,
        "bounds": (-1900, 20, -700, 700),
    }
    return describe_window(WindowFacts(**facts | changes), own=11)


class TestWindows:
    def test_a_window_on_the_left_monitor(self) -> None:
        assert describe() == DesktopWindow(66050, "Zoom Meeting", "Zoom", Region(-1900, 20, 1200, 680))

    def test_minimised_and_cloaked_windows_are_hidden(self) -> None:
        for changes in ({"minimised": True, "bounds": (-32000, -32000, -32000, -32000)}, {"cloaked": True}):
            window = describe(**changes)
            assert window is not None
            assert window.hidden

    def test_a_window_of_this_program_is_recognised_by_its_process(self) -> None:
        window = describe(process=11)
        assert window is not None
        assert window.own

    @pytest.mark.parametrize(
        "changes",
        [
            {"title": " "},
            {"extended_style": 0x20},
            {"extended_style": 0x80},
            {"kind": "Shell_TrayWnd"},
            {"kind": "Progman"},
        ],
    )
    def test_overlays_the_task_bar_and_what_has_no_title_are_no_windows(self, changes: dict[str, object]) -> None:
        assert describe(**changes) is None


def mac_facts(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "kCGWindowNumber": float(number),
        "kCGWindowOwnerPID": 10.0,
        "kCGWindowOwnerName": "zoom.us",
        "kCGWindowName": "Zoom Meeting",
        "kCGWindowLayer": 0.0,
        "kCGWindowAlpha": 1.0,
        "kCGWindowBounds": (0.0, 25.0, 1200.0, 700.0),
    } | changes


class TestMacOS:
    def test_windows_on_the_screen_come_first_the_others_are_hidden(self) -> None:
        shown, minimised = mac_facts(1), mac_facts(2, kCGWindowName="Notes", kCGWindowOwnerPID=11.0)
        assert describe_windows([shown], [minimised, shown], own=11) == (
            DesktopWindow(1, "Zoom Meeting", "zoom.us", Region(0, 25, 1200, 700)),
            DesktopWindow(2, "Notes", "zoom.us", Region(0, 25, 1200, 700), hidden=True, own=True),
        )

    @pytest.mark.parametrize(
        "changes",
        [
            {"kCGWindowLayer": 25.0},
            {"kCGWindowAlpha": 0.0},
            {"kCGWindowBounds": (0.0, 0.0, 30.0, 24.0)},
            {"kCGWindowName": ""},
        ],
    )
    def test_menus_and_what_has_no_title_are_no_windows(self, changes: dict[str, object]) -> None:
        assert describe_windows([mac_facts(1, **changes)], [], own=11) == ()

    def test_keys_that_macos_leaves_out_do_no_harm(self) -> None:
        assert describe_windows([{"kCGWindowNumber": 1.0}], [], own=11) == ()


class TestLinux:
    def test_wayland_is_refused_with_the_reason(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
        assert is_wayland()
        with raises_message(SourceError, MessageKey.WINDOWS_HIDDEN_BY_WAYLAND):
            open_finder()

    def test_without_a_display_it_says_what_to_do(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.platform", "linux")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
        monkeypatch.setenv("DISPLAY", ":4095")
        with raises_message(DisplayError, MessageKey.NO_DISPLAY_TO_LIST):
            list_windows()

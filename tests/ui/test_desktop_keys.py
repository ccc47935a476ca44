"""Keys that reach the program while another one has the keyboard: a real X server's, and Windows' messages."""

import ctypes
import subprocess
from collections.abc import Iterator
from ctypes import wintypes
from typing import Any

import pytest
from PySide6.QtWidgets import QKeySequenceEdit
from pytestqt.qtbot import QtBot

from tests.needs import LINUX, SCREEN, XDOTOOL
from ui.desktop_keys import DesktopKeys, Key, NoKeys, open_desktop_keys
from ui.desktop_keys.windows import Win32Keys

BOTH = frozenset(Key)


@LINUX
@SCREEN
@XDOTOOL
class TestOnX11:
    @pytest.fixture
    def keys(self, qapp: object) -> Iterator[DesktopKeys]:
        keys = open_desktop_keys()
        yield keys
        keys.release()

    def test_a_key_comes_while_another_window_has_the_keyboard_which_does_not_see_it(
        self, qtbot: QtBot, keys: DesktopKeys
    ) -> None:
        other = QKeySequenceEdit()  # keeps every key that it receives
        qtbot.addWidget(other)
        with qtbot.waitActive(other):
            other.show()
            other.activateWindow()
        pressed: list[Key] = []
        assert keys.hold(Key, pressed.append) == BOTH
        type_keys("key", "ctrl+shift+F9", "key", "ctrl+shift+F10", "key", "ctrl+shift+F8", "key", "F9")
        qtbot.waitUntil(lambda: len(pressed) == 2)
        qtbot.waitUntil(lambda: other.keySequence().toString() == "Ctrl+Shift+F8, F9")
        assert pressed == [Key.BOOKMARK, Key.PAUSE]

    def test_with_caps_lock_and_num_lock_too(self, qtbot: QtBot, keys: DesktopKeys) -> None:
        pressed: list[Key] = []
        keys.hold(Key, pressed.append)
        type_keys("key", "Caps_Lock", "key", "Num_Lock")
        try:
            type_keys("key", "ctrl+shift+F9")
            qtbot.waitUntil(lambda: pressed == [Key.BOOKMARK])
        finally:
            type_keys("key", "Caps_Lock", "key", "Num_Lock")

    def test_a_key_that_is_held_down_counts_once(self, qtbot: QtBot, keys: DesktopKeys) -> None:
        pressed: list[Key] = []
        keys.hold(Key, pressed.append)
        held_s = "1.5"  # the server repeats a key after .66 seconds
        type_keys("keydown", "ctrl", "keydown", "shift", "keydown", "F9", "sleep", held_s, "keyup", "F9")
        type_keys("keyup", "shift", "keyup", "ctrl", "key", "ctrl+shift+F10")
        qtbot.waitUntil(lambda: Key.PAUSE in pressed)
        assert pressed == [Key.BOOKMARK, Key.PAUSE]

    def test_released_they_are_other_programs_again(self, qtbot: QtBot, keys: DesktopKeys) -> None:
        pressed: list[Key] = []
        keys.hold(Key, pressed.append)
        keys.release()
        type_keys("key", "ctrl+shift+F9")
        qtbot.wait(100)
        assert pressed == []
        assert open_and_hold() == BOTH

    def test_what_another_program_holds_is_not_to_be_had(self, keys: DesktopKeys) -> None:
        keys.hold([Key.PAUSE], lambda _: None)
        assert open_and_hold() == {Key.BOOKMARK}

    def test_a_key_may_release_the_keys(self, qtbot: QtBot, keys: DesktopKeys) -> None:
        """As one does that ends the session."""
        pressed: list[Key] = []

        def end(key: Key) -> None:
            pressed.append(key)
            keys.release()

        keys.hold(Key, end)
        type_keys("key", "ctrl+shift+F9", "key", "ctrl+shift+F10")
        qtbot.waitUntil(lambda: pressed == [Key.BOOKMARK])


def type_keys(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, timeout=60)


def open_and_hold() -> frozenset[Key]:
    """What another one gets."""
    other = open_desktop_keys()
    try:
        return other.hold(Key, lambda _: None)
    finally:
        other.release()


class FakeUser32:
    """Lends all keys but those in `taken`; keeps what is registered."""

    def __init__(self, taken: frozenset[Key] = frozenset()) -> None:
        self.taken = taken
        self.registered: dict[int, tuple[int, int]] = {}

    def RegisterHotKey(self, window: None, number: int, modifiers: int, code: int) -> int:  # noqa: N802
        if number in self.taken:
            return 0
        self.registered[number] = modifiers, code
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:  # noqa: N802
        return int(self.registered.pop(number, None) is not None)


@pytest.mark.usefixtures("qapp")
class TestOnWindows:
    def test_keys_are_asked_for_with_ctrl_and_shift_without_repeats(self) -> None:
        user = FakeUser32()
        keys = Win32Keys(user)
        assert keys.hold(Key, lambda _: None) == BOTH
        assert user.registered == {9: (0x4006, 0x78), 10: (0x4006, 0x79)}
        keys.release()
        assert user.registered == {}

    def test_a_message_of_a_held_key_is_taken_and_others_pass(self) -> None:
        pressed: list[Key] = []
        keys = Win32Keys(FakeUser32(taken=frozenset({Key.PAUSE})))
        assert keys.hold(Key, pressed.append) == {Key.BOOKMARK}
        hot_key, key_down = 0x0312, 0x0100
        try:
            assert filter_message(keys, hot_key, Key.BOOKMARK) == (True, 0)
            assert filter_message(keys, hot_key, Key.PAUSE) == (False, 0)
            assert filter_message(keys, key_down, Key.BOOKMARK) == (False, 0)
            assert keys.nativeEventFilter(b"xcb_generic_event_t", 0) == (False, 0)
        finally:
            keys.release()
        assert pressed == [Key.BOOKMARK]
        assert filter_message(keys, hot_key, Key.BOOKMARK) == (False, 0)


def filter_message(keys: Win32Keys, message: int, number: int) -> Any:
    sent = wintypes.MSG(message=message, wParam=number)
    return keys.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent))


def test_where_a_desktop_lends_no_keys_nothing_is_held() -> None:
    keys = NoKeys()
    assert keys.hold(Key, lambda _: None) == frozenset()
    keys.release()

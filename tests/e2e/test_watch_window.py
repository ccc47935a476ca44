"""Real windows under a real window manager (openbox), found, followed and captured from the real screen."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.desktop.x11 import X11Finder
from fer_desktop.desktop.xcb import XcbConnection
from fer_desktop.errors import CaptureLostError
from fer_desktop.messages import MessageKey
from fer_desktop.session.clock import MonotonicClock
from fer_desktop.types import Frame
from tests.e2e.shown import show_window
from tests.needs import LINUX, SCREEN
from ui.start.window_dialog import take_picture

pytestmark = [LINUX, SCREEN]
GREEN, BLUE, GREY = (40, 160, 90), (30, 60, 200), (128, 128, 128)
_NO_PROCESS = -1
_PATIENCE_MS = 30_000


@pytest.fixture
def finder(manager: None) -> Iterator[X11Finder]:
    """Treats the test's own windows as those of another program."""
    finder = X11Finder(own_process_id=_NO_PROCESS)
    yield finder
    finder.close()


def test_windows_are_found_without_a_window_manager_too(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle("Zoom Meeting")
    window.resize(320, 240)
    with qtbot.waitExposed(window, timeout=30_000):
        window.show()
    finder = X11Finder(own_process_id=_NO_PROCESS)
    try:
        found = {each.id: each for each in finder.list_windows()}[int(window.winId())]
    finally:
        finder.close()
    assert (found.title, found.region.width, found.region.height) == ("Zoom Meeting", 320, 240)
    assert not found.hidden


class Desktop:
    """Windows of plain colours, and a source that watches the one called Zoom Meeting."""

    def __init__(self, qtbot: QtBot, finder: X11Finder) -> None:
        self.qtbot, self.finder = qtbot, finder
        self.windows: list[QWidget] = []
        self.source = WindowSource(
            WindowSelector("Zoom Meeting"),
            clock=MonotonicClock(),
            open_finder=lambda: X11Finder(own_process_id=_NO_PROCESS),
        )

    def open(self, title: str, colour: tuple[int, int, int], *geometry: int) -> QWidget:
        window = QWidget()
        self.qtbot.addWidget(window)
        self.windows.append(window)
        window.setWindowTitle(title)
        window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(*colour))
        window.setPalette(palette)
        window.setGeometry(*geometry)
        show_window(self.qtbot, window)
        self.wait(lambda: self.find(title) is not None)
        return window

    def find(self, title: str) -> DesktopWindow | None:
        return next((window for window in self.finder.list_windows() if window.title == title), None)

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=_PATIENCE_MS)

    def read(self) -> Frame:
        """The first frame captured after the windows have been listed again."""
        self.qtbot.wait(120)
        return self.source.read()

    def shows(self, colour: tuple[int, int, int], width: int, height: int) -> bool:
        """Whether the newest frame shows the whole window, in its colour."""
        with suppress(CaptureLostError):
            frame = self.read()
            whole = (frame.width, frame.height) == (width, height)
            return whole and bool((frame.image == np.array(colour[::-1], np.uint8)).all())
        return False

    def flaw(self) -> MessageKey | None:
        """What only a part of the picture suffers from."""
        return self.source.notice.key if self.source.notice else None

    def lost(self) -> str:
        """Why the picture is lost; empty while it is not."""
        try:
            self.read()
        except CaptureLostError as error:
            return str(error)
        return ""


@pytest.fixture
def desktop(qtbot: QtBot, finder: X11Finder) -> Iterator[Desktop]:
    desktop = Desktop(qtbot, finder)
    yield desktop
    desktop.source.close()


def test_the_list_has_title_program_region_and_order(desktop: Desktop) -> None:
    below = desktop.open("שיעור ביולוגיה", BLUE, 700, 300, 300, 200)
    above = desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    above.raise_()
    desktop.wait(
        lambda: [window.title for window in desktop.finder.list_windows()] == ["Zoom Meeting", "שיעור ביולוגיה"]
    )
    window = desktop.finder.list_windows()[0]
    place = above.geometry()
    region = window.region
    assert (region.left, region.top, region.width, region.height) == (place.x(), place.y(), 640, 400)
    assert window.id == int(above.winId())
    assert window.app
    assert not window.hidden
    assert below.isVisible()


def test_the_window_is_captured_where_it_is_moved_and_resized(desktop: Desktop) -> None:
    call = desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    desktop.source.open()
    desktop.wait(lambda: desktop.shows(GREEN, 640, 400))
    call.move(900, 500)
    desktop.wait(lambda: desktop.shows(GREEN, 640, 400))
    call.resize(500, 300)
    desktop.wait(lambda: desktop.shows(GREEN, 500, 300))
    call.move(10, 40)
    call.resize(1000, 700)
    desktop.wait(lambda: desktop.shows(GREEN, 1000, 700))
    assert desktop.source.notice is None


def test_a_minimised_window_is_awaited(desktop: Desktop) -> None:
    call = desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    desktop.source.open()
    call.showMinimized()
    desktop.wait(lambda: "minimised" in desktop.lost())
    call.showNormal()
    desktop.wait(lambda: desktop.shows(GREEN, 640, 400))


def test_a_closed_window_is_found_again_when_the_call_comes_back(desktop: Desktop) -> None:
    call = desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    desktop.source.open()
    desktop.read()
    call.close()
    desktop.wait(lambda: "is closed" in desktop.lost())
    desktop.open("Zoom Meeting", BLUE, 500, 300, 400, 300)
    desktop.wait(lambda: desktop.shows(BLUE, 400, 300))


def test_what_covers_it_is_reported_and_not_captured_as_the_call(desktop: Desktop) -> None:
    call = desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    desktop.source.open()
    other = desktop.open("Photos", BLUE, 200, 150, 300, 400)
    other.raise_()
    desktop.wait(lambda: desktop.lost() == "" and desktop.flaw() is MessageKey.WINDOW_PARTLY_COVERED)
    other.resize(900, 600)
    other.move(100, 100)
    desktop.wait(lambda: "covers the watched window" in desktop.lost())
    other.close()
    desktop.wait(lambda: desktop.shows(GREEN, 640, 400))
    assert call.isVisible()


def test_half_off_the_screen_it_is_black_there_and_reported(desktop: Desktop) -> None:
    call = desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    desktop.source.open()
    call.move(-320, 150)
    desktop.wait(lambda: desktop.lost() == "" and desktop.flaw() is MessageKey.WINDOW_PARTLY_OFF_SCREEN)
    frame = desktop.read()
    region = desktop.finder.list_windows()[0].region
    assert (frame.width, frame.height) == (640, 400)
    assert not frame.image[:, : -region.left].any()
    assert (frame.image[:, -region.left :] == np.array(GREEN[::-1], np.uint8)).all()


def test_windows_of_this_program_are_recognised(desktop: Desktop) -> None:
    desktop.open("FER Desktop", GREY, 200, 150, 300, 300)
    own = X11Finder()
    try:
        assert [window.own for window in own.list_windows() if window.title == "FER Desktop"] == [True]
    finally:
        own.close()


def test_the_list_has_a_picture_of_the_window(desktop: Desktop) -> None:
    desktop.open("Zoom Meeting", GREEN, 200, 150, 640, 400)
    window = desktop.find("Zoom Meeting")
    assert window is not None
    picture = take_picture(window)
    assert picture is not None
    assert (picture.width(), picture.height()) == (640, 400)
    assert picture.toImage().pixelColor(320, 200) == QColor(*GREEN)


def test_a_window_that_closes_between_two_requests_does_no_harm() -> None:
    server, closed = XcbConnection(), 1
    try:
        assert server.request_geometry(closed)() is None
        assert server.request_property(closed, "_NET_WM_NAME")() is None
        assert server.request_origin(closed)() is None
        assert server.request_attributes(closed)() is None
        server.check()
    finally:
        server.close()

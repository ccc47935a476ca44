"""A window is captured wherever it moves, and nothing else is taken for it."""

import logging

import pytest

from fer_desktop.capture.window import WindowSource
from fer_desktop.desktop import DesktopWindow
from fer_desktop.desktop.region import Region
from fer_desktop.desktop.selector import WindowSelector
from fer_desktop.errors import CaptureLostError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.types import Box
from tests.clock import ManualClock
from tests.raising import raises_message
from tests.unit.capture.windows import DESKTOP, FakeFinder, FakeScreen, make_window

CALL = make_window(7)
NOTES = make_window(8, "Notes", "gedit", Region(0, 0, 500, 400))


class Desk:
    """A source over made-up windows, and a clock that goes on by a fifth of a second with every frame."""

    def __init__(self, *windows: DesktopWindow, selector: str = "Zoom Meeting") -> None:
        self.clock = ManualClock(10.0)
        self.finder, self.screen = FakeFinder(list(windows)), FakeScreen()
        self.opened = 0
        self.source = WindowSource(
            WindowSelector.parse(selector),
            clock=self.clock,
            open_finder=self.open_finder,
            open_screen=lambda: self.screen,
        )

    def open_finder(self) -> FakeFinder:
        self.opened += 1
        return self.finder

    def see(self, *windows: DesktopWindow) -> Region:
        """What is captured once the desktop shows these windows, the topmost first."""
        self.clock.time_s += 0.2
        self.finder.windows = list(windows)
        self.frame = frame = self.source.read()
        region = self.screen.grabbed[-1]
        assert (frame.width, frame.height) == (region.width, region.height)
        return region


@pytest.fixture
def desk() -> Desk:
    desk = Desk(CALL, NOTES)
    desk.source.open()
    return desk


def test_the_window_is_followed_as_it_moves_and_resizes(desk: Desk) -> None:
    assert desk.see(CALL, NOTES) == CALL.region
    for region in (Region(-1500, 40, 800, 600), Region(300, 200, 1024, 700), Region(300, 200, 400, 300)):
        assert desk.see(make_window(7, region=region), NOTES) == region


def test_frames_are_counted_and_stamped(desk: Desk) -> None:
    frames = [desk.source.read() for _ in range(3)]
    assert [frame.index for frame in frames] == [0, 1, 2]
    assert frames[0].captured_at_s == 10.0


def test_windows_are_not_listed_for_each_of_thirty_frames_a_second(desk: Desk) -> None:
    before = desk.finder.listed
    for _ in range(30):
        desk.clock.time_s += 1 / 30
        desk.source.read()
    assert desk.finder.listed - before <= 11


def test_a_minimised_window_is_lost_until_it_is_back(desk: Desk) -> None:
    for _ in range(2):
        with raises_message(CaptureLostError, MessageKey.WINDOW_HIDDEN):
            desk.see(make_window(7, hidden=True), NOTES)
    assert desk.see(CALL, NOTES) == CALL.region


def test_a_closed_window_is_awaited_and_found_again_under_another_number(desk: Desk) -> None:
    with raises_message(CaptureLostError, MessageKey.WINDOW_CLOSED):
        desk.see(NOTES)
    back = make_window(99, region=Region(0, 0, 640, 480))
    assert desk.see(NOTES, back) == back.region


def test_another_window_of_the_same_program_is_not_taken_for_the_call() -> None:
    desk = Desk(CALL, selector="id=7,app=zoom,title=Zoom Meeting")
    desk.source.open()
    for other in (make_window(9, "Zoom"), make_window(9, "Chat"), make_window(9, app="gedit")):
        with raises_message(CaptureLostError, MessageKey.WINDOW_CLOSED):
            desk.see(other)


def test_a_number_that_is_reused_by_another_program_is_not_the_window(desk: Desk) -> None:
    with raises_message(CaptureLostError, MessageKey.WINDOW_CLOSED):
        desk.see(make_window(7, "Photos", "gwenview"))


def test_the_selected_window_is_watched_where_two_have_the_same_title() -> None:
    other = make_window(6, region=Region(900, 0, 300, 300))
    desk = Desk(other, CALL, selector="id=7,app=zoom,title=Zoom Meeting")
    desk.source.open()
    assert desk.see(other, CALL) == CALL.region


def test_another_title_is_reported_and_the_window_still_followed(desk: Desk) -> None:
    desk.see(make_window(7, "Inbox"))
    assert desk.source.notice == Message(MessageKey.WINDOW_RENAMED)
    desk.see(make_window(7, "(3) Zoom Meeting"))
    assert desk.source.notice is None


@pytest.mark.parametrize(
    ("above", "notice"),
    [
        (
            make_window(1, "x", "gedit", Region(100, 50, 200, 600)),
            Message(MessageKey.WINDOW_PARTLY_COVERED, program="gedit"),
        ),
        (make_window(1, "x", "", Region(100, 50, 200, 600)), Message(MessageKey.WINDOW_PARTLY_COVERED_BY_UNKNOWN)),
        (
            make_window(1, "x", "fer", Region(100, 50, 200, 600), own=True),
            Message(MessageKey.WINDOW_PARTLY_COVERED, program="FER Desktop"),
        ),
    ],
)
def test_a_window_that_covers_a_fifth_is_reported_by_its_program(
    desk: Desk, above: DesktopWindow, notice: Message
) -> None:
    desk.see(above, CALL)
    assert desk.source.notice == notice
    desk.see(CALL, above)
    assert desk.source.notice is None


def test_while_the_picture_is_lost_nothing_else_is_reported(desk: Desk) -> None:
    desk.see(make_window(1, "x", "gedit", Region(100, 50, 200, 600)), CALL)
    with pytest.raises(CaptureLostError):
        desk.see(make_window(7, hidden=True))
    assert desk.source.notice is None


def test_a_window_that_covers_little_or_is_minimised_is_not_reported(desk: Desk) -> None:
    small = make_window(1, region=Region(100, 50, 150, 600))
    hidden = make_window(2, region=CALL.region, hidden=True)
    desk.see(small, hidden, CALL)
    assert desk.source.notice is None


def test_frames_say_where_something_else_is_seen(desk: Desk) -> None:
    left, top = CALL.region.left, CALL.region.top
    desk.see(make_window(8, "Notes", region=Region(left - 50, top - 10, 150, 90)), CALL)
    assert list(desk.frame.hidden) == [Box(0, 0, 100, 80)]
    right, bottom = DESKTOP.right, DESKTOP.bottom
    desk.see(make_window(7, region=Region(right - 600, bottom - 300, 800, 400)))
    assert list(desk.frame.hidden) == [Box(600, 0, 200, 400), Box(0, 300, 800, 100)]
    desk.see(CALL, NOTES)
    assert not desk.frame.hidden


def test_a_window_that_is_covered_entirely_is_lost(desk: Desk) -> None:
    halves = [
        make_window(1, "a", "gedit", Region(100, 50, 400, 600)),
        make_window(2, "b", "gedit", Region(450, 0, 900, 900)),
    ]
    with raises_message(CaptureLostError, MessageKey.WINDOW_COVERED, program="gedit"):
        desk.see(*halves, CALL)
    assert desk.see(CALL) == CALL.region


def test_a_part_off_the_screen_is_reported(desk: Desk) -> None:
    desk.see(make_window(7, region=Region(DESKTOP.right - 600, 0, 800, 600)))
    assert desk.source.notice == Message(MessageKey.WINDOW_PARTLY_OFF_SCREEN)
    desk.see(CALL)
    assert desk.source.notice is None


def test_a_monitor_that_is_plugged_in_is_noticed(desk: Desk) -> None:
    beyond = make_window(7, region=Region(DESKTOP.right - 100, 0, 800, 600))
    desk.see(beyond)
    desk.screen = FakeScreen(Region(0, 0, 3840, 1080))
    desk.see(beyond)
    assert desk.source.notice is None


def test_a_rolled_up_window_is_too_small(desk: Desk) -> None:
    with raises_message(CaptureLostError, MessageKey.WINDOW_TOO_SMALL):
        desk.see(make_window(7, region=Region(0, 0, 800, 20)))


def test_a_desktop_that_does_not_answer_is_opened_again(desk: Desk) -> None:
    desk.clock.time_s += 1
    desk.finder.broken = True
    with pytest.raises(CaptureLostError, match="does not answer"):
        desk.source.read()
    desk.finder.broken = False
    assert desk.see(CALL) == CALL.region
    assert desk.opened == 2


def test_a_window_that_is_not_open_is_refused_at_the_start() -> None:
    desk = Desk(NOTES)
    with raises_message(SourceError, MessageKey.NO_SUCH_WINDOW):
        desk.source.open()
    desk.source.close()
    desk.source.close()
    assert desk.finder.closed == 1


def test_windows_of_this_program_are_never_watched() -> None:
    with raises_message(SourceError, MessageKey.NO_SUCH_WINDOW):
        Desk(make_window(1, own=True)).source.open()


@pytest.mark.parametrize(
    ("selector", "name"),
    [
        ("id=7,app=zoom.exe,title=Anna's lesson", Message(MessageKey.SOURCE_WINDOW, program="Zoom")),
        ("app=gedit,title=Notes", Message(MessageKey.SOURCE_WINDOW, program="gedit")),
        ("zoom", Message(MessageKey.SOURCE_WINDOW, program="Zoom")),
        ("Anna's lesson", Message(MessageKey.SOURCE_UNNAMED_WINDOW)),
    ],
)
def test_the_name_that_is_stored_with_a_session_is_the_program_never_the_title(selector: str, name: Message) -> None:
    assert Desk(selector=selector).source.name == name


def test_titles_are_not_logged_even_for_debugging(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk(make_window(7, "Anna's lesson"), selector="Anna")
    desk.source.open()
    desk.see(make_window(8, "Anna's lesson"))
    assert "watching window 7 of zoom" in caplog.text
    assert "Anna" not in caplog.text

"""Calls are recognised by program, and by title where a browser shows them."""

import pytest

from fer_desktop.desktop.call_apps import name_app, name_call, sort_calls_first
from tests.unit.capture.windows import make_window


@pytest.mark.parametrize(
    ("app", "title", "call"),
    [
        ("zoom", "Zoom Meeting", "Zoom"),
        ("Zoom", "Anna's lesson", "Zoom"),
        ("zoom.us", "Zoom Meeting", "Zoom"),
        ("ms-teams", "Biology | Microsoft Teams", "Microsoft Teams"),
        ("Microsoft Teams (work or school)", "Biology", "Microsoft Teams"),
        ("teams-for-linux", "Biology", "Microsoft Teams"),
        ("CiscoCollabHost", "Webex", "Webex"),
        ("Google-chrome", "Meet – abc-defg-hij - Google Chrome", "Google Meet"),
        ("chrome", "Google Meet: Biology", "Google Meet"),
        ("firefox", "Biology | Jitsi Meet — Mozilla Firefox", "Jitsi Meet"),
        ("msedge", "Biology | Microsoft Teams and 3 more pages", "Microsoft Teams"),
        ("Safari", "BigBlueButton - Room 3", "BigBlueButton"),
        ("firefox", "How to meet - the parents — Mozilla Firefox", None),
        ("firefox", "Meeting minutes — Mozilla Firefox", None),
        ("gedit", "Zoom Meeting notes", None),
        ("zoomer", "Photos", None),
        ("", "Zoom Meeting", None),
    ],
)
def test_which_call_a_window_shows(app: str, title: str, call: str | None) -> None:
    assert name_call(make_window(title=title, app=app)) == call


def test_programs_are_named_without_their_ending() -> None:
    assert [name_app(app) for app in ("zoom.exe", "gedit", "Notes.app", "")] == ["Zoom", "gedit", "Notes", ""]


def test_calls_come_first_then_by_name_without_this_program() -> None:
    windows = (
        make_window(1, "b", "gedit"),
        make_window(2, "a", "gedit"),
        make_window(3, "Zoom - Free Account"),
        make_window(4, "Zoom Meeting", hidden=True),
        make_window(5, "Zoom Webinar"),
        make_window(6, "FER Desktop", "python", own=True),
    )
    order = [5, 4, 3, 2, 1]
    assert [window.id for window in sort_calls_first(windows)] == order
    assert [window.id for window in sort_calls_first(windows[::-1])] == order

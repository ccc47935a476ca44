"""`windows` prints what `--window` finds."""

import json

from fer_desktop.cli.windows import list_as_json, list_as_lines
from fer_desktop.desktop.region import Region
from tests.unit.capture.windows import make_window

WINDOWS = (
    make_window(1, "Notes", "gedit", hidden=True),
    make_window(2, "Zoom Meeting", region=Region(-1280, 0, 1280, 720)),
    make_window(3, "FER Desktop", "python", own=True),
)


def test_one_line_a_window_calls_first() -> None:
    assert list_as_lines(WINDOWS).splitlines() == [
        "call  Zoom                1280 x 720    Zoom Meeting",
        "      gedit               minimised     Notes",
    ]


def test_as_json() -> None:
    assert json.loads(list_as_json(WINDOWS)) == [
        {"title": "Zoom Meeting", "app": "zoom", "call": "Zoom", "region": "1280x720-1280+0", "hidden": False},
        {"title": "Notes", "app": "gedit", "call": None, "region": "800x600+100+50", "hidden": True},
    ]
    assert json.loads(list_as_json(())) == []

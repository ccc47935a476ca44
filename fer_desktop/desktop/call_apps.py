"""Recognises calls: by the program, or, where a browser shows the call, by the title of its page."""

import re
from collections.abc import Sequence
from typing import Final

from fer_desktop.desktop.types import DesktopWindow

_PROGRAMS: Final = {
    "Zoom": r"zoom|zoom\.us|zoom workplace|zoom meetings",
    "Microsoft Teams": r"(ms-)?teams|(microsoft )?teams( .*)?|teams[-_ ]for[-_ ]linux",
    "Webex": r"webex|ciscocollabhost|cisco webex( .*)?|atmgr",
    "Jitsi Meet": r"jitsi( |-)?meet.*",
    "Skype": r"skype.*",
    "Slack": r"slack",
    "Discord": r"discord.*",
    "GoTo": r"goto|gotomeeting|g2m.*",
    "Element": r"element(-desktop)?",
}
_PAGES: Final = {
    "Google Meet": r"^(\(\d+\) )?meet\s*[-–—:]|\bgoogle meet\b",
    "Zoom": r"\bzoom (meeting|webinar|workplace)",
    "Microsoft Teams": r"\bmicrosoft teams\b",
    "Webex": r"\bwebex\b",
    "Jitsi Meet": r"\bjitsi meet\b",
    "BigBlueButton": r"\bbigbluebutton\b",
    "Whereby": r"\bwhereby\b",
}
_BROWSERS: Final = re.compile(
    r".*(chrom|firefox|navigator|msedge|microsoft edge|brave|vivaldi|opera|safari|librewolf|epiphany|arc\b).*", re.I
)
_PROGRAM_RULES: Final = {call: re.compile(pattern, re.IGNORECASE) for call, pattern in _PROGRAMS.items()}
_PAGE_RULES: Final = {call: re.compile(pattern, re.IGNORECASE) for call, pattern in _PAGES.items()}
_HOME_TITLES: Final = re.compile(
    r"zoom( workplace| cloud meetings)?( - .*)?|microsoft teams|webex|skype", re.IGNORECASE
)
"""Titles of the windows that call programs open with, before there is a call."""
_APP_SUFFIX: Final = re.compile(r"\.(exe|app|bin)$", re.IGNORECASE)


def name_call(window: DesktopWindow) -> str | None:
    """The call program of the window, such as "Zoom" or "Google Meet"; None where it does not look like a call."""
    program = name_call_app(window.app)
    if program is not None or not _BROWSERS.fullmatch(window.app):
        return program
    return next((call for call, rule in _PAGE_RULES.items() if rule.search(window.title)), None)


def name_call_app(app: str) -> str | None:
    """The call program with this name of its own; None for another program, or a browser."""
    name = _APP_SUFFIX.sub("", app.strip())
    return next((call for call, rule in _PROGRAM_RULES.items() if rule.fullmatch(name)), None)


def name_app(app: str) -> str:
    """The usual name of a program: "Zoom" for "zoom.exe"."""
    return name_call_app(app) or _APP_SUFFIX.sub("", app.strip())


def sort_calls_first(windows: Sequence[DesktopWindow]) -> list[DesktopWindow]:
    """Other programs' windows: calls first, then by program and title, whatever their order on the screen."""

    def sort_key(window: DesktopWindow) -> tuple[bool, bool, bool, str, str, int]:
        is_home = _HOME_TITLES.fullmatch(window.title) is not None
        names = window.app.casefold(), window.title.casefold()
        return name_call(window) is None, is_home, window.hidden, *names, window.id

    return sorted((window for window in windows if not window.own), key=sort_key)

"""A window of the desktop as any system tells it, and who finds them."""

import re
from dataclasses import dataclass
from typing import Final, Protocol

from fer_desktop.desktop.region import Region

_MOST_LETTERS: Final = 160
# Control characters, line and paragraph separators, and marks that turn the direction of all text after them.
_NOT_SHOWN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class DesktopWindow:
    """A top-level window. Its title may hold a person's name: it is shown, but never stored with a session or logged.

    `id`: the system's number, which may be given away again once the window is closed. `app`: what the program calls
    itself, such as "zoom". `region`: its place on the desktop in the pixels of screen capture, without shadows; of no
    meaning while `hidden`: minimised, or on another workspace. `own`: this program's.
    """

    id: int
    title: str
    app: str
    region: Region
    hidden: bool = False
    own: bool = False


class WindowFinder(Protocol):
    """Lists the windows of a desktop. One thread opens, asks and closes it."""

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        """Those with a title, the topmost first. Raises `CaptureLostError` when the desktop does not answer."""
        ...

    def close(self) -> None:
        """May be called twice."""
        ...


def clean_title(text: str) -> str:
    """A foreign text on one line, without what does not show, and shortened where it is very long."""
    words = " ".join(_NOT_SHOWN.sub(" ", text).split())
    return words if len(words) <= _MOST_LETTERS else f"{words[: _MOST_LETTERS - 1].rstrip()}…"

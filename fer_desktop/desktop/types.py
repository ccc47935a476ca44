"""A window of the desktop, on any system, and the port that lists them."""

import re
from dataclasses import dataclass
from typing import Final, Protocol

from fer_desktop.desktop.region import Region

_MAX_TITLE_LENGTH: Final = 160
# Control characters, line and paragraph separators, and marks that change the direction of all text after them.
_INVISIBLE: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class DesktopWindow:
    """A top-level window. Its title may hold a person's name: it is shown, but never stored with a session or logged.

    `id`: the system's number, which may be reused once the window is closed. `app`: the program's own name, such as
    "zoom". `region`: on the desktop, in pixels of screen capture, without shadows; meaningless while `hidden`, that is
    minimised or on another workspace. `own`: whether it belongs to this program.
    """

    id: int
    title: str
    app: str
    region: Region
    hidden: bool = False
    own: bool = False


class WindowFinder(Protocol):
    """Lists the windows of a desktop. For one thread."""

    def list_windows(self) -> tuple[DesktopWindow, ...]:
        """All with a title, the topmost first. Raises `CaptureLostError` where the desktop does not answer."""
        ...

    def close(self) -> None:
        """May be called twice."""
        ...


def clean_title(text: str) -> str:
    """Another program's text on one line, without invisible characters, shortened where it is very long."""
    words = " ".join(_INVISIBLE.sub(" ", text).split())
    return words if len(words) <= _MAX_TITLE_LENGTH else f"{words[: _MAX_TITLE_LENGTH - 1].rstrip()}…"

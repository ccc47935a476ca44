"""Which window is to be watched, told so that it can be found again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.desktop.call_apps import name_app, name_call, name_call_app
from fer_desktop.desktop.types import DesktopWindow, clean_title
from fer_desktop.errors import SettingsError

_FORM: Final = re.compile(r"(?:id=(\d{1,20}),)?app=([^,]*),title=(.*)")
_UNREAD: Final = re.compile(r"^\(\d+\+?\)\s*|^\W*[●•]\s*")


@dataclass(frozen=True, slots=True)
class WindowSelector:
    """A window by program and title; or, without `app`, by a part of either. `id`: this very one, while it is there.

    Raises `SettingsError` where there is nothing to look for.
    """

    title: str
    app: str | None = None
    id: int | None = None

    def __post_init__(self) -> None:
        if not self.title and not self.app:
            raise SettingsError('no window is named: give its title or a part of it, such as "Zoom Meeting"')

    @classmethod
    def of(cls, window: DesktopWindow) -> "WindowSelector":
        return cls(window.title, _app_of(window), window.id)

    @classmethod
    def parse(cls, text: str) -> "WindowSelector":
        """Reads a part of a title, or what `str` wrote; raises `SettingsError`."""
        match = _FORM.fullmatch(text.strip())
        if match is None:
            return cls(clean_title(text))
        return cls(clean_title(match[3]), clean_title(match[2]), int(match[1]) if match[1] else None)

    def __str__(self) -> str:
        if self.app is None:
            return self.title
        number = "" if self.id is None else f"id={self.id},"
        return f"{number}app={self.app},title={self.title}"

    @property
    def program(self) -> str | None:
        """The program as people call it, where it is known."""
        return name_call_app(self.title) if self.app is None else name_app(self.app)

    def lasting(self) -> "WindowSelector":
        """Without the number, which means nothing tomorrow."""
        return replace(self, id=None)

    def fits(self, window: DesktopWindow) -> bool:
        """Whether program and title say that it is this window. One title may go on where the other ends, but a
        program's bare name is no title of a call.
        """
        wanted, title = _plain(self.title), _plain(window.title)
        if self.app is None:
            return wanted in title or wanted in window.app.casefold()
        same_app = _plain(self.app) == _plain(_app_of(window))
        return same_app and (wanted in title or (title in wanted and len(title) > len(wanted) / 2))

    def find(self, windows: Sequence[DesktopWindow]) -> DesktopWindow | None:
        """The one to watch among `windows`, the topmost first; never one of our own. None where none fits."""
        others = [window for window in windows if not window.own]
        for window in others:
            if window.id == self.id and self.app in (None, _app_of(window)):
                return window
        fitting = [window for window in others if self.fits(window)]
        wanted = _plain(self.title)
        return min(
            fitting,
            key=lambda window: (window.hidden, _plain(window.title) != wanted, name_call(window) is None),
            default=None,
        )


def _app_of(window: DesktopWindow) -> str:
    """The program's name, free of the sign that parts it from the title in the written form."""
    return clean_title(window.app.replace(",", " "))


def _plain(text: str) -> str:
    """Without what changes from minute to minute: the count of unread messages, the mark of something new."""
    return _UNREAD.sub("", text).casefold().strip()

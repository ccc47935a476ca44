"""Which window to watch, in a form that can be stored and finds the window again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.desktop.call_apps import name_app, name_call, name_call_app
from fer_desktop.desktop.types import DesktopWindow, clean_title
from fer_desktop.errors import SettingsError
from fer_desktop.messages import Message, MessageKey

_WRITTEN_FORM: Final = re.compile(r"(?:id=(\d{1,20}),)?app=([^,]*),title=(.*)")
_UNREAD_MARKS: Final = re.compile(r"^\(\d+\+?\)\s*|^\W*[●•]\s*")


@dataclass(frozen=True, slots=True)
class WindowSelector:
    """A window by program and title; or, without `app`, by a part of either. `id`: this very one, while it is open.

    Raises `SettingsError` where title and program are empty.
    """

    title: str
    app: str | None = None
    id: int | None = None

    def __post_init__(self) -> None:
        if not self.title and not self.app:
            raise SettingsError(Message(MessageKey.WINDOW_NOT_NAMED))

    @classmethod
    def of(cls, window: DesktopWindow) -> "WindowSelector":
        """Selects `window`."""
        return cls(window.title, _app_of(window), window.id)

    @classmethod
    def parse(cls, text: str) -> "WindowSelector":
        """Reads a part of a title, or what `str` has written. Raises `SettingsError`."""
        match = _WRITTEN_FORM.fullmatch(text.strip())
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
        """The usual name of the program; None where it is unknown."""
        return name_call_app(self.title) if self.app is None else name_app(self.app)

    def without_id(self) -> "WindowSelector":
        """For storing, as the system's numbers are not stable."""
        return replace(self, id=None)

    def matches(self, window: DesktopWindow) -> bool:
        """Whether program and title agree.

        The window's title may be longer, or a part of this one, if more than half as long: a program's bare name is not
        enough.
        """
        own_title, title = _normalise(self.title), _normalise(window.title)
        if self.app is None:
            return own_title in title or own_title in window.app.casefold()
        same_app = _normalise(self.app) == _normalise(_app_of(window))
        return same_app and (own_title in title or (title in own_title and len(title) > len(own_title) / 2))

    def find(self, windows: Sequence[DesktopWindow]) -> DesktopWindow | None:
        """The window to watch among `windows`, topmost first; never one of this program. None where none matches."""
        others = [window for window in windows if not window.own]
        for window in others:
            if window.id == self.id and self.app in (None, _app_of(window)):
                return window
        own_title = _normalise(self.title)
        return min(
            filter(self.matches, others),
            key=lambda window: (window.hidden, _normalise(window.title) != own_title, name_call(window) is None),
            default=None,
        )


def _app_of(window: DesktopWindow) -> str:
    """The program's name without commas, which end it in the written form."""
    return clean_title(window.app.replace(",", " "))


def _normalise(text: str) -> str:
    """Without the count of unread messages and the mark of new ones, in small letters."""
    return _UNREAD_MARKS.sub("", text).casefold().strip()

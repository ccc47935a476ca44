"""The interface of global shortcuts."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Protocol


class Key(IntEnum):
    """The function key that is pressed with Ctrl and Shift; no call app uses these two."""

    BOOKMARK = 9
    PAUSE = 10

    @property
    def text(self) -> str:
        """The shortcut in words."""
        return f"Ctrl+Shift+F{self.value}"


class DesktopKeys(Protocol):
    """Grabs global shortcuts. For the Qt thread. No other key is ever seen."""

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        """Grabs the keys: each press calls `pressed` once, however long it lasts.

        Returns the grabbed keys, without those that another program has grabbed before.
        """

    def release(self) -> None:
        """Releases all grabbed keys, if any."""


class NoKeys:
    """A desktop without global shortcuts."""

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        return frozenset()

    def release(self) -> None:
        pass

"""What all systems' keys have in common."""

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Protocol


class Key(IntEnum):
    """The number of the function key that is pressed together with Ctrl and Shift: no call app takes these two."""

    BOOKMARK = 9
    PAUSE = 10

    @property
    def text(self) -> str:
        return f"Ctrl+Shift+F{self.value}"


class DesktopKeys(Protocol):
    """For the Qt thread. No other key than those that are held is ever seen."""

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        """From now on each of the keys calls `pressed`, once however long it is held down.

        Returns those that could be had: another program may have taken one.
        """

    def release(self) -> None:
        """They are other programs' again. Harmless where none is held."""


class NoKeys:
    """A desktop that lends none."""

    def hold(self, keys: Iterable[Key], pressed: Callable[[Key], None]) -> frozenset[Key]:
        return frozenset()

    def release(self) -> None:
        pass

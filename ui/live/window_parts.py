"""What changes that are offered to be undone need of the live window."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ui.ports import LiveSessionPort


class OfferUndo(Protocol):
    """`Footer.offer`."""

    def __call__(self, text: str, *, undo: Callable[[], None], otherwise: Callable[[], None]) -> None: ...


@dataclass(frozen=True, slots=True)
class WindowParts:
    """`session`: the current one; `name`: of a student; `refresh`: repaints the newest observation."""

    session: Callable[[], LiveSessionPort | None]
    name: Callable[[int], str]
    offer: OfferUndo
    refresh: Callable[[], None]

"""A rectangle of the desktop, and a monitor."""

import re
from dataclasses import dataclass
from typing import Final

from fer_desktop.errors import SettingsError
from fer_desktop.messages import Message, MessageKey

_GEOMETRY: Final = re.compile(r"(\d{1,6})x(\d{1,6})(\+-?\d{1,6}|-\d{1,6})(\+-?\d{1,6}|-\d{1,6})")


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of the desktop in physical pixels, as screen capture counts them (on macOS: in points).

    `left` and `top` are negative on a monitor left of or above the first one. Raises `SettingsError` for an empty one.
    """

    left: int
    top: int
    width: int
    height: int

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise SettingsError(Message(MessageKey.REGION_EMPTY, region=str(self)))

    @classmethod
    def parse(cls, text: str) -> "Region":
        """Reads `WIDTHxHEIGHT+LEFT+TOP`, as `str` writes it; raises `SettingsError`."""
        match = _GEOMETRY.fullmatch(text.strip())
        if match is None:
            raise SettingsError(Message(MessageKey.REGION_MALFORMED, text=text))
        width, height, left, top = (int(part.replace("+-", "-")) for part in match.groups())
        return cls(left, top, width, height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}{self.left:+d}{self.top:+d}"

    @property
    def right(self) -> int:
        """The first column right of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.top + self.height

    def clipped(self, other: "Region") -> "Region | None":
        """The part that lies in `other` too; None where there is none."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        width, height = min(self.right, other.right) - left, min(self.bottom, other.bottom) - top
        return Region(left, top, width, height) if width > 0 and height > 0 else None


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor. `number`: from 1, in the system's order."""

    number: int
    region: Region
    name: str

"""What is remembered of a student while the session runs. Nothing of it is a biometric, and nothing is stored."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fer_desktop.types import Box, Floats, Image, Tile
from fer_desktop.vision.identity.appearance import compare_looks, describe_tile

_LOOK_MEMORY: Final = 0.9
_SAME_LOOK: Final = 0.5
_MOST_LOOKS: Final = 3
"""Somebody moves to another room, turns on the light, is joined with who they turned out to be."""
_CUT: Final = ("…", "...")
_STABLE_FRAMES: Final = 15
"""A name that stood so long over somebody is one they carry, now or at another time of the lesson."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """A tile of the newest frame: how it looks, and where it stands in the gallery."""

    tile: Tile
    look: Floats
    place: tuple[float, float]  # of its centre, in tile widths from the gallery's corner
    relative_width: float = 1.0  # in widths of the usual tile


@dataclass(frozen=True, slots=True)
class CoPresence:
    """The numbers of those who were shown together, and how many tiles there were."""

    students: frozenset[int]
    tiles: int

    def is_here(self, students: Collection[int], tiles: int) -> bool:
        """Whether they are shown again, on as many tiles as then."""
        return tiles == self.tiles and self._is_recognised(students)

    def goes_on(self, students: Collection[int], tiles: int) -> bool:
        """Whether they are shown on fewer tiles than then: somebody has left them."""
        return tiles < self.tiles and self._is_recognised(students)

    def _is_recognised(self, students: Collection[int]) -> bool:
        """Half of them make it the same page of the same call."""
        return 2 * len(self.students.intersection(students)) >= len(self.students)


@dataclass(slots=True)
class Student:
    """`looks`: by camera on, the newest last. `names`: how often each name was read. `shown`: in the newest frame.

    `co_presence`: with whom they were shown last; None once they were missing from it, so that they have left.
    """

    number: int
    box: Box
    place: tuple[float, float] = (0.0, 0.0)
    looks: dict[bool, list[Floats]] = field(default_factory=lambda: {False: [], True: []})
    names: Counter[str] = field(default_factory=Counter)
    newest_name: str | None = None
    newest_name_frames: int = 0
    shown: bool = True
    first_frame: int = 0
    last_frame: int = 0
    co_presence: CoPresence | None = None

    @property
    def name(self) -> str | None:
        """What they are called now: the newest name, once it has stood for a while, else the one read most often.

        Whole names go before cut ones; None where none was read yet.
        """
        if not self.names:
            return None
        newest = self.newest_name
        if newest is not None and self.newest_name_frames >= _STABLE_FRAMES and not newest.endswith(_CUT):
            return newest
        return max(self.names, key=lambda name: (not name.endswith(_CUT), self.names[name]))

    @property
    def former_names(self) -> list[str]:
        """Other names that stood over them for a while: people rename themselves, and readings are set right."""
        name = self.name
        return [other for other, frames in self.names.items() if frames >= _STABLE_FRAMES and other != name]

    def remember(self, sighting: Sighting, frame: int) -> None:
        """What the newest frame tells of the student."""
        self._remember_look(sighting.look, camera_on=sighting.tile.camera_on)
        self._remember_name(sighting.tile.name)
        self.box, self.place = sighting.tile.box, sighting.place
        self.shown, self.last_frame = True, frame

    def absorb(self, other: "Student") -> None:
        """`other` was this student all along."""
        self.names += other.names
        self.newest_name, self.newest_name_frames = self.newest_name or other.newest_name, 0
        for camera_on, looks in self.looks.items():
            looks[:] = [*other.looks[camera_on], *looks][-_MOST_LOOKS:]
        self.first_frame = min(self.first_frame, other.first_frame)
        if other.last_frame > self.last_frame:
            self.box, self.place, self.shown = other.box, other.place, other.shown
            self.co_presence = other.co_presence
            self.last_frame = other.last_frame

    def _remember_name(self, name: str | None) -> None:
        if name is None:
            return
        self.names[name] += 1
        self.newest_name_frames = self.newest_name_frames + 1 if name == self.newest_name else 1
        self.newest_name = name

    def _remember_look(self, look: Floats, *, camera_on: bool) -> None:
        if not look.size:
            return
        looks = self.looks[camera_on]
        if looks:
            (distances,) = compare_looks(look[np.newaxis], np.stack(looks), camera_on=camera_on)
            nearest = int(np.argmin(distances))
            if distances[nearest] < _SAME_LOOK:
                look = _LOOK_MEMORY * looks.pop(nearest) + (1 - _LOOK_MEMORY) * look
        looks.append(look)
        del looks[:-_MOST_LOOKS]


def sight_tiles(image: Image, tiles: Sequence[Tile]) -> list[Sighting]:
    """Every tile's look and place. Places do not change when the whole window is moved or resized."""
    if not tiles:
        return []
    left, top = min(tile.box.x for tile in tiles), min(tile.box.y for tile in tiles)
    unit = max(1.0, float(np.median([tile.box.width for tile in tiles])))
    return [
        Sighting(
            tile,
            describe_tile(image, tile.box, camera_on=tile.camera_on),
            ((tile.box.centre[0] - left) / unit, (tile.box.centre[1] - top) / unit),
            tile.box.width / unit,
        )
        for tile in tiles
    ]

"""For how long a place has been empty: since nobody was surely there, and nothing has moved.

A chair that only an unsure second opinion takes for a person is known to be one once it has not moved for long.
Parts of a recording are shorter than that, so this follows the frames in order, by what was seen of each before.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fer_desktop.types import Box, PresenceReading, Tile, TilePresence
from fer_desktop.vision.people.known_tiles import find_known
from fer_desktop.vision.people.presence import EMPTY
from fer_desktop.vision.people.still_pictures import TileMove

_STILL_S: Final = 60.0
"""Nobody sits without moving for so long."""
_LONGEST_GAP_S: Final = 5.0
"""Between frames: what happened in a longer one is not known."""


class EmptyPlaces:
    """Takes the frames of one source in order."""

    def __init__(self) -> None:
        self._since_s: dict[Box, float] = {}
        self._newest_s: float | None = None

    def settle(
        self,
        tiles: Sequence[Tile],
        moves: Sequence[TileMove | None],
        presences: Sequence[PresenceReading],
        now_s: float,
    ) -> list[PresenceReading]:
        """The presences, with nobody where only an unsure opinion finds somebody who has not moved for a minute.

        Of each empty tile it is known for how long it has been so. `moves`: as of `TileComparer`.
        """
        is_gap = self._newest_s is None or now_s - self._newest_s > _LONGEST_GAP_S
        before, self._since_s, self._newest_s = {} if is_gap else self._since_s, {}, now_s
        settled = []
        for tile, move, presence in zip(tiles, moves, presences, strict=True):
            if not _may_be_empty(presence):
                settled.append(presence)
                continue
            known = None if move in (None, TileMove.MOVED) else find_known(tile.box, before)
            self._since_s[tile.box] = now_s if known is None else known
            settled.append(_judge(presence, now_s - self._since_s[tile.box]))
        return settled


def _may_be_empty(presence: PresenceReading) -> bool:
    return presence.presence is TilePresence.EMPTY or presence.is_unsure


def _judge(presence: PresenceReading, still_s: float) -> PresenceReading:
    if presence.presence is TilePresence.EMPTY or still_s >= _STILL_S:
        return replace(EMPTY, held_s=int(still_s))
    return presence

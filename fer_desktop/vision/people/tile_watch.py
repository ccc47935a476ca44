"""What is known of one tile's person from frame to frame: measurements, motion, and where a face was last."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Box, Image
from fer_desktop.vision.people.sighting import PersonSighting
from fer_desktop.vision.people.tile_cells import (
    INSIDE,
    MOVED_CELLS,
    TILE_CELLS,
    Cells,
    average_sample,
    sample_tile,
)


@dataclass(frozen=True, slots=True)
class _Tuning:
    """When somebody is there. Shares of the picture are 0 to 1."""

    min_share: float = 0.03
    """On real call windows people without a found face filled .10 or more, empty rooms and cards .007 at most. Below it
    the second opinion decides: a drawn chair filled .02."""
    appear_score: float = 0.35
    """Of the second opinion: people scored .4 or more on real call windows, empty rooms .2 at most..."""
    keep_score: float = 0.2
    sure_score: float = 0.6
    """Of drawn chairs 8 % scored .2 to .49, as much as a student turned round: a lower score needs somebody who
    moves."""
    opinion_s: float = 5.0
    """For so long an opinion holds while the segmentation finds nobody..."""
    settled_opinion_s: float = 15.0
    """...and for so long where somebody has stayed in their place since."""
    misses: int = 2
    """Measurements in a row that find nobody where somebody was, until nobody is there."""
    every_s: float = 0.75
    """A tile is measured at most this often..."""
    settled_s: float = 3.0
    """...and one whose person has stayed in their place since the last time, only after so long."""
    left_share: float = 0.3
    """Of the cells of a person moved: they may have left their place..."""
    left_tile_share: float = 0.1
    """...or, where their outline is not known, so many of all cells."""
    somewhere_s: float = 180.0
    """For so long after an opinion that found somebody, motion anywhere in the tile is theirs; then it may be a
    curtain's or a pet's."""
    motion_s: float = 0.9
    """For so long after motion where a person was, they are there: shorter than the glimpses that end no absence, also
    where one frame a second is read."""
    moved_levels: float = 6.0
    """Of 0 to 255: a cell that differs by more from the frame before has moved; coding and noise change it less."""
    changed_levels: float = 2.0
    """A tile whose cells all differ by less from the last measurement looks as it did then."""
    cut_share: float = 0.7
    """Of the cells moved: the tile shows another picture."""
    face_width: float = 3.0
    """Width of a person over that of the face."""


_TUNING: Final = _Tuning()


@dataclass(slots=True)
class TileWatch:
    """One tile. Every frame with its tile calls `see_face` or `see_picture`; then `is_due` asks for `measure`, and
    `is_in_doubt` for `take_opinion`. Times are in seconds, on the frames' clock.

    `is_person`: whether somebody is there. `is_checked`: whether anything is known of that yet. `is_unsure`: whether
    only an opinion of a low score finds them.
    """

    box: Box
    sighting: PersonSighting | None = None
    is_person: bool = False
    is_checked: bool = False
    is_in_doubt: bool = False
    is_unsure: bool = False
    measured_at_s: float | None = None
    _opinion_at_s: float | None = None
    _found: bool = False
    _misses: int = 0
    _moved_at_s: float = -math.inf
    _opinion_cells: Cells | None = None
    _cells: Cells | None = None
    _measured_cells: Cells | None = None
    _body: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(TILE_CELLS[::-1], bool))
    _somewhere_at_s: float = -math.inf
    """When somebody was there whom only an opinion found: where in the tile is not known."""

    def see_face(self, face: Box) -> None:
        """A face was found: a person is there, whatever was measured before."""
        self._forget()
        self._conclude(found=True)
        self._cells, self._body = None, _cells_below(self.box, face)
        self.is_unsure = False

    def see_picture(self, image: Image, now_s: float) -> None:
        """No face was found. Compares the tile with the frame before."""
        before, self._cells = self._cells, average_sample(sample_tile(image, self.box))
        if before is None:
            return
        moved = np.abs(self._cells - before) > _TUNING.moved_levels
        if np.count_nonzero(moved) > _TUNING.cut_share * moved.size:
            self._forget()
        elif np.count_nonzero((moved & (self._body | self._is_somewhere(now_s)))[INSIDE]) >= MOVED_CELLS:
            self._moved_at_s = now_s

    def is_due(self, now_s: float) -> bool:
        """Whether the picture is to be measured now. One that has not changed is judged without that."""
        if self.measured_at_s is None:
            return True
        since_s = now_s - self.measured_at_s
        if self.is_in_doubt or since_s < _TUNING.every_s:
            return False
        if since_s < _TUNING.settled_s and self._found and self._is_in_place_since(self._measured_cells):
            return False
        if not self._looks_as_measured():
            return True
        self.measured_at_s = now_s
        self._conclude(found=self._found)
        return False

    def measure(self, sighting: PersonSighting, now_s: float) -> None:
        """Takes a measurement of this moment's picture. Where it finds nobody, a second opinion is asked for."""
        self.sighting, self.measured_at_s, self._measured_cells = sighting, now_s, self._cells
        if sighting.share >= _TUNING.min_share:
            self._opinion_at_s, self.is_unsure, self._somewhere_at_s = None, False, -math.inf
            self._conclude(found=True)
        elif self._opinion_holds(now_s):
            self._conclude(found=self._found)
        else:
            self.is_in_doubt = True

    def take_opinion(self, score: float, now_s: float) -> None:
        """Takes the second opinion, 0 to 1, on a picture in doubt."""
        self.is_in_doubt, self._opinion_at_s, self._opinion_cells = False, now_s, self._cells
        self.is_unsure = score < _TUNING.sure_score
        found = score >= (_TUNING.keep_score if self.is_person else _TUNING.appear_score)
        if found:
            self._somewhere_at_s = now_s
        self._conclude(found=found)

    def is_moving(self, now_s: float) -> bool:
        """Whether there was motion where a person was, within the last second; anywhere, where that is not known."""
        return now_s - self._moved_at_s <= _TUNING.motion_s

    def _is_somewhere(self, now_s: float) -> bool:
        return now_s - self._somewhere_at_s <= _TUNING.somewhere_s

    def _conclude(self, *, found: bool) -> None:
        self._misses = 0 if found else self._misses + 1
        if found and self.sighting is not None and self.sighting.body.any():
            self._body = self.sighting.body
        if found or self._misses >= _TUNING.misses or not self.is_person:
            self.is_person = found
        self._found, self.is_checked = found, True

    def _opinion_holds(self, now_s: float) -> bool:
        if self._opinion_at_s is None:
            return False
        since_s = now_s - self._opinion_at_s
        if since_s < _TUNING.opinion_s:
            return True
        return since_s < _TUNING.settled_opinion_s and self._is_in_place_since(self._opinion_cells)

    def _is_in_place_since(self, then: Cells | None) -> bool:
        """Whether somebody is there, and most of their outline looks as it did in those cells."""
        if not self.is_person or self._cells is None or then is None:
            return False
        moved = np.abs(self._cells - then) > _TUNING.moved_levels
        if self._body.any():
            return float(moved[self._body].mean()) < _TUNING.left_share
        return float(moved.mean()) < _TUNING.left_tile_share

    def _looks_as_measured(self) -> bool:
        if self._cells is None or self._measured_cells is None:
            return False
        return bool((np.abs(self._cells - self._measured_cells) <= _TUNING.changed_levels).all())

    def _forget(self) -> None:
        """The tile shows another picture: what was known of it is void."""
        self.sighting = self.measured_at_s = self._opinion_at_s = None
        self._measured_cells = self._opinion_cells = None
        self.is_person = self.is_checked = self.is_in_doubt = self._found = False
        self._misses, self._moved_at_s, self._somewhere_at_s = 0, -math.inf, -math.inf
        self._body = np.zeros(TILE_CELLS[::-1], bool)


def _cells_below(tile: Box, face: Box) -> NDArray[np.bool_]:
    """The cells of the tile in which the person with that face is: the head, and the body below it."""
    columns, rows = TILE_CELLS
    half = _TUNING.face_width * face.width / 2
    left, right = ((face.centre[0] + side * half - tile.x) / max(1.0, tile.width) * columns for side in (-1, 1))
    top = (face.y - tile.y) / max(1.0, tile.height) * rows
    cells = np.zeros((rows, columns), bool)
    cells[max(0, int(top)) :, max(0, int(left)) : max(0, int(right) + 1)] = True
    return cells

"""Which faces belong to still pictures: in a tile whose picture does not move while others do, nobody sits."""

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from fer_desktop.types import Box, FaceDetection, Frame, Image, Tile
from fer_desktop.vision.people.known_tiles import find_known
from fer_desktop.vision.people.tile_cells import Cells, average_sample, has_moved, sample_tile


@dataclass(frozen=True, slots=True)
class _Tuning:
    """When a picture is a still one. Times are those in which another tile moved: a call may stand still as a whole.

    Measured on photographs of 44 people, 60 to 188 pixels high, lossless and in H.264 and MPEG-4: nobody who swayed by
    .002 face widths (a third of a millimetre) kept one picture exactly for 10 s, and nobody who swayed by .005 less
    than 10 levels from where they were 60 s before; still pictures in good coding changed by 5 at most.
    """

    exact_s: float = 30.0
    """A camera's picture changes in so long, by its noise alone..."""
    still_s: float = 60.0
    """...and, however it is coded, in so long by more than the coding does, as people breathe and blink."""
    call_moves_s: float = 5.0
    """For so long after another tile has moved the call does not stand still."""
    face_s: float = 5.0
    """A face was found in the tile so long ago at most: an empty room may be without motion for hours."""
    longest_gap_s: float = 5.0
    """Between frames: what moved in a longer one is not known."""
    every_s: float = 0.4
    """A tile is compared at most this often."""


_TUNING: Final = _Tuning()


class TileMove(StrEnum):
    """How a tile differs from what it showed when it moved last."""

    SAME = "same"  # in no pixel that is compared
    NOISE = "noise"  # by no more than coding and noise change
    MOVED = "moved"


@dataclass(slots=True)
class _Compared:
    cells: Cells
    pixels: int
    at_s: float
    move: TileMove = TileMove.MOVED


class TileComparer:
    """Compares tiles from frame to frame, each about twice a second; frames come in order."""

    def __init__(self) -> None:
        self._tiles: dict[Box, _Compared] = {}

    def compare(
        self, image: Image, tiles: Sequence[Tile], skip: Collection[int], now_s: float
    ) -> tuple[TileMove | None, ...]:
        """One a tile; None for those without a camera and those at the indices in `skip`. A new tile has moved."""
        before, self._tiles = self._tiles, {}
        moves: list[TileMove | None] = []
        for index, tile in enumerate(tiles):
            if index in skip or not tile.camera_on:
                moves.append(None)
                continue
            known = find_known(tile.box, before)
            if known is None or now_s - known.at_s >= _TUNING.every_s:
                known = _compare(known, image, tile.box, now_s)
            self._tiles[tile.box] = known
            moves.append(known.move)
        return tuple(moves)


def _compare(known: _Compared | None, image: Image, box: Box, now_s: float) -> _Compared:
    sample = sample_tile(image, box)
    cells = average_sample(sample)
    if known is None or has_moved(known.cells, cells):
        return _Compared(cells, 0, now_s)
    pixels = _number_pixels(sample)
    move = TileMove.SAME if pixels == known.pixels else TileMove.NOISE
    return _Compared(known.cells, pixels, now_s, move)


def _number_pixels(sample: Image) -> int:
    """A number that other pixels hardly share. Without the edge, where calls frame whoever speaks."""
    edge = max(1, len(sample) // 16)
    return zlib.crc32(sample[edge:-edge, edge:-edge].tobytes())


@dataclass(slots=True)
class _Watched:
    """`exact_s`, `still_s`: for how long nothing moved at all, or nothing but noise, while the call moved."""

    exact_s: float = 0.0
    still_s: float = 0.0
    face_at_s: float | None = None
    is_picture: bool = False

    def see(self, move: TileMove, passed_s: float, now_s: float) -> None:
        if move is TileMove.MOVED:
            self.exact_s = self.still_s = 0.0
            self.is_picture = False
            return
        self.exact_s = self.exact_s + passed_s if move is TileMove.SAME else 0.0
        self.still_s += passed_s
        if self.exact_s >= _TUNING.exact_s or self.still_s >= _TUNING.still_s:
            self.is_picture |= self.face_at_s is not None and now_s - self.face_at_s <= _TUNING.face_s


@dataclass(slots=True)
class StillPictures:
    """Judges by the moves of the tiles, in order, which of them show a still picture with a face.

    A picture that moves is one no longer, at once: of a student whose picture was stuck nothing is lost but these
    minutes.
    """

    _tiles: dict[Box, _Watched] = field(default_factory=dict)
    _newest_s: float | None = None
    _moved_at_s: float | None = None

    def judge(self, tiles: Sequence[Tile], moves: Sequence[TileMove | None], now_s: float) -> frozenset[int]:
        """The indices of the tiles that show one. `moves`: as of `TileComparer`."""
        passed_s = self._find_passed(moves, now_s)
        before, self._tiles = self._tiles, {}
        for tile, move in zip(tiles, moves, strict=True):
            if move is not None:
                watched = self._tiles[tile.box] = find_known(tile.box, before) or _Watched()
                watched.see(move, passed_s, now_s)
        return frozenset(
            index for index, tile in enumerate(tiles) if tile.box in self._tiles and self._tiles[tile.box].is_picture
        )

    def note_faces(self, tiles: Sequence[Tile], faces: Sequence[FaceDetection], now_s: float) -> None:
        """At the end of a frame: in which of its tiles faces were found."""
        for face in faces:
            watched = None if face.tile is None else self._tiles.get(tiles[face.tile].box)
            if watched is not None:
                watched.face_at_s = now_s

    def _find_passed(self, moves: Sequence[TileMove | None], now_s: float) -> float:
        """Seconds since the frame before; 0 where the call stood still, or was not watched."""
        passed_s = 0.0 if self._newest_s is None else max(0.0, now_s - self._newest_s)
        self._newest_s = now_s
        if TileMove.MOVED in moves:
            self._moved_at_s = now_s
        is_moving = self._moved_at_s is not None and now_s - self._moved_at_s <= _TUNING.call_moves_s
        return passed_s if is_moving and passed_s <= _TUNING.longest_gap_s else 0.0


class StillPictureFinder:
    """Compares and judges in one, where frames are read in order."""

    def __init__(self) -> None:
        self._comparer = TileComparer()
        self._pictures = StillPictures()
        self.moves: tuple[TileMove | None, ...] = ()
        """Of the newest frame, as of `TileComparer`."""

    def find(self, frame: Frame, tiles: Sequence[Tile], skip: Collection[int]) -> frozenset[int]:
        """The indices of the tiles that show a still picture; those in `skip` are not looked at."""
        now_s = frame.captured_at_s
        self.moves = self._comparer.compare(frame.image, tiles, skip, now_s)
        return self._pictures.judge(tiles, self.moves, now_s)

    def note_faces(self, tiles: Sequence[Tile], faces: Sequence[FaceDetection], now_s: float) -> None:
        """At the end of a frame: in which of its tiles faces were found."""
        self._pictures.note_faces(tiles, faces, now_s)

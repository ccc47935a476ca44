"""Keeps one number for each student: tiles by their look and place, faces without tiles by place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from fer_desktop.identity.look import compare_looks, describe_tile
from fer_desktop.types import Box, FaceDetection, Floats, Image, Tile

_LOOK_WEIGHT, _PLACE_WEIGHT = 0.7, 0.3
_UNKNOWN_LOOK: Final = 0.5
"""A student whose camera was never seen in this state: as likely as not."""
_MAX_COST: Final = 0.5
"""Above it the tile shows somebody else. An unknown look at the old place costs .35, a known one elsewhere .30."""
_CONFIRM_FRAMES: Final = 3
_LOOK_MEMORY: Final = 0.9
_FACE_REACH: Final = 1.0
"""Face widths that an untiled face may move between frames."""


@dataclass(slots=True)
class _Student:
    number: int
    box: Box
    looks: dict[bool, Floats] = field(default_factory=dict)  # by camera on
    shown: bool = True  # in the newest frame


@dataclass(slots=True)
class _Newcomer:
    """Somebody who may be new: pop-ups and half-drawn frames pass within a frame or two."""

    box: Box
    frames: int = 1
    seen: bool = True


class StudentTracker:
    """A `FaceTracker`. One thread only; frames come in order."""

    def __init__(self) -> None:
        self._students: list[_Student] = []
        self._faces: list[_Student] = []
        self._newcomers: list[_Newcomer] = []
        self._last_number = 0
        self._started = False

    def identify_tiles(self, image: Image, tiles: Sequence[Tile]) -> list[int | None]:
        """One student a tile; None while it is not sure that the tile shows somebody new."""
        looks = [describe_tile(image, tile.box, camera_on=tile.camera_on) for tile in tiles]
        matches = self._match_tiles(tiles, looks)
        for newcomer in self._newcomers:
            newcomer.seen = False
        for student in self._students:
            student.shown = False
        numbers: list[int | None] = []
        for tile, look, match in zip(tiles, looks, matches, strict=True):
            known = match or self._welcome(tile.box, self._students)
            numbers.append(known.number if known else None)
            if known:
                _remember(known, tile, look)
        return numbers

    def identify_faces(self, faces: Sequence[FaceDetection], tile_students: Sequence[int | None]) -> list[int | None]:
        """One student a face: its tile's for a tile's likeliest face, else tracked by place. Comes after the tiles."""
        best = _best_of_each_tile(faces)
        numbers: list[int | None] = [None] * len(faces)
        free = []
        for index, face in enumerate(faces):
            if face.tile is not None and best[face.tile] == index:
                numbers[index] = tile_students[face.tile]
            else:
                free.append(index)
        for index, student in zip(free, self._follow_faces([faces[i].box for i in free]), strict=True):
            numbers[index] = student.number if student else None
        self._newcomers = [newcomer for newcomer in self._newcomers if newcomer.seen]
        self._started = self._started or bool(faces) or bool(tile_students)
        return numbers

    def _match_tiles(self, tiles: Sequence[Tile], looks: Sequence[Floats]) -> list[_Student | None]:
        if not tiles or not self._students:
            return [None] * len(tiles)
        costs = np.array(
            [
                _LOOK_WEIGHT * self._look_distances(look, tile.camera_on) + _PLACE_WEIGHT * self._place_distances(tile)
                for tile, look in zip(tiles, looks, strict=True)
            ]
        )
        return _assign(costs, self._students, _MAX_COST)

    def _look_distances(self, look: Floats, camera_on: bool) -> Floats:
        distances = np.full(len(self._students), _UNKNOWN_LOOK, np.float32)
        known = [i for i, student in enumerate(self._students) if camera_on in student.looks]
        if known and look.size:
            others = np.stack([self._students[i].looks[camera_on] for i in known])
            distances[known] = compare_looks(look, others, camera_on=camera_on)
        return distances

    def _place_distances(self, tile: Tile) -> Floats:
        """0 where the student stood last, 1 a tile away or for students who had left."""
        centres = np.array([student.box.centre for student in self._students])
        away = np.hypot(*(centres - np.array(tile.box.centre)).T) / max(tile.box.width, 1)
        shown = np.array([student.shown for student in self._students])
        distances: Floats = np.where(shown, np.minimum(away, 1), 1).astype(np.float32)
        return distances

    def _follow_faces(self, boxes: list[Box]) -> list[_Student | None]:
        matches: list[_Student | None] = [None] * len(boxes)
        if boxes and self._faces:
            centres = np.array([student.box.centre for student in self._faces])
            widths = np.array([max(student.box.width, 1) for student in self._faces])
            costs = np.array([np.hypot(*(centres - np.array(box.centre)).T) / widths for box in boxes])
            matches = _assign(costs, self._faces, _FACE_REACH)
        for index, box in enumerate(boxes):
            student = matches[index] = matches[index] or self._recall_tile(box) or self._welcome(box, self._faces)
            if student:
                student.box = box
        return matches

    def _recall_tile(self, box: Box) -> _Student | None:
        """The student whose tile stood here until the tiles were lost from sight: a number outlives the layout."""
        followed = {student.number for student in self._faces}
        for student in self._students:
            if not student.shown and student.number not in followed and student.box.contains(*box.centre):
                recalled = _Student(student.number, box)
                self._faces.append(recalled)
                return recalled
        return None

    def _welcome(self, box: Box, group: list[_Student]) -> _Student | None:
        """Somebody new, once seen at one place in a few frames; at once in the first frame, where everybody is new."""
        if self._started and not self._is_confirmed(box):
            return None
        self._last_number += 1
        student = _Student(self._last_number, box)
        group.append(student)
        return student

    def _is_confirmed(self, box: Box) -> bool:
        for newcomer in self._newcomers:
            if newcomer.box.iou(box) > 0.5:
                newcomer.box, newcomer.frames, newcomer.seen = box, newcomer.frames + 1, True
                return newcomer.frames >= _CONFIRM_FRAMES
        self._newcomers.append(_Newcomer(box))
        return False


def _remember(student: _Student, tile: Tile, look: Floats) -> None:
    known = student.looks.get(tile.camera_on)
    fits = known is not None and known.shape == look.shape
    student.looks[tile.camera_on] = (
        _LOOK_MEMORY * known + (1 - _LOOK_MEMORY) * look if known is not None and fits else look
    )
    student.box, student.shown = tile.box, True


def _best_of_each_tile(faces: Sequence[FaceDetection]) -> dict[int, int]:
    best: dict[int, int] = {}
    for index, face in enumerate(faces):
        if face.tile is not None and (face.tile not in best or face.score > faces[best[face.tile]].score):
            best[face.tile] = index
    return best


def _assign(costs: Floats, students: Sequence[_Student], max_cost: float) -> list[_Student | None]:
    """The cheapest matching of rows (tiles or faces) to students (columns); None above `max_cost`."""
    from scipy.optimize import linear_sum_assignment

    # Capped, so that one hopeless pair does not bend the others' matching.
    rows, columns = linear_sum_assignment(np.minimum(costs, max_cost + 1e-3))
    matches: list[_Student | None] = [None] * len(costs)
    for row, column in zip(rows, columns, strict=True):
        if costs[row, column] <= max_cost:
            matches[row] = students[column]
    return matches

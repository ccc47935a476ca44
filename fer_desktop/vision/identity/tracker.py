"""Keeps one number for each student: tiles by name, look and place, faces without tiles by place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from fer_desktop.types import Box, FaceDetection, Image, Merge, Tile
from fer_desktop.vision.identity.matching import (
    SAME_LOOK,
    StudentMatcher,
    assign,
    find_missing,
    look_distances,
    place_distances,
    stand_where_they_stood,
)
from fer_desktop.vision.identity.student import CoPresence, Sighting, Student, sight_tiles

_CONFIRM_FRAMES: Final = 3
_CONFIRM_FRAMES_WHERE_NAMED: Final = 15
"""Where names are read, a tile without one waits longer: its name, once read, may be that of somebody known."""
_CONFIRM_FRAMES_BESIDE: Final = 50
"""Beside somebody in the same tile: who only passes, and a picture on the wall that is once taken for a face, is no
student. Ten seconds at five frames a second."""
_MISSED_SHARE: Final = 0.1
"""Of the frames in which a newcomer was seen, so many in a row may pass without them."""
_TURNED_SHARE, _FEWEST_TURNED, _TURN_FRAMES = 0.3, 3, 15
"""So many students of those shown do not leave within so few frames: the call shows another page or view. Not within
one: pages slide in, and cards are told apart only as their names are read."""
_OTHER_SIZE: Final = 1.5
"""Somebody seen already whose look or name stands in a tile of quite another size too: the speaker, shown large."""
_HIDDEN_SHARE: Final = 0.5
"""Of somebody's place: where so much of it lies under another window, it tells nothing of them."""
_POINTS: Final = 6
_FACE_REACH: Final = 1.0
"""Face widths that an untiled face may move between frames."""


@dataclass(slots=True)
class _Newcomer:
    """Somebody who may be new: pop-ups and half-drawn frames pass within a frame or two."""

    box: Box
    frames: int = 1
    missed: int = 0

    @property
    def seen(self) -> bool:
        return self.missed == 0


class StudentTracker:
    """A `FaceTracker`. One thread only; frames come in order."""

    def __init__(self) -> None:
        self._students: list[Student] = []
        self._faces: list[Student] = []
        self._newcomers: list[_Newcomer] = []
        self._matcher = StudentMatcher()
        self._merges: list[Merge] = []
        self._out_of_view: frozenset[int] = frozenset()
        self._hidden: Sequence[Box] = ()
        self._covered: frozenset[int] = frozenset()
        self._last_number = 0
        self._started = False
        self._frame = 0

    def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
        """One student a tile; None while it is not sure that the tile shows somebody new. `hidden`: as in `Frame`."""
        self._frame += 1
        self._hidden = hidden
        for newcomer in self._newcomers:
            newcomer.missed += 1
        sightings = sight_tiles(image, tiles)
        waiting = self._find_waiting(sightings)
        matches = self._match(sightings, waiting)
        self._join_nameless(sightings, matches)
        self._recognise_by_company(sightings, matches, waiting)
        for student in self._students:
            student.shown = False
        shown = [match for match in matches if match]
        numbers: list[int | None] = []
        for sighting, match in zip(sightings, matches, strict=True):
            known = match
            if known is None and not self._is_hidden(sighting.tile.box):
                known = self._welcome_tile(sighting, shown)
            numbers.append(known.number if known else None)
            if known:
                known.remember(sighting, self._frame)
        self._remember_company(len(tiles))
        self._notice_turned_page()
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
        for index, student in zip(free, self._follow_faces([faces[i] for i in free]), strict=True):
            numbers[index] = student.number if student else None
        self._newcomers = [each for each in self._newcomers if each.missed <= _MISSED_SHARE * each.frames]
        self._started = self._started or bool(faces) or bool(tile_students)
        self._notice_covered({number for number in numbers if number is not None})
        return numbers

    def name_of(self, student: int) -> str | None:
        """What the student's tiles say they are called; None where no name was read."""
        return next((known.name for known in self._students if known.number == student), None)

    def merge(self, merge: Merge) -> None:
        """Applies a merge, given in current numbers. A number without a track is ignored."""
        for group in (self._students, self._faces):
            by_number = {known.number: known for known in group}
            merged, into = by_number.get(merge.student), by_number.get(merge.into)
            if merged is None:
                continue
            if into is None:
                merged.number = merge.into
            else:
                into.absorb(merged)
                group.remove(merged)
        self._out_of_view = merge.renumber_all(self._out_of_view)
        self._covered = merge.renumber_all(self._covered)

    def take_merges(self) -> tuple[Merge, ...]:
        """The merges that were found since the last call, in order; not those that were declared."""
        merges, self._merges = tuple(self._merges), []
        return merges

    @property
    def out_of_view(self) -> frozenset[int]:
        """Students whose absence tells nothing: they vanished along with many others, as when a page is turned, or
        something lies over them, and they were not seen since.
        """
        return self._out_of_view | self._covered

    def _notice_covered(self, seen: set[int]) -> None:
        """Of those under something, who were there when it came; a face that is seen all the same is not covered."""
        if not self._hidden:
            self._covered = frozenset()
            return
        under = [student for student in (*self._students, *self._faces) if self._is_hidden(student.box)]
        fresh = {student.number for student in under if self._frame - student.last_frame <= _TURN_FRAMES}
        self._covered = frozenset({student.number for student in under} & (fresh | self._covered) - seen)

    def _is_hidden(self, box: Box) -> bool:
        """By points all over the box, as windows that lie over it may overlap."""
        if not self._hidden:
            return False
        steps = [(step + 0.5) / _POINTS for step in range(_POINTS)]
        points = [(box.x + across * box.width, box.y + down * box.height) for across in steps for down in steps]
        under = sum(any(other.contains(x, y) for other in self._hidden) for x, y in points)
        return under >= _HIDDEN_SHARE * len(points)

    def _notice_turned_page(self) -> None:
        shown = {student.number for student in self._students if student.shown}
        vanished = {
            student.number
            for student in self._students
            if not student.shown and self._frame - student.last_frame <= _TURN_FRAMES
        }
        if len(vanished) >= max(_FEWEST_TURNED, _TURNED_SHARE * len(vanished | shown)):
            self._out_of_view |= vanished
        self._out_of_view -= shown

    def _match(self, sightings: Sequence[Sighting], waiting: set[int]) -> list[Student | None]:
        """One student a tile; None for somebody new, and for cards that wait for their name."""
        rows = [row for row in range(len(sightings)) if row not in waiting]
        matches: list[Student | None] = [None] * len(sightings)
        for row, match in zip(rows, self._matcher.match([sightings[row] for row in rows], self._students), strict=True):
            matches[row] = match
        return matches

    def _find_waiting(self, sightings: Sequence[Sighting]) -> set[int]:
        """Cards of cameras that are off look much alike: where names are read, a new one is nobody until its own was.

        But for a while only, as not every name can be read.
        """
        cards = [
            row for row, sighting in enumerate(sightings) if not sighting.tile.camera_on and sighting.tile.name is None
        ]
        if not cards or not self._names_are_read():
            return set()
        seen = [sightings[row] for row in cards]
        stays = stand_where_they_stood(
            look_distances(seen, self._students), place_distances(seen, self._students), camera_on=False
        )
        return {
            row
            for row, known in zip(cards, stays.any(axis=1), strict=True)
            if not known and not self._is_confirmed(sightings[row].tile.box, _CONFIRM_FRAMES_WHERE_NAMED)
        }

    def _names_are_read(self) -> bool:
        return any(student.names for student in self._students)

    def _join_nameless(self, sightings: Sequence[Sighting], matches: Sequence[Student | None]) -> None:
        """Somebody nameless whose name now turns out to be that of one who had left is that student, come back."""
        matched = {match.number for match in matches if match}
        for sighting, match in zip(sightings, matches, strict=True):
            if match is None or match.shown or sighting.tile.name is None:
                continue
            for other in self._students:
                was_here = other.shown and other.box.iou(sighting.tile.box) > 0.5
                if (
                    was_here
                    and other.name is None
                    and other.number not in matched
                    and other.first_frame > match.last_frame
                ):
                    merge = Merge(other.number, match.number)
                    self._merges.append(merge)
                    self.merge(merge)
                    break

    def _recognise_by_company(
        self, sightings: Sequence[Sighting], matches: list[Student | None], waiting: set[int]
    ) -> None:
        """Writes into `matches` who stands in tiles that show nobody known, by who is missing from the co_presence.

        Somebody whose name was never read turns off the camera: neither name nor look tells them then.
        """
        here = {match.number for match in matches if match}
        missing = [
            student
            for student in self._students
            if student.number not in here and student.co_presence and student.co_presence.is_here(here, len(sightings))
        ]
        free = [row for row, match in enumerate(matches) if match is None and row not in waiting]
        for row, student in zip(free, find_missing([sightings[row] for row in free], missing), strict=True):
            matches[row] = student

    def _remember_company(self, tiles: int) -> None:
        """Whoever is missing from a co_presence that is here with fewer tiles has left it."""
        numbers = frozenset(student.number for student in self._students if student.shown)
        co_presence = CoPresence(numbers, tiles)
        for student in self._students:
            if student.shown:
                student.co_presence = co_presence
            elif student.co_presence and not self._hidden and student.co_presence.goes_on(numbers, tiles):
                student.co_presence = None

    def _follow_faces(self, faces: list[FaceDetection]) -> list[Student | None]:
        """One student a face that is not the likeliest of a tile; None while it may be nobody's."""
        boxes = [face.box for face in faces]
        matches: list[Student | None] = [None] * len(boxes)
        if boxes and self._faces:
            centres = np.array([student.box.centre for student in self._faces])
            widths = np.array([max(student.box.width, 1) for student in self._faces])
            costs = np.array([np.hypot(*(centres - np.array(box.centre)).T) / widths for box in boxes])
            matches = assign(costs, self._faces, _FACE_REACH)
        for index, face in enumerate(faces):
            student = matches[index] = matches[index] or self._recall_tile(face.box) or self._welcome_face(face)
            if student:
                student.box, student.last_frame = face.box, self._frame
        return matches

    def _recall_tile(self, box: Box) -> Student | None:
        """The student whose tile stood here until the tiles were lost from sight: a number outlives the layout."""
        followed = {student.number for student in self._faces}
        for student in self._students:
            if not student.shown and student.number not in followed and student.box.contains(*box.centre):
                recalled = Student(student.number, box)
                self._faces.append(recalled)
                return recalled
        return None

    def _welcome_tile(self, sighting: Sighting, shown: list[Student]) -> Student | None:
        """Somebody new: at once where a name says so that nobody has, else once seen at one place in a few frames.

        `shown`: who stands in the frame already, to which somebody new is added.
        """
        tile = sighting.tile
        namesakes = [student for student in shown if tile.name and self._matcher.is_called(student, tile.name)]
        if self._is_second_view(sighting, shown, namesakes):
            return None
        at_once = tile.name is not None and not namesakes
        patience = _CONFIRM_FRAMES_WHERE_NAMED if self._names_are_read() else _CONFIRM_FRAMES
        if not at_once and not self._is_confirmed(tile.box, patience):
            return None
        student = self._add(tile.box, self._students)
        shown.append(student)
        return student

    def _is_second_view(self, sighting: Sighting, shown: list[Student], namesakes: list[Student]) -> bool:
        """Whether the tile shows, large or small, somebody who stands in the frame already."""
        if 1 / _OTHER_SIZE < sighting.relative_width < _OTHER_SIZE or not shown:
            return False
        alike = sighting.tile.camera_on and sighting.tile.name is None
        return bool(namesakes) or (alike and bool((look_distances([sighting], shown) < SAME_LOOK).any()))

    def _welcome_face(self, face: FaceDetection) -> Student | None:
        patience = _CONFIRM_FRAMES if face.tile is None else _CONFIRM_FRAMES_BESIDE
        return self._add(face.box, self._faces) if self._is_confirmed(face.box, patience) else None

    def _add(self, box: Box, group: list[Student]) -> Student:
        self._last_number += 1
        student = Student(self._last_number, box, first_frame=self._frame)
        group.append(student)
        return student

    def _is_confirmed(self, box: Box, patience: int) -> bool:
        """At once in the first frame, where everybody is new."""
        if not self._started:
            return True
        for newcomer in self._newcomers:
            if newcomer.box.iou(box) > 0.5:
                newcomer.frames += not newcomer.seen
                newcomer.box, newcomer.missed = box, 0
                return newcomer.frames >= patience
        self._newcomers.append(_Newcomer(box))
        return False


def _best_of_each_tile(faces: Sequence[FaceDetection]) -> dict[int, int]:
    best: dict[int, int] = {}
    for index, face in enumerate(faces):
        if face.tile is not None and (face.tile not in best or face.score > faces[best[face.tile]].score):
            best[face.tile] = index
    return best

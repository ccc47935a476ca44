"""Keeps one number for each student: tiles by name, appearance and position, faces without tiles by position."""

from collections.abc import Mapping, Sequence
from itertools import chain, count

from fer_desktop.types import Box, FaceDetection, Image, Merge, Settlement, Tile
from fer_desktop.vision.identity.config import TRACKER, TrackerConfig
from fer_desktop.vision.identity.face_tracks import FaceTracks
from fer_desktop.vision.identity.matching import StudentMatcher
from fer_desktop.vision.identity.newcomers import Newcomers
from fer_desktop.vision.identity.settling import settle_students
from fer_desktop.vision.identity.sighting import Describer, Sighting, describe, observe_tiles
from fer_desktop.vision.identity.student import CoPresence, Student, merge_tracks
from fer_desktop.vision.identity.visibility import CoveredArea, Visibility


class StudentTracker:
    """A `FaceTracker`. One thread only; frames come in order."""

    def __init__(self, config: TrackerConfig = TRACKER, *, describer: Describer = describe) -> None:
        """`describer`: `describe`, or what remembers its results."""
        self._describer = describer
        self._config = config
        self._students: list[Student] = []  # whoever has had a tile
        self._matcher = StudentMatcher()
        self._newcomers = Newcomers(config)
        self._numbers = count(1)
        self._face_tracks = FaceTracks(self._newcomers, self._numbers, config)
        self._visibility = Visibility(config)
        self._covered_area = CoveredArea()
        self._merges: list[Merge] = []
        self._frame = 0

    def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
        """One student a tile; None until a newcomer is confirmed. `hidden`: as in `Frame`."""
        return self.identify_sightings(observe_tiles(image, tiles, self._describer), hidden)

    def identify_sightings(self, sightings: Sequence[Sighting], hidden: Sequence[Box] = ()) -> list[int | None]:
        """As `identify_tiles`, of tiles whose appearance is known."""
        self._frame += 1
        self._covered_area = CoveredArea(tuple(hidden))
        self._newcomers.start_frame()
        awaiting_name = self._find_cards_awaiting_name(sightings)
        matches = self._match_known(sightings, awaiting_name)
        self._merge_returned(self._find_returned(sightings, matches))
        matches = self._match_missing(sightings, matches, awaiting_name)
        matches = self._update_tracks(sightings, matches)
        self._update_co_presence(len(sightings))
        self._visibility.detect_turned_page(self._students, self._frame)
        self._visibility.detect_left_out(self._students, [each.tile.box for each in sightings], self._frame)
        return [student.number if student else None for student in matches]

    def identify_faces(self, faces: Sequence[FaceDetection], tile_students: Sequence[int | None]) -> list[int | None]:
        """One student a face: its tile's for a tile's best-scored face, else by position. Comes after the tiles."""
        main = _find_main_faces(faces)
        self._note_faces({tile_students[tile]: faces[index].box for index, tile in main.items()})
        others = [index for index in range(len(faces)) if index not in main]
        followed = self._face_tracks.identify([faces[index] for index in others], self._students, self._frame)
        by_index = dict(zip(others, followed, strict=True))
        by_index |= {index: tile_students[tile] for index, tile in main.items()}
        numbers = [by_index[index] for index in range(len(faces))]
        self._newcomers.end_frame(shows_anything=bool(faces) or bool(tile_students))
        self._visibility.detect_covered(
            chain(self._students, self._face_tracks.students),
            self._covered_area,
            frozenset(number for number in numbers if number is not None),
            self._frame,
        )
        self._visibility.detect_lost_faces(self._students, self._face_tracks.students, self._frame)
        return numbers

    def _note_faces(self, faces: Mapping[int | None, Box]) -> None:
        """Where the students' faces are in their tiles, by student."""
        for student in self._students:
            if student.number in faces:
                student.note_face(faces[student.number])

    def name_of(self, student: int) -> str | None:
        """The name read in the student's tiles; None where none was read."""
        return next((known.name for known in self._students if known.number == student), None)

    def merge(self, merge: Merge) -> None:
        """Applies a merge, given in current numbers. A number without a track is ignored."""
        self._students = merge_tracks(self._students, merge)
        self._face_tracks.merge(merge)
        self._visibility.merge(merge)

    def take_merges(self) -> tuple[Merge, ...]:
        """The merges that were found since the last call, in order; not those that were declared."""
        merges, self._merges = tuple(self._merges), []
        return merges

    def settle(self, frames_a_second: float) -> tuple[Settlement, ...]:
        """At the end of the session: what becomes of the numbers that were in view only briefly, in order."""
        tracks = chain(self._students, self._face_tracks.students)
        return settle_students(tracks, newest_frame=self._frame, frames_a_second=frames_a_second)

    @property
    def out_of_view(self) -> frozenset[int]:
        """Students whose absence is inconclusive: they vanished along with many others, as when a page is turned, the
        call has no place for them, a window covers them, or they have no tile of their own and their face is lost; they
        were not seen since.
        """
        return self._visibility.out_of_view

    def _find_cards_awaiting_name(self, sightings: Sequence[Sighting]) -> frozenset[int]:
        """Rows of cards that are not to be matched before their name is read, as cards look much alike.

        Only for a while, since not every name can be read, and only where names are read at all.
        """
        cards = [
            row
            for row, each in enumerate(sightings)
            if not each.tile.camera_on and each.tile.name is None and self._is_name_expected(each.tile)
        ]
        if not cards or not self._students:
            return frozenset()
        unmoved = self._matcher.find_unmoved_cards([sightings[row] for row in cards], self._students)
        return frozenset(
            row
            for row, is_known in zip(cards, unmoved, strict=True)
            if not is_known
            and not self._newcomers.is_confirmed(sightings[row].tile.box, self._count_confirming(sightings[row].tile))
        )

    def _match_known(self, sightings: Sequence[Sighting], awaiting_name: frozenset[int]) -> list[Student | None]:
        """One known student a sighting; None for newcomers and for cards that await their name."""
        rows = [row for row in range(len(sightings)) if row not in awaiting_name]
        matched = self._matcher.match([sightings[row] for row in rows], self._students)
        by_row = dict(zip(rows, matched, strict=True))
        return [by_row.get(row) for row in range(len(sightings))]

    def _find_returned(self, sightings: Sequence[Sighting], matches: Sequence[Student | None]) -> list[Merge]:
        """Students without a name whose name, now read, is that of a student who had left: the two are one."""
        merges: list[Merge] = []
        matched = {match.number for match in matches if match}
        for sighting, match in zip(sightings, matches, strict=True):
            if match is None or match.shown or sighting.tile.name is None:
                continue
            nameless = self._find_nameless_at(sighting.tile.box, since=match.last_frame, known=matched)
            if nameless is not None:
                merges.append(Merge(nameless, match.number))
                matched.add(nameless)
        return merges

    def _find_nameless_at(self, box: Box, *, since: int, known: set[int]) -> int | None:
        """The student without a name who was at the box in the frame before, and first came after frame `since`."""
        for student in self._students:
            was_here = student.shown and student.box.iou(box) > self._config.same_box_iou
            if was_here and student.name is None and student.number not in known and student.first_frame > since:
                return student.number
        return None

    def _merge_returned(self, merges: Sequence[Merge]) -> None:
        for merge in merges:
            self.merge(merge)
        self._merges += merges

    def _match_missing(
        self, sightings: Sequence[Sighting], matches: Sequence[Student | None], awaiting_name: frozenset[int]
    ) -> list[Student | None]:
        """The matches, completed with students who are missing from a co-presence that is otherwise complete.

        A student whose name was never read and who turns off the camera is recognised by neither name nor appearance.
        """
        shown = {match.number for match in matches if match}
        missing = [
            student
            for student in self._students
            if student.number not in shown
            and student.co_presence
            and student.co_presence.is_complete(shown, len(sightings))
        ]
        rows = [row for row, match in enumerate(matches) if match is None and row not in awaiting_name]
        found = self._matcher.match_missing([sightings[row] for row in rows], missing)
        by_row = dict(zip(rows, found, strict=True))
        return [match or by_row.get(row) for row, match in enumerate(matches)]

    def _update_tracks(self, sightings: Sequence[Sighting], matches: Sequence[Student | None]) -> list[Student | None]:
        """The matches, completed with the newcomers; every sighting is added to its student's track.

        One pass in the order of the tiles: a newcomer is compared with the tracks of the tiles before it.
        """
        for known in self._students:
            known.shown = False
        present = [match for match in matches if match]
        completed: list[Student | None] = []
        for sighting, match in zip(sightings, matches, strict=True):
            student = match or self._add_newcomer(sighting, present)
            if student is not None:
                student.remember(sighting, self._frame)
                if match is None:
                    present.append(student)
            completed.append(student)
        return completed

    def _add_newcomer(self, sighting: Sighting, present: Sequence[Student]) -> Student | None:
        box = sighting.tile.box
        if self._covered_area.covers(box) or not self._is_newcomer(sighting, present):
            return None
        student = Student(next(self._numbers), box, first_frame=self._frame)
        self._students.append(student)
        return student

    def _is_newcomer(self, sighting: Sighting, present: Sequence[Student]) -> bool:
        """At once by a name that none of those present has, else once the tile was seen for a few frames."""
        name = sighting.tile.name
        has_namesake = name is not None and any(self._matcher.is_called(student, name) for student in present)
        if self._is_second_view(sighting, present, has_namesake=has_namesake):
            return False
        if name is not None and not has_namesake:
            return True
        return self._newcomers.is_confirmed(sighting.tile.box, self._count_confirming(sighting.tile))

    def _count_confirming(self, tile: Tile) -> int:
        """In how many frames a newcomer in the tile must be seen."""
        if tile.awaits_name:
            return self._config.confirm_frames_awaiting_name
        return self._config.confirm_frames_where_named if self._is_name_expected(tile) else self._config.confirm_frames

    def _is_second_view(self, sighting: Sighting, present: Sequence[Student], *, has_namesake: bool) -> bool:
        """Whether the tile shows, large or small, a student who has another tile in this frame."""
        size = self._config.enlarged_size
        if 1 / size < sighting.relative_width < size or not present:
            return False
        nameless_camera = sighting.tile.camera_on and sighting.tile.name is None
        return has_namesake or (nameless_camera and self._matcher.looks_like_any(sighting, present))

    def _update_co_presence(self, tiles: int) -> None:
        """Sets it for those shown; whoever is missing while the others are shown in fewer tiles has left it."""
        shown = frozenset(student.number for student in self._students if student.shown)
        co_presence = CoPresence(shown, tiles)
        for student in self._students:
            if student.shown:
                student.co_presence = co_presence
            elif (
                student.co_presence and not self._covered_area.windows and student.co_presence.has_shrunk(shown, tiles)
            ):
                student.co_presence = None

    def _is_name_expected(self, tile: Tile) -> bool:
        return tile.awaits_name or any(student.names for student in self._students)


def _find_main_faces(faces: Sequence[FaceDetection]) -> dict[int, int]:
    """By the index of the face, its tile: the best-scored face of each tile."""
    best: dict[int, int] = {}
    for index, face in enumerate(faces):
        if face.tile is not None and (face.tile not in best or face.score > faces[best[face.tile]].score):
            best[face.tile] = index
    return {index: tile for tile, index in best.items()}

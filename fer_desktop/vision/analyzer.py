"""Analyses one frame: tiles, names, students, faces, expressions."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, Literal

from fer_desktop.ports import ExpressionClassifier, FaceDetector, FaceTracker, PersonFinder, TileFinder, TileNamer
from fer_desktop.types import (
    FaceDetection,
    FaceReading,
    Frame,
    FrameResult,
    Image,
    Merge,
    PersonSeen,
    Settlement,
    StageTimes,
    Tile,
)
from fer_desktop.vision.budget import FrameBudget, LookPlan, look_everywhere
from fer_desktop.vision.faces.alignment import align_faces
from fer_desktop.vision.faces.resting import RestingTiles
from fer_desktop.vision.frame_rate import FrameRate
from fer_desktop.vision.identity.visibility import CoveredArea
from fer_desktop.vision.people.empty_places import EmptyPlaces
from fer_desktop.vision.people.presence import read_presences
from fer_desktop.vision.people.still_pictures import StillPictureFinder
from fer_desktop.vision.tile_readings import describe_tiles, switch_off

_SURE_SCORE: Final = 0.7
"""Of a face; one with a lower score may be a curtain or a chair, and needs a person in its tile."""

Stage = Literal["tiles", "faces", "identity", "expressions"]


class Analyzer:
    """Has no queue and no thread of its own; frames come in order, one thread at a time.

    Without a classifier expressions are off, as some jurisdictions require, and everything else works; without a namer
    students are identified by appearance and position.
    """

    def __init__(
        self,
        *,
        tiles: TileFinder,
        faces: FaceDetector,
        people: PersonFinder,
        tracker: FaceTracker,
        classifier: ExpressionClassifier | None,
        namer: TileNamer | None = None,
        budget: FrameBudget = look_everywhere,
        stills: StillPictureFinder | None = None,
    ) -> None:
        """`stills`: None where somebody else judges later what is a still picture or an empty place."""
        self._budget = budget
        self._tiles = tiles
        self._namer = namer
        self._faces = faces
        self._people = people
        self._tracker = tracker
        self._classifier = classifier
        self._stills = stills
        self._places = EmptyPlaces()
        self._rate = FrameRate()
        self._resting = RestingTiles()

    def process(self, frame: Frame, *, excluded: Collection[int] = ()) -> FrameResult:
        """Analyses a frame. `excluded`: students whose tiles and faces are not read. Raises `ModelError`."""
        self._rate.add(frame.captured_at_s)
        timer = _StageTimer()
        with timer.measure("tiles"):
            self._budget.start_frame(frame)
            tiles = self._find_tiles(frame.image)
        with timer.measure("identity"):
            tile_students = self._tracker.identify_tiles(frame.image, tiles, frame.hidden)
        with timer.measure("faces"):
            unread = _find_unread(frame, tiles, tile_students, excluded)
            still = self._find_still(frame, tiles, unread)
            idle = unread | still | {index for index, tile in enumerate(tiles) if not tile.camera_on}
            looks = self._budget.plan(frame, tiles, idle)
            found = faces = self._detect_faces(frame, tiles, idle, looks)
            sure = [face for face in faces if face.score >= _SURE_SCORE]
            people = self._people.find(frame.image, tiles, sure, idle, captured_at_s=frame.captured_at_s)
            faces = [face for face in faces if face.score >= _SURE_SCORE or _is_supported(face, people)]
            filled = {face.tile for face in faces}
            faces += self._look_again(frame, tiles, {i: each for i, each in people.items() if i not in filled})
            if self._stills is not None:
                self._stills.note_faces(tiles, faces, frame.captured_at_s)
        with timer.measure("identity"):
            face_students = self._tracker.identify_faces(faces, tile_students)
        with timer.measure("expressions"):
            readings = self._read_expressions(frame.image, faces, face_students, excluded, looks)
        self._budget.remember(frame, tiles, found, readings)
        presences = read_presences(tiles, faces, people, not_shown=unread, still=still)
        if self._stills is not None:
            presences = self._places.settle(tiles, self._stills.moves, presences, frame.captured_at_s)
        return FrameResult(
            frame,
            describe_tiles(self._tracker, switch_off(tiles, still), tile_students, presences),
            readings,
            timer.times(),
            self._tracker.take_merges(),
            self._tracker.out_of_view,
            looks.counts,
            looks.pace,
        )

    def merge(self, merge: Merge) -> None:
        """Applies a merge declared by the teacher, given in current numbers."""
        self._tracker.merge(merge)

    def settle(self) -> tuple[Settlement, ...]:
        """At the end of the session: what becomes of the numbers that were in view only briefly, in order."""
        return self._tracker.settle(self._rate.frames_a_second)

    def close(self) -> None:
        """Ends the namer's thread. May be called twice."""
        if self._namer is not None:
            self._namer.close()

    def _find_tiles(self, image: Image) -> tuple[Tile, ...]:
        tiles = self._tiles.find(image)
        return tiles if self._namer is None else self._namer.label(image, tiles)

    def _find_still(self, frame: Frame, tiles: Sequence[Tile], unread: frozenset[int]) -> frozenset[int]:
        """Indices of the tiles whose picture does not move, so that it is no camera's."""
        return frozenset() if self._stills is None else self._stills.find(frame, tiles, unread)

    def _detect_faces(
        self, frame: Frame, tiles: Sequence[Tile], skip: frozenset[int], looks: LookPlan
    ) -> list[FaceDetection]:
        """The faces of the call, not those in a window that lies over it, such as this program's own."""
        skip |= self._resting.choose(tiles, frame.captured_at_s)
        faces = self._faces.detect(frame.image, tiles, skip, looks.carried)
        self._resting.note(tiles, skip, faces, frame.captured_at_s)
        return _drop_hidden(faces, frame)

    def _look_again(self, frame: Frame, tiles: Sequence[Tile], people: Mapping[int, PersonSeen]) -> list[FaceDetection]:
        """Faces at the heads of people whose face was not found."""
        heads = {index: person.head for index, person in people.items() if person.is_there and person.head is not None}
        found = self._faces.look_again(frame.image, tiles, heads, captured_at_s=frame.captured_at_s)
        return _drop_hidden(found, frame)

    def _read_expressions(
        self,
        image: Image,
        faces: Sequence[FaceDetection],
        students: Sequence[int | None],
        excluded: Collection[int],
        looks: LookPlan,
    ) -> tuple[FaceReading, ...]:
        """One reading a face, without excluded students; a newcomer, not yet identified, might be one of them."""
        kept = [
            (face, student)
            for face, student in zip(faces, students, strict=True)
            if student not in excluded and (student or not excluded)
        ]
        if self._classifier is None:
            return tuple(FaceReading(face, student, None) for face, student in kept)
        read = [face for face, _ in kept if face.unreadable is None and not face.age_s]
        probabilities = dict(zip(map(id, read), self._classifier.classify(align_faces(image, read)), strict=True))
        return tuple(
            FaceReading(face, student, looks.reading_of(face) if face.age_s else probabilities.get(id(face)))
            for face, student in kept
        )


def _is_supported(face: FaceDetection, people: Mapping[int, PersonSeen]) -> bool:
    """False where the face's tile was examined and shows nobody for sure: two doubts are no evidence."""
    person = None if face.tile is None else people.get(face.tile)
    if person is None or not person.checked:
        return True
    return (person.is_there and not person.is_unsure) or person.is_moving


def _drop_hidden(faces: Sequence[FaceDetection], frame: Frame) -> list[FaceDetection]:
    """Without the faces in windows that lie over the call."""
    return [face for face in faces if not any(window.contains(*face.box.centre) for window in frame.hidden)]


def _find_unread(
    frame: Frame, tiles: Sequence[Tile], students: Sequence[int | None], excluded: Collection[int]
) -> frozenset[int]:
    """Indices of the tiles that are not analysed: those of excluded students, and those that a window covers."""
    area = CoveredArea(tuple(frame.hidden))
    return frozenset(index for index, tile in enumerate(tiles) if students[index] in excluded or area.covers(tile.box))


class _StageTimer:
    """Adds up the time that each stage of one frame takes."""

    def __init__(self) -> None:
        self._spent_ms: dict[Stage, float] = {"tiles": 0.0, "faces": 0.0, "identity": 0.0, "expressions": 0.0}

    @contextmanager
    def measure(self, stage: Stage) -> Iterator[None]:
        started_s = time.perf_counter()
        yield
        self._spent_ms[stage] += (time.perf_counter() - started_s) * 1e3

    def times(self) -> StageTimes:
        return StageTimes(
            tiles_ms=self._spent_ms["tiles"],
            faces_ms=self._spent_ms["faces"],
            identity_ms=self._spent_ms["identity"],
            expressions_ms=self._spent_ms["expressions"],
        )

"""One frame in, everything that it tells out: tiles, names, faces, students, expressions."""

import time
from collections.abc import Collection
from dataclasses import replace

import numpy as np

from fer_desktop.ports import ExpressionClassifier, FaceDetector, FaceTracker, TileFinder, TileNamer
from fer_desktop.types import FaceReading, Frame, FrameResult, Merge, StageTimes, Tile, TileReading
from fer_desktop.vision.faces.alignment import align_faces


class Analyzer:
    """No queue, no clock of its own; frames come in order, one thread at a time.

    Without a classifier expressions are off, as the law of some places wants, and everything else works; without a
    namer students are told apart by look and place.
    """

    def __init__(
        self,
        *,
        tiles: TileFinder,
        faces: FaceDetector,
        tracker: FaceTracker,
        classifier: ExpressionClassifier | None,
        namer: TileNamer | None = None,
    ) -> None:
        self._tiles = tiles
        self._namer = namer
        self._faces = faces
        self._tracker = tracker
        self._classifier = classifier

    def process(self, frame: Frame, *, excluded: Collection[int] = ()) -> FrameResult:
        """`excluded`: students whose tiles are not looked at."""
        started = time.perf_counter()
        tiles = self._tiles.find(frame.image)
        if self._namer is not None:
            tiles = self._namer.label(frame.image, tiles)
        tiles_found = time.perf_counter()
        students = self._tracker.identify_tiles(frame.image, tiles, frame.hidden)
        identified = time.perf_counter()
        skip = frozenset(index for index, tile in enumerate(tiles) if not tile.camera_on or students[index] in excluded)
        found = self._faces.detect(frame.image, tiles, skip)
        # A face in a window that lies over the call, as in our own picture of it, is nobody's.
        faces = [face for face in found if not any(other.contains(*face.box.centre) for other in frame.hidden)]
        faces_found = time.perf_counter()
        face_students = self._tracker.identify_faces(faces, students)
        # Somebody who is not known yet might be the one who asked to be left out.
        kept = [i for i, student in enumerate(face_students) if student not in excluded and (student or not excluded)]
        probabilities = None
        if self._classifier is not None:
            probabilities = self._classifier.classify(align_faces(frame.image, [faces[i] for i in kept]))
        done = time.perf_counter()
        readings = tuple(
            FaceReading(faces[i], face_students[i], None if probabilities is None else probabilities[row])
            for row, i in enumerate(kept)
        )
        out_of_view = self._tracker.out_of_view
        # What is told of a tile that something lies over would be that of another window.
        shown = [None if student in out_of_view else student for student in students]
        stages = np.diff([started, tiles_found, identified, faces_found, done]) * 1e3
        return FrameResult(
            frame,
            tuple(self._describe_tile(tile, student) for tile, student in zip(tiles, shown, strict=True)),
            readings,
            StageTimes(
                tiles_ms=float(stages[0]),
                identity_ms=float(stages[1]),
                faces_ms=float(stages[2]),
                expressions_ms=float(stages[3]),
            ),
            self._tracker.take_merges(),
            out_of_view,
        )

    def merge(self, merge: Merge) -> None:
        """Applies a merge declared by the teacher, given in current numbers."""
        self._tracker.merge(merge)

    def close(self) -> None:
        """Ends what runs beside the frames. May be called twice."""
        if self._namer is not None:
            self._namer.close()

    def _describe_tile(self, tile: Tile, student: int | None) -> TileReading:
        """With the student's name, which outlives a label that is covered for a while."""
        name = self._tracker.name_of(student) if student is not None else None
        return TileReading(replace(tile, name=name or tile.name), student)

"""One frame in, everything that it tells out: tiles, faces, students, expressions."""

import time
from collections.abc import Collection

import numpy as np

from fer_desktop.faces.alignment import align_faces
from fer_desktop.ports import EmotionClassifier, FaceDetector, FaceTracker, TileFinder
from fer_desktop.types import FaceReading, Frame, FrameResult, StageTimes, TileReading


class Analyzer:
    """No queue, no thread, no clock of its own; frames come in order, one thread at a time.

    Without a classifier expressions are off, as the law of some places wants, and everything else works.
    """

    def __init__(
        self,
        *,
        tiles: TileFinder,
        faces: FaceDetector,
        tracker: FaceTracker,
        classifier: EmotionClassifier | None,
    ) -> None:
        self._tiles = tiles
        self._faces = faces
        self._tracker = tracker
        self._classifier = classifier

    def process(self, frame: Frame, *, excluded: Collection[int] = ()) -> FrameResult:
        """`excluded`: students whose tiles are not looked at."""
        started = time.perf_counter()
        tiles = self._tiles.find(frame.image)
        tiles_found = time.perf_counter()
        students = self._tracker.identify_tiles(frame.image, tiles)
        identified = time.perf_counter()
        skip = frozenset(index for index, tile in enumerate(tiles) if not tile.camera_on or students[index] in excluded)
        faces = self._faces.detect(frame.image, tiles, skip)
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
        stages = np.diff([started, tiles_found, identified, faces_found, done]) * 1e3
        return FrameResult(
            frame,
            tuple(TileReading(tile, student) for tile, student in zip(tiles, students, strict=True)),
            readings,
            StageTimes(
                tiles_ms=float(stages[0]),
                identity_ms=float(stages[1]),
                faces_ms=float(stages[2]),
                expressions_ms=float(stages[3]),
            ),
        )

"""Stand-ins for the engine's ports. They enter through constructors, as the real parts do."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from fer_desktop.errors import CaptureLostError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.types import (
    EXPRESSIONS,
    Box,
    Expression,
    FaceDetection,
    Floats,
    Frame,
    FrameResult,
    Image,
    Merge,
    Observation,
    PersonSeen,
    PresenceReading,
    Settlement,
    StageTimes,
    StudentSecond,
    Tile,
    TilePresence,
)


def make_frame(index: int = 0, *, at_s: float = 0.0, width: int = 64, height: int = 48) -> Frame:
    return Frame(index, at_s, np.full((height, width, 3), index % 256, np.uint8))


def make_face(box: Box, *, tile: int | None = None, score: float = 0.9) -> FaceDetection:
    x, y = box.x, box.y
    places = [(0.3, 0.3), (0.7, 0.3), (0.5, 0.55), (0.5, 0.8)]
    keypoints = np.array([[x + a * box.width, y + b * box.height] for a, b in places], np.float32)
    return FaceDetection(box, score, 1.0, keypoints, tile)


def make_probabilities(**shares: float) -> Floats:
    """The shares named, and what is left to 1 as neutral."""
    values = np.array([shares.get(name.value, 0.0) for name in EXPRESSIONS], np.float32)
    values[EXPRESSIONS.index(Expression.NEUTRAL)] += 1 - values.sum()
    return values


def make_sample(student: int, *, face: bool = True, camera: bool = True, **shares: float) -> StudentSecond:
    return StudentSecond(student, face, face, camera, True, make_probabilities(**shares) if face else None)


def make_presence(presence: TilePresence = TilePresence.FACE) -> PresenceReading:
    """A reading without details."""
    evidence = {
        TilePresence.FACE: Message(MessageKey.FACE_SEEN),
        TilePresence.UNREADABLE: Message(MessageKey.PERSON_SEEN, percent=20),
        TilePresence.EMPTY: Message(MessageKey.NOBODY_SEEN),
        TilePresence.CAMERA_OFF: Message(MessageKey.CARD_SEEN),
        TilePresence.NOT_SHOWN: Message(MessageKey.TILE_COVERED),
    }
    return PresenceReading(presence, evidence[presence])


def make_result(frame: Frame | None = None) -> FrameResult:
    return FrameResult(frame or make_frame(), (), (), StageTimes(1, 1, 1, 1))


class ScriptedSource:
    """Gives the frames it was given; an exception in their place is raised. Then ends, or waits if it is live."""

    notice: Message | None = None

    def __init__(self, frames: Sequence[Frame | Exception], *, live: bool = False, name: str = "scripted") -> None:
        self._frames = list(frames)
        self._live = live
        self.name = literal(name)
        self.opened_by: str | None = None
        self.closed_by: str | None = None
        self.exhausted = threading.Event()

    @property
    def live(self) -> bool:
        return self._live

    @property
    def frame_count(self) -> int | None:
        return len(self._frames)

    def open(self) -> None:
        self.opened_by = threading.current_thread().name

    def read(self) -> Frame | None:
        if not self._frames:
            self.exhausted.set()
            if self._live:
                raise CaptureLostError("nothing left to show")
            return None
        frame = self._frames.pop(0)
        if isinstance(frame, Exception):
            raise frame
        return frame

    def close(self) -> None:
        self.closed_by = threading.current_thread().name


class FakeTileFinder:
    def __init__(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tuple(tiles)

    def find(self, image: Image) -> tuple[Tile, ...]:
        return self._tiles


class FakeFaceProbe:
    """Sees a face in every box, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def shows_face(self, image: Image, box: Box) -> bool:
        self.asked += 1
        return True


class FakeNamer:
    """Reads the names it was given, tile by tile."""

    def __init__(self, names: Sequence[str | None]) -> None:
        self._names = names
        self.closed = False

    def label(self, image: Image, tiles: Sequence[Tile]) -> tuple[Tile, ...]:
        return tuple(replace(tile, name=name) for tile, name in zip(tiles, self._names, strict=True))

    def close(self) -> None:
        self.closed = True


class FakeFaceDetector:
    """Finds the faces that were named for a tile's index, unless it is skipped."""

    def __init__(self, faces: Mapping[int, FaceDetection]) -> None:
        self._faces = dict(faces)
        self.skipped: list[frozenset[int]] = []
        self.searched: list[set[int]] = []

    def remove(self, index: int) -> None:
        """The face of that tile is gone."""
        del self._faces[index]

    def detect(
        self,
        image: Image,
        tiles: Sequence[Tile],
        skip: frozenset[int] = frozenset(),
        carried: Sequence[FaceDetection] = (),
    ) -> list[FaceDetection]:
        self.skipped.append(skip)
        known = skip | {face.tile for face in carried}
        self.searched.append(set(range(len(tiles))) - known)
        return [*(face for index, face in self._faces.items() if index not in known), *carried]

    def look_again(
        self, image: Image, tiles: Sequence[Tile], heads: Mapping[int, Box], *, captured_at_s: float
    ) -> list[FaceDetection]:
        return []


class FakePersonFinder:
    """Sees the people that were named for a tile's index, unless it is skipped."""

    def __init__(self, people: Mapping[int, PersonSeen] | None = None) -> None:
        self._people = people or {}
        self.skipped: list[frozenset[int]] = []

    def find(
        self,
        image: Image,
        tiles: Sequence[Tile],
        faces: Sequence[FaceDetection],
        skip: Collection[int],
        *,
        captured_at_s: float,
    ) -> dict[int, PersonSeen]:
        self.skipped.append(frozenset(skip))
        return {index: person for index, person in self._people.items() if index not in skip}


class FakeTracker:
    """The student of a tile is its index and one."""

    out_of_view: frozenset[int] = frozenset()

    def identify_tiles(self, image: Image, tiles: Sequence[Tile], hidden: Sequence[Box] = ()) -> list[int | None]:
        return [index + 1 for index in range(len(tiles))]

    def identify_faces(self, faces: Sequence[FaceDetection], tile_students: Sequence[int | None]) -> list[int | None]:
        return [None if face.tile is None else tile_students[face.tile] for face in faces]

    def name_of(self, student: int) -> str | None:
        return None

    def merge(self, merge: Merge) -> None:
        self.merged = merge

    def take_merges(self) -> tuple[Merge, ...]:
        return ()

    def settle(self, frames_a_second: float) -> tuple[Settlement, ...]:
        return ()


class FakeClassifier:
    """Reads the same in every face, and remembers the size of every batch."""

    def __init__(self, probabilities: Floats) -> None:
        self._probabilities = probabilities
        self.batches: list[int] = []

    def classify(self, crops: Image) -> Floats:
        self.batches.append(len(crops))
        return np.tile(self._probabilities, (len(crops), 1))


class ListSink:
    """Keeps what it is given."""

    def __init__(self, then: Callable[[], None] = lambda: None) -> None:
        self.observations: list[Observation] = []
        self._then = then

    def publish(self, observation: Observation) -> None:
        self.observations.append(observation)
        self._then()

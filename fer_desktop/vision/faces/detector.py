"""MediaPipe inside tiles, and a survey of what no tile covers, whose faces are then followed."""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Final, TypeVar

import numpy as np

from fer_desktop.types import Box, FaceCues, FaceDetection, Image, Tile
from fer_desktop.vision.faces.blazeface import BlazeFace, RawFace
from fer_desktop.vision.faces.eyes import EyeCheck
from fer_desktop.vision.faces.head_pose import measure_turn
from fer_desktop.vision.faces.pairs import KnownFace, find_lone_faces, is_found_again, plan_pairs
from fer_desktop.vision.faces.presence import MIN_PRESENCE, PresenceCheck
from fer_desktop.vision.faces.search_windows import is_large, plan_survey
from fer_desktop.vision.faces.still_picture import is_still_picture

_TRUST_FRAMES: Final = 10
"""A face that stays where it was is not checked again for so many frames: two seconds at five frames a second.
Whether its eyes are open and where it looks is told in the frames in which it is checked, and in no other.
"""
_SAME_PLACE: Final = 0.4
_FOLLOW_GROWTH: Final = 3.0
_FOLLOW_FRAMES: Final = 15
_MIN_FACE_PX: Final = 16
_MAX_WORKERS: Final = 4
_MAX_CANDIDATES: Final = 3
"""Windows overlap, so a face is found several times: so many of its detections are checked, the best scored first."""

_SURVEY_FRAMES: Final = 50
_SURVEY_FRAMES_WITHOUT_TILES: Final = 10
"""The survey is repeated so often: somebody who joins outside every tile is seen within some seconds."""
_WINDOWS_A_FRAME: Final = 16
_WINDOWS_A_FRAME_WITHOUT_TILES: Final = 80
"""A survey of up to some hundred windows is spread over frames, but for the very first frame, so as not to stall."""

_NEAR_SHARE: Final = 0.3
"""Of a tile's height, the face of somebody alone; people who share a camera sit farther away."""

_COARSE_FACE_PX: Final = 42
_MIN_COARSE_SCORE: Final = 0.78
"""The landmark model fails on small faces that a call has compressed hard, which the detector still finds for sure: of
1,828 detections in tiles of rendered scenes two were false, scored below .57, and 29 faces had no presence."""

_TINY_FACE_PX: Final = 30
_MIN_ONLY_SCORE, _MIN_ONLY_TINY_SCORE = 0.73, 0.6
"""Of the best detection in a tile without a verified face. Lower, the backs of heads that turn away count as faces."""

_MIN_STRAY_SCORE: Final = 0.6
_MIN_STRAY_PRESENCE: Final = 0.7
"""Outside tiles stand letters, slides and buttons, and the survey looks at them by the hundred."""
_MIN_SECOND_SCORE: Final = 0.8
_MIN_SECOND_PRESENCE: Final = 0.95
"""A tile that shows a face already seldom shows another; what looks a little like one is a pattern or a hand."""
_MIN_STRAY_SHARE: Final = 0.45
_MIN_STRAY_PX: Final = 18
"""Faces beside the tiles that are much smaller than those in them are profile pictures in a list or a chat."""

In = TypeVar("In")
Out = TypeVar("Out")


@dataclass(frozen=True, slots=True)
class _Worker:
    """The networks of one thread: LiteRT's interpreters are for one at a time, but let others run meanwhile."""

    detector: BlazeFace
    presence: PresenceCheck
    eyes: EyeCheck | None

    def check(self, image: Image, face: RawFace) -> "_Check":
        mesh = self.presence.measure(image, face)
        if self.eyes is None or mesh.presence < MIN_PRESENCE or _is_coarse(face.box):
            return _Check(mesh.presence)
        yaw_deg, pitch_deg = measure_turn(mesh.points)
        return _Check(mesh.presence, FaceCues(yaw_deg, pitch_deg, self.eyes.measure(image, mesh.points_px)))


@dataclass(frozen=True, slots=True)
class _Check:
    """`cues`: None where there is no face, one too small to tell, or nobody asked."""

    presence: float
    cues: FaceCues | None = None


@dataclass(frozen=True, slots=True)
class _Followed:
    """Where a face outside the tiles was seen, and for how many frames more it is looked for there."""

    window: Box
    frames_left: int


@dataclass(slots=True)
class _Verified:
    face: KnownFace
    presence: float
    frames_left: int


class MediaPipeFaceDetector:
    """A `FaceDetector` over a few threads of its own; called by one thread.

    Remembers which faces it has verified and, without tiles, where to look.
    """

    def __init__(self, *, workers: int | None = None, cues: bool = True, live: bool = False) -> None:
        """`cues`: whether to look at eyes and turned heads too. `live`: no picture may take seconds, so who sits in no
        tile is found within some of them.
        """
        count = workers or min(_MAX_WORKERS, os.cpu_count() or 1)
        self._workers = [_Worker(BlazeFace(), PresenceCheck(), EyeCheck() if cues else None) for _ in range(count)]
        # The threads end with this object: an executor that nobody refers to lets go of them.
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="faces")
        self._live = live
        self._verified: list[_Verified] = []
        self._checks = 0
        self._followed: list[_Followed] = []
        self._surveyed: tuple[tuple[int, ...], tuple[Box, ...]] | None = None
        self._windows_left: deque[Box] = deque()
        self._frames_to_survey = 0

    def detect(self, image: Image, tiles: Sequence[Tile], skip: frozenset[int] = frozenset()) -> list[FaceDetection]:
        """Verified faces, in the tiles' order, then those that lie in no tile.

        The first picture is looked at everywhere at once, unless it is live; later ones in the tiles, around the faces
        that were found outside them, and piece by piece elsewhere. No face of a skipped tile is told.
        """
        looked_at = [index for index in range(len(tiles)) if index not in skip]
        found = self._look_into(image, [tiles[index].box for index in looked_at])
        raw = [(face, index) for index, faces in zip(looked_at, found, strict=True) for face in faces]
        in_tiles = self._keep_verified(image, raw)
        untiled_faces = self._find_untiled_faces(image, tiles, skip, in_tiles)
        self._forget()
        faces = [*in_tiles, *untiled_faces]
        return sorted(faces, key=lambda face: len(tiles) if face.tile is None else face.tile)

    def _find_untiled_faces(
        self, image: Image, tiles: Sequence[Tile], skip: frozenset[int], in_tiles: Sequence[FaceDetection]
    ) -> list[FaceDetection]:
        """Verified faces that the look into each tile as a whole did not find; followed from now on."""
        done = skip | _find_settled(tiles, in_tiles, frame_area=image.shape[0] * image.shape[1])
        windows = [place.window for place in self._followed] + self._next_windows(image, tiles, done)
        raw = [face for faces in self._find(image, windows) for face in faces if face.score >= _MIN_STRAY_SCORE]
        known = [face.box for face in in_tiles]
        raw = [face for face in _keep_candidates(raw) if not _is_shown(face.box, known)]
        placed = [(face, _tile_at(face.box, tiles)) for face in raw]
        placed = [(face, tile) for face, tile in placed if tile not in skip and _is_large_enough(face.box, tile, known)]
        filled = {face.tile for face in in_tiles}
        untiled_faces = [
            face
            for face in _keep_best(self._keep_verified(image, placed))
            if _is_sure(face, second=face.tile in filled) and not is_still_picture(image, face.box)
        ]
        self._follow(untiled_faces, *image.shape[1::-1])
        return untiled_faces

    def _follow(self, untiled_faces: Sequence[FaceDetection], width: int, height: int) -> None:
        """Where a face is missing for a moment it is still looked for."""
        missing = [
            _Followed(place.window, place.frames_left - 1)
            for place in self._followed
            if place.frames_left > 1 and not any(place.window.contains(*face.box.centre) for face in untiled_faces)
        ]
        windows = [_grow(face.box, _FOLLOW_GROWTH).clipped(width, height) for face in untiled_faces]
        self._followed = [_Followed(window, _FOLLOW_FRAMES) for window in windows] + missing

    def _next_windows(self, image: Image, tiles: Sequence[Tile], done: frozenset[int]) -> list[Box]:
        """The windows of the survey that are due in this frame."""
        layout = image.shape, tuple(tile.box for tile in tiles)
        self._frames_to_survey -= 1
        at_once = self._surveyed is None and not self._live
        if layout != self._surveyed or (self._frames_to_survey <= 0 and not self._windows_left):
            self._windows_left = deque(plan_survey(image, tiles, done))
            self._surveyed = layout
            self._frames_to_survey = _SURVEY_FRAMES if tiles else _SURVEY_FRAMES_WITHOUT_TILES
        due = _WINDOWS_A_FRAME if tiles else _WINDOWS_A_FRAME_WITHOUT_TILES
        count = len(self._windows_left) if at_once else min(due, len(self._windows_left))
        return [self._windows_left.popleft() for _ in range(count)]

    def _look_into(self, image: Image, tiles: Sequence[Box]) -> list[list[RawFace]]:
        """The faces of each tile. Where one is only to be found again, two tiles are looked at together."""
        lone = find_lone_faces(tiles, [known.face for known in self._verified])
        pairs = plan_pairs(tiles, lone)
        together = self._share_out(
            pairs, lambda worker, pair: _find_in_pair(worker.detector, image, tiles[pair[0]], tiles[pair[1]])
        )
        found = {
            index: faces
            for pair, found_in_pair in zip(pairs, together, strict=True)
            for index, faces in zip(pair, found_in_pair, strict=True)
            if is_found_again(lone[index], faces)
        }
        alone = [index for index in range(len(tiles)) if index not in found]
        found |= zip(alone, self._find(image, [tiles[index] for index in alone]), strict=True)
        return [found[index] for index in range(len(tiles))]

    def _find(self, image: Image, windows: Sequence[Box]) -> list[list[RawFace]]:
        """The faces of each window, in pixels of the image."""
        return self._share_out(windows, lambda worker, window: _find_in(worker.detector, image, window))

    def _keep_verified(self, image: Image, raw: Sequence[tuple[RawFace, int | None]]) -> list[FaceDetection]:
        presences = [self._recall(face) for face, _ in raw]
        unknown = [index for index, presence in enumerate(presences) if presence is None]
        measured = self._share_out(unknown, lambda worker, index: worker.check(image, raw[index][0]))
        cues: list[FaceCues | None] = [None] * len(raw)
        for index, check in zip(unknown, measured, strict=True):
            presences[index] = check.presence
            cues[index] = check.cues
            if _is_face(raw[index][0], check.presence):
                self._trust(raw[index][0], check.presence)
        found = [
            FaceDetection(face.box, face.score, presence or 0.0, face.keypoints_px, tile, each)
            for (face, tile), presence, each in zip(raw, presences, cues, strict=True)
        ]
        kept = [index for index, face in enumerate(found) if _is_face(raw[index][0], face.presence)]
        kept += _find_only_ones(found, {found[index].tile for index in kept})
        return [found[index] for index in sorted(kept)]

    def _share_out(self, items: Sequence[In], work: Callable[[_Worker, In], Out]) -> list[Out]:
        """`work` on every item, in the items' order, over the workers."""
        count = len(self._workers)

        def work_through(number: int) -> list[Out]:
            return [work(self._workers[number], item) for item in items[number::count]]

        results: list[Out | None] = [None] * len(items)
        for number, part in enumerate(self._threads.map(work_through, range(count))):
            results[number::count] = part
        return results  # type: ignore[return-value]  # every place is filled by one worker

    def _recall(self, face: RawFace) -> float | None:
        for known in self._verified:
            if known.face.is_met_by(face):
                known.face = replace(known.face, box=face.box)
                return known.presence
        return None

    def _trust(self, face: RawFace, presence: float) -> None:
        """Staggered, so that the checks of a whole class do not fall into one frame again and again."""
        self._checks += 1
        frames = _TRUST_FRAMES + self._checks % _TRUST_FRAMES
        self._verified.append(_Verified(KnownFace(face.box, face.score), presence, frames))

    def _forget(self) -> None:
        for known in self._verified:
            known.frames_left -= 1
        self._verified = [known for known in self._verified if known.frames_left > 0]


def _find_in(detector: BlazeFace, image: Image, window: Box) -> list[RawFace]:
    patch, left, top = _cut(image, window)
    return _place_faces(detector.find(patch), left, top) if min(patch.shape[:2]) >= _MIN_FACE_PX else []


def _find_in_pair(detector: BlazeFace, image: Image, first: Box, second: Box) -> tuple[list[RawFace], list[RawFace]]:
    """None where one of them is off the frame by now, as after a window was made smaller."""
    (one, *one_at), (other, *other_at) = _cut(image, first), _cut(image, second)
    if min(*one.shape[:2], *other.shape[:2]) < _MIN_FACE_PX:
        return [], []
    in_one, in_other = detector.find_pair(one, other)
    return _place_faces(in_one, *one_at), _place_faces(in_other, *other_at)


def _cut(image: Image, window: Box) -> tuple[Image, int, int]:
    """The part of the image inside the window, and its left and top."""
    left, top, width, height = window.clipped(image.shape[1], image.shape[0]).rounded()
    return image[top : top + height, left : left + width], left, top


def _place_faces(faces: Sequence[RawFace], left: int, top: int) -> list[RawFace]:
    """In pixels of the image, without those that are too small to be anybody's."""
    offset = np.array([left, top], np.float32)
    return [
        RawFace(face.box.shifted(left, top), face.score, face.keypoints_px + offset)
        for face in faces
        if min(face.box.width, face.box.height) >= _MIN_FACE_PX
    ]


def _find_settled(tiles: Sequence[Tile], faces: Sequence[FaceDetection], *, frame_area: float) -> frozenset[int]:
    """Tiles in which somebody sits close to the camera: others beside them were found with them.

    Large ones are never settled.
    """
    heights: dict[int, float] = {}
    for face in faces:
        if face.tile is not None:
            heights[face.tile] = min(face.box.height, heights.get(face.tile, face.box.height))
    return frozenset(
        index
        for index, height in heights.items()
        if height >= _NEAR_SHARE * tiles[index].box.height and not is_large(tiles[index].box, frame_area)
    )


def _keep_candidates(faces: list[RawFace]) -> list[RawFace]:
    """Of detections that share a place the best few."""
    kept: list[RawFace] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        if sum(_shared_part(face.box, other.box) >= _SAME_PLACE for other in kept) < _MAX_CANDIDATES:
            kept.append(face)
    return kept


def _is_shown(box: Box, others: Sequence[Box]) -> bool:
    return any(_shared_part(box, other) >= _SAME_PLACE for other in others)


def _tile_at(box: Box, tiles: Sequence[Tile]) -> int | None:
    """The smallest tile that holds the middle of the box."""
    holding = [index for index, tile in enumerate(tiles) if tile.box.contains(*box.centre)]
    return min(holding, key=lambda index: tiles[index].box.area, default=None)


def _is_face(face: RawFace, presence: float) -> bool:
    if _is_coarse(face.box) and face.score >= _MIN_COARSE_SCORE:
        return True
    return presence >= MIN_PRESENCE


def _find_only_ones(found: Sequence[FaceDetection], filled: set[int | None]) -> list[int]:
    """In tiles that show no verified face: the best small one, which the landmark model is no judge of."""
    best: dict[int, int] = {}
    for index, face in enumerate(found):
        if face.tile is None or face.tile in filled or not _is_coarse(face.box):
            continue
        tiny = max(face.box.width, face.box.height) < _TINY_FACE_PX
        if face.score < (_MIN_ONLY_TINY_SCORE if tiny else _MIN_ONLY_SCORE):
            continue
        if face.tile not in best or face.score > found[best[face.tile]].score:
            best[face.tile] = index
    return list(best.values())


def _is_coarse(box: Box) -> bool:
    return max(box.width, box.height) < _COARSE_FACE_PX


def _is_sure(face: FaceDetection, *, second: bool) -> bool:
    if second:
        return face.score >= _MIN_SECOND_SCORE and face.presence >= _MIN_SECOND_PRESENCE
    return face.score >= _MIN_STRAY_SCORE and face.presence >= _MIN_STRAY_PRESENCE


def _is_large_enough(box: Box, tile: int | None, known: Sequence[Box]) -> bool:
    if tile is not None:
        return True
    usual = float(np.median([other.height for other in known])) if known else 0.0
    return box.height >= max(_MIN_STRAY_PX, _MIN_STRAY_SHARE * usual)


def _keep_best(faces: list[FaceDetection]) -> list[FaceDetection]:
    """Windows overlap: of detections that share a place the likeliest is kept."""
    kept: list[FaceDetection] = []
    for face in sorted(faces, key=lambda face: face.score, reverse=True):
        if all(_shared_part(face.box, other.box) < _SAME_PLACE for other in kept):
            kept.append(face)
    return sorted(kept, key=lambda face: (face.box.y, face.box.x))


def _shared_part(a: Box, b: Box) -> float:
    """The part of the smaller box that lies in the other."""
    return a.intersection_area(b) / max(min(a.area, b.area), 1)


def _grow(box: Box, factor: float) -> Box:
    width, height = box.width * factor, box.height * factor
    return Box(box.centre[0] - width / 2, box.centre[1] - height / 2, width, height)

"""Detects faces: MediaPipe inside tiles, and a survey of what no tile covers, whose faces are then followed."""

import os
from collections.abc import Mapping, Sequence
from typing import Final

from fer_desktop.types import Box, FaceDetection, Image, Tile
from fer_desktop.vision.faces.blazeface import RawFace
from fer_desktop.vision.faces.pairs import VainSearches, find_lone_faces, is_as_expected, plan_pairs
from fer_desktop.vision.faces.second_look import SecondLook
from fer_desktop.vision.faces.survey import FollowedWindows, Survey, find_settled_tiles
from fer_desktop.vision.faces.untiled import select_candidates, select_faces
from fer_desktop.vision.faces.verification import Verifier
from fer_desktop.vision.faces.workers import WorkerPool

_MAX_WORKERS: Final = 4


class MediaPipeFaceDetector:
    """A `FaceDetector` over a few threads of its own; called by one thread.

    Remembers which faces it has verified, and where untiled faces were.
    """

    def __init__(self, *, workers: int | None = None, cues: bool = True, live: bool = False) -> None:
        """`workers`: threads; by default one a core, four at most. `cues`: whether face cues are read.

        `live`: no frame may take seconds, so untiled faces are found within some seconds. Raises `ModelError`.
        """
        self._pool = WorkerPool(workers or min(_MAX_WORKERS, os.cpu_count() or 1), cues=cues, live=live)
        self._verifier = Verifier(self._pool, live=live)
        self._vain = VainSearches()
        self._survey = Survey(live=live)
        self._followed = FollowedWindows()
        self._second_look = SecondLook(self._pool, live=live)

    def detect(
        self,
        image: Image,
        tiles: Sequence[Tile],
        skip: frozenset[int] = frozenset(),
        carried: Sequence[FaceDetection] = (),
    ) -> list[FaceDetection]:
        """Verified faces, in the tiles' order, then those that lie in no tile. No face of a skipped tile is returned.

        The first picture is searched everywhere at once, unless it is live; later ones in the tiles, around the
        untiled faces found before, and piece by piece elsewhere. `carried`: as of the port.
        """
        known = frozenset(face.tile for face in carried if face.tile is not None)
        in_tiles = [*self._find_tiled_faces(image, tiles, skip | known), *carried]
        untiled = self._find_untiled_faces(image, tiles, skip, in_tiles)
        self._verifier.end_frame()
        return sorted([*in_tiles, *untiled], key=lambda face: len(tiles) if face.tile is None else face.tile)

    def look_again(
        self, image: Image, tiles: Sequence[Tile], heads: Mapping[int, Box], *, captured_at_s: float
    ) -> list[FaceDetection]:
        """Faces in tiles where `detect` found none, but a person is. `heads`: where the head must be, by tile."""
        return self._second_look.find(image, tiles, heads, captured_at_s=captured_at_s)

    def _find_tiled_faces(self, image: Image, tiles: Sequence[Tile], skip: frozenset[int]) -> list[FaceDetection]:
        self._vain.start_frame([tile.box for tile in tiles])
        searched = [index for index in range(len(tiles)) if index not in skip]
        found = self._search_tiles(image, [tiles[index].box for index in searched])
        detections = [(face, index) for index, faces in zip(searched, found, strict=True) for face in faces]
        return self._verifier.verify(image, detections)

    def _find_untiled_faces(
        self, image: Image, tiles: Sequence[Tile], skip: frozenset[int], in_tiles: Sequence[FaceDetection]
    ) -> list[FaceDetection]:
        """Verified faces that the search of each tile as a whole did not find; followed from now on."""
        height, width = image.shape[:2]
        done = skip | find_settled_tiles(tiles, in_tiles, frame_area=width * height)
        windows = self._followed.boxes + self._survey.next_windows(image, tiles, done)
        detections = [face for faces in self._pool.find(image, windows) for face in faces]
        candidates = select_candidates(detections, tiles, skip, known=[face.box for face in in_tiles])
        verified = self._verifier.verify(image, candidates)
        untiled = select_faces(image, verified, filled=frozenset(face.tile for face in in_tiles))
        self._followed.update(untiled, width=width, height=height)
        return untiled

    def _search_tiles(self, image: Image, tiles: Sequence[Box]) -> list[list[RawFace]]:
        """What each tile shows. Two whose only face is known, or two without a face, are searched in one run of the
        network.
        """
        lone = find_lone_faces(tiles, self._verifier.known_faces)
        rejected = find_lone_faces(tiles, self._verifier.rejected)
        faceless = sorted({*rejected, *self._vain.find(tiles)} - lone.keys())
        expected = {**rejected, **lone}
        pairs = [*plan_pairs(tiles, lone), *plan_pairs(tiles, faceless)]
        in_pairs = frozenset(index for pair in pairs for index in pair)
        searches = [*pairs, *((index,) for index in range(len(tiles)) if index not in in_pairs)]
        found = self._search(image, tiles, searches)
        changed = [index for index in in_pairs if not is_as_expected(expected.get(index), found[index])]
        found |= self._search(image, tiles, [(index,) for index in changed])
        faces = [found[index] for index in range(len(tiles))]
        self._vain.note(tiles, faces)
        return faces

    def _search(
        self, image: Image, tiles: Sequence[Box], searches: Sequence[tuple[int, ...]]
    ) -> dict[int, list[RawFace]]:
        """By the index of their tile; each search is of one tile or of two."""
        found = self._pool.map(
            searches, lambda worker, search: worker.find_in(image, [tiles[index] for index in search])
        )
        return {
            index: faces
            for search, faces_of_each in zip(searches, found, strict=True)
            for index, faces in zip(search, faces_of_each, strict=True)
        }

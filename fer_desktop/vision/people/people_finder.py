"""Finds people in tiles without a face, a few tiles at a time, and follows them by motion and place in between."""

import math
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.system.worker_threads import WorkerThreads
from fer_desktop.types import Box, FaceDetection, Image, PersonSeen, Tile
from fer_desktop.vision.pacing import Allowance, Pace
from fer_desktop.vision.people.known_tiles import SAME_TILE_IOU
from fer_desktop.vision.people.pose import PoseCheck
from fer_desktop.vision.people.segmentation import PersonSegmenter
from fer_desktop.vision.people.sighting import NOBODY, PersonSighting, describe_person, find_picture
from fer_desktop.vision.people.tile_watch import TileWatch

_MAX_WORKERS: Final = 4


@dataclass(frozen=True, slots=True)
class _Budget:
    """How much is examined in a second of a live call, spread over its frames, so that none of them takes long."""

    round_s: float = 0.8
    """In so long all tiles without a face are measured..."""
    fewest: float = 30.0
    """...and so many a second at least."""
    opinion_round_s: float = 4.0
    """In so long all tiles can have a second opinion: less than it holds..."""
    fewest_opinions: float = 10.0
    """...and so many a second at least."""


_BUDGET: Final = _Budget()


@dataclass(frozen=True, slots=True)
class _PeopleWorker:
    """The networks of one thread."""

    segmenter: PersonSegmenter
    pose: PoseCheck

    def look(self, image: Image, tile: Box) -> PersonSighting:
        """How much of a person the tile shows."""
        picture, patch = _cut(image, tile)
        if min(patch.shape[:2]) < 2:
            return NOBODY
        return describe_person(image, tile, picture, self.segmenter.segment(patch))

    def give_opinion(self, image: Image, tile: Box) -> float:
        """The pose detector's score, 0 to 1."""
        _, patch = _cut(image, tile)
        return self.pose.score(patch) if min(patch.shape[:2]) >= 2 else 0.0


class PeopleFinder:
    """A `PersonFinder` over a few threads of its own; called by one thread, frames in order."""

    def __init__(self, *, workers: int | None = None, live: bool = False) -> None:
        """`live`: not even the first frame measures all tiles at once. Raises `ModelError`."""
        count = workers or min(_MAX_WORKERS, os.cpu_count() or 1)
        self._pool = WorkerThreads([_PeopleWorker(PersonSegmenter(), PoseCheck()) for _ in range(count)], name="people")
        self._pace = Pace(live=live)
        self._measurements, self._opinions = Allowance(), Allowance()
        self._watches: dict[Box, TileWatch] = {}

    def find(
        self,
        image: Image,
        tiles: Sequence[Tile],
        faces: Sequence[FaceDetection],
        skip: Collection[int],
        *,
        captured_at_s: float,
    ) -> dict[int, PersonSeen]:
        """By the index of each tile without a face, less the skipped ones: what is known of a person there."""
        span_s = self._pace.span_to(captured_at_s)
        by_tile = {face.tile: face for face in faces}
        watches = self._follow([tile.box for index, tile in enumerate(tiles) if index not in skip])
        faceless: dict[int, TileWatch] = {}
        for index, tile in enumerate(tiles):
            if index in by_tile and index not in skip:
                watches[tile.box].see_face(by_tile[index].box)
            elif index not in skip:
                faceless[index] = watches[tile.box]
        for watch in faceless.values():
            watch.see_picture(image, captured_at_s)
        self._measure(image, list(faceless.values()), captured_at_s, span_s)
        return {index: _describe(watch, captured_at_s) for index, watch in faceless.items()}

    def _follow(self, boxes: Sequence[Box]) -> Mapping[Box, TileWatch]:
        """The watch of each tile: that of the frame before, also where the tile has moved by a pixel or two."""
        before = self._watches
        kept = set(boxes)
        lost = [watch for box, watch in before.items() if box not in kept]
        self._watches = {box: before.get(box) or _take_over(box, lost) for box in boxes}
        return self._watches

    def _measure(self, image: Image, watches: Sequence[TileWatch], now_s: float, span_s: float) -> None:
        """Measures the tiles that are due, and asks a second opinion on some in doubt; those of longest ago first."""
        due = _sort_by_age([watch for watch in watches if watch.is_due(now_s)])
        due = due[: self._measurements.share(max(_BUDGET.fewest, len(watches) / _BUDGET.round_s), span_s)]
        sightings = self._pool.map(due, lambda worker, watch: worker.look(image, watch.box))
        for watch, sighting in zip(due, sightings, strict=True):
            watch.measure(sighting, now_s)
        doubted = _sort_by_age([watch for watch in watches if watch.is_in_doubt])
        rate = max(_BUDGET.fewest_opinions, len(watches) / _BUDGET.opinion_round_s)
        doubted = doubted[: self._opinions.share(rate, span_s)]
        scores = self._pool.map(doubted, lambda worker, watch: worker.give_opinion(image, watch.box))
        for watch, score in zip(doubted, scores, strict=True):
            watch.take_opinion(score, now_s)


def _describe(watch: TileWatch, now_s: float) -> PersonSeen:
    sighting = watch.sighting
    return PersonSeen(
        checked=watch.is_checked,
        is_there=watch.is_person,
        is_moving=watch.is_moving(now_s),
        share=sighting.share if sighting else 0.0,
        head=sighting.head if sighting else None,
        hidden_by=sighting.hidden_by if sighting else None,
        is_unsure=watch.is_person and watch.is_unsure,
    )


def _take_over(box: Box, lost: Sequence[TileWatch]) -> TileWatch:
    for watch in lost:
        if watch.box.iou(box) >= SAME_TILE_IOU:
            watch.box = box
            return watch
    return TileWatch(box)


def _sort_by_age(watches: Sequence[TileWatch]) -> list[TileWatch]:
    """Those never measured, then those measured longest ago."""
    return sorted(watches, key=lambda watch: -math.inf if watch.measured_at_s is None else watch.measured_at_s)


def _cut(image: Image, tile: Box) -> tuple[Box, Image]:
    """The camera picture in the tile: its place and its pixels."""
    picture = find_picture(image, tile)
    left, top, width, height = picture.rounded()
    return picture, image[top : top + height, left : left + width]

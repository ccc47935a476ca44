"""Which student a tile most likely shows: by name where both have one, else by look and place."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from fer_desktop.types import Floats
from fer_desktop.vision.identity.appearance import compare_looks
from fer_desktop.vision.identity.student import Sighting, Student
from fer_desktop.vision.names.matching import SAME_PERSON_BELOW, name_distance

MAX_COST: Final = 0.5
"""Above it the tile shows somebody else. An unknown look at the old place costs .35, a known one elsewhere .30."""
_LOOK_WEIGHT, _PLACE_WEIGHT = 0.7, 0.3
_UNKNOWN_LOOK: Final = 0.5
"""A student whose camera was never seen in this state: as likely as not."""
_NAMED_SHARE: Final = 0.3
"""How much look and place still say where the names agree: they part two students of one name."""
_NAMED_LEAD: Final = 0.5
"""A student of the tile's name goes before one whose name was never read."""
_RENAMED_COST: Final = 0.4
SAME_LOOK, _SAME_CARD, _SAME_PLACE = 0.3, 0.1, 0.1
"""Distances below which a room, a card or a place is the same. Cards must be so to the letter. Another name over the
same room at the same place: they renamed themselves, or the name was misread before."""
_FORMER_NAME: Final = 0.2
"""Whoever is called so now goes before whoever was called so once."""
_SURE_SLIP: Final = 0.25
_AGREES: Final = 0.5
"""A name with a slip in it may be another person's: look or place must not speak against it."""

Item = TypeVar("Item")


class StudentMatcher:
    """Keeps the distances of names, which are asked for in every frame; they go with it."""

    def __init__(self) -> None:
        self._name_distance = lru_cache(maxsize=16384)(name_distance)

    def match(self, sightings: Sequence[Sighting], students: Sequence[Student]) -> list[Student | None]:
        """One student a tile, None for somebody new; no student twice."""
        if not sightings or not students:
            return [None] * len(sightings)
        looks, places = look_distances(sightings, students), place_distances(sightings, students)
        costs = _LOOK_WEIGHT * looks + _PLACE_WEIGHT * places
        names = [(student.name, student.former_names) for student in students]
        for row, sighting in enumerate(sightings):
            label = sighting.tile.name
            if label is not None:
                distances = [self._compare(label, *carried) for carried in names]
                stays = stand_where_they_stood(looks[row], places[row], camera_on=sighting.tile.camera_on)
                agrees = (looks[row] < _AGREES) | (places[row] < _AGREES)
                _weigh_names(costs[row], distances, stays, agrees)
        return assign(costs, students, MAX_COST)

    def is_called(self, student: Student, label: str) -> bool:
        distance = self._compare(label, student.name, student.former_names)
        return distance is not None and distance < SAME_PERSON_BELOW

    def _compare(self, label: str, name: str | None, former: Sequence[str]) -> float | None:
        if name is None:
            return None
        once = (self._name_distance(label, other) + _FORMER_NAME for other in former)
        return min(self._name_distance(label, name), *once, 1.0)


def find_missing(sightings: Sequence[Sighting], students: Sequence[Student]) -> list[Student | None]:
    """Who stands in each tile that fits nobody, of `students` who are missing from among those beside it.

    One who was never seen in this state, or looks much the same, at their old place or as the only one missing; no
    name may speak against it.
    """
    if not sightings or not students:
        return [None] * len(sightings)
    costs = look_distances(sightings, students)
    alone = len(sightings) == len(students) == 1
    for row, sighting in enumerate(sightings):
        for column, student in enumerate(students):
            named_otherwise = sighting.tile.name is not None and student.name is not None
            moved = math.dist(sighting.place, student.place) >= _SAME_PLACE and not alone
            if named_otherwise or moved:
                costs[row, column] = np.inf
    return assign(costs, students, _UNKNOWN_LOOK)


def stand_where_they_stood(looks: Floats, places: Floats, *, camera_on: bool) -> NDArray[np.bool_]:
    """Of distances of looks and places: whether the student's own room or card is seen at their own place."""
    same: NDArray[np.bool_] = (looks < (SAME_LOOK if camera_on else _SAME_CARD)) & (places < _SAME_PLACE)
    return same


def assign(costs: Floats, candidates: Sequence[Item], max_cost: float) -> list[Item | None]:
    """The cheapest matching of rows (tiles or faces) to candidates (columns); None above `max_cost`."""
    from scipy.optimize import linear_sum_assignment

    # Capped, so that one hopeless pair does not bend the others' matching.
    rows, columns = linear_sum_assignment(np.minimum(costs, max_cost + 1e-3))
    matches: list[Item | None] = [None] * len(costs)
    for row, column in zip(rows, columns, strict=True):
        if costs[row, column] <= max_cost:
            matches[row] = candidates[column]
    return matches


def _weigh_names(
    costs: Floats, distances: Sequence[float | None], stays: NDArray[np.bool_], agrees: NDArray[np.bool_]
) -> None:
    """Writes into one tile's (students,) costs what its label says of them.

    `distances`: of the names, None for the nameless. `stays`: students whose own room is seen at their own place,
    whatever the label says. `agrees`: those for whom look or place speak too.
    """
    known = any(distance is not None and distance < SAME_PERSON_BELOW for distance in distances)
    for index, distance in enumerate(distances):
        if distance is None:
            continue
        slipped = distance >= _SURE_SLIP and not agrees[index]
        if distance < SAME_PERSON_BELOW and not slipped:
            costs[index] = distance - _NAMED_LEAD + _NAMED_SHARE * costs[index]
        else:
            costs[index] = _RENAMED_COST if stays[index] and not known else np.inf


def look_distances(sightings: Sequence[Sighting], students: Sequence[Student]) -> Floats:
    """(tiles, students): 0 (the same) to 1, to the nearest of each student's looks."""
    distances = np.full((len(sightings), len(students)), _UNKNOWN_LOOK, np.float32)
    for camera_on in (False, True):
        rows = [i for i, s in enumerate(sightings) if s.tile.camera_on is camera_on and s.look.size]
        owners = [i for i, student in enumerate(students) for _ in student.looks[camera_on]]
        if rows and owners:
            looks = np.stack([look for student in students for look in student.looks[camera_on]])
            compared = compare_looks(np.stack([sightings[row].look for row in rows]), looks, camera_on=camera_on)
            nearest = np.full((len(rows), len(students)), np.inf, np.float32)
            for column, owner in enumerate(owners):
                np.minimum(nearest[:, owner], compared[:, column], out=nearest[:, owner])
            known = sorted(set(owners))
            distances[np.ix_(rows, known)] = nearest[:, known]
    return distances


def place_distances(sightings: Sequence[Sighting], students: Sequence[Student]) -> Floats:
    """(tiles, students): 0 where the student stood last, 1 a tile away or for students who had left."""
    here = np.array([sighting.place for sighting in sightings])
    there = np.array([student.place for student in students])
    away = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    shown = np.array([student.shown for student in students])
    distances: Floats = np.where(shown, np.minimum(away, 1), 1).astype(np.float32)
    return distances

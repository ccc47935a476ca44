"""Which student a tile most likely shows: by name where both have one, else by appearance and position."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fer_desktop.roster.name_distance import SAME_PERSON_BELOW, name_distance
from fer_desktop.system.assignment import assign_one_to_one
from fer_desktop.types import Floats
from fer_desktop.vision.identity.config import MATCHING, MatchingConfig
from fer_desktop.vision.identity.distances import UNKNOWN_APPEARANCE, appearance_distances, position_distances
from fer_desktop.vision.identity.sighting import Sighting
from fer_desktop.vision.identity.student import Student

Item = TypeVar("Item")
_Labels = tuple[str | None, ...]
_Names = tuple[tuple[str | None, tuple[str, ...]], ...]
"""Of the students: present and former names."""


class StudentMatcher:
    """Matches sightings with students. Caches the distances of labels to students, which recur in every frame."""

    def __init__(self, config: MatchingConfig = MATCHING) -> None:
        self._config = config
        self._compare = lru_cache(maxsize=16384)(self._compare_names_of)
        self._newest_names: tuple[tuple[_Labels, _Names], Floats] | None = None

    def match(self, sightings: Sequence[Sighting], students: Sequence[Student]) -> list[Student | None]:
        """One student a sighting, None for a newcomer; no student twice."""
        if not sightings or not students:
            return [None] * len(sightings)
        config = self._config
        appearances, positions = appearance_distances(sightings, students), position_distances(sightings, students)
        costs = config.appearance_weight * appearances + config.position_weight * positions
        distances = self._compare_names(sightings, students)
        camera_on = np.array([sighting.tile.camera_on for sighting in sightings])
        unmoved = self._are_unmoved(appearances, positions, camera_on=camera_on[:, None])
        supported = np.minimum(appearances, positions) < config.supporting_distance
        return assign(self._weigh_names(costs, distances, unmoved, supported), students, config.max_cost)

    def match_missing(self, sightings: Sequence[Sighting], missing: Sequence[Student]) -> list[Student | None]:
        """One student a sighting that matched no one, of the students who are `missing` from their co-presence.

        The student was never seen in this camera state, or has much the same appearance, and the tile is at their last
        position or they are the only one missing; a different name rules them out.
        """
        if not sightings or not missing:
            return [None] * len(sightings)
        costs = appearance_distances(sightings, missing)
        only_one = len(sightings) == len(missing) == 1
        for row, sighting in enumerate(sightings):
            for column, student in enumerate(missing):
                named_otherwise = sighting.tile.name is not None and student.name is not None
                moved = math.dist(sighting.position, student.position) >= self._config.same_position and not only_one
                if named_otherwise or moved:
                    costs[row, column] = np.inf
        return assign(costs, missing, UNKNOWN_APPEARANCE)

    def find_unmoved_cards(self, cards: Sequence[Sighting], students: Sequence[Student]) -> list[bool]:
        """Whether each card (a sighting with the camera off) is a student's own, at that student's last position."""
        unmoved = self._are_unmoved(
            appearance_distances(cards, students), position_distances(cards, students), camera_on=False
        )
        return [bool(row.any()) for row in unmoved]

    def is_called(self, student: Student, label: str) -> bool:
        """Whether the label may be the student's name, present or former."""
        distance = self._compare(label, student.name, tuple(student.former_names))
        return distance is not None and distance < SAME_PERSON_BELOW

    def looks_like_any(self, sighting: Sighting, students: Sequence[Student]) -> bool:
        """Whether the sighting has the appearance of one of the students, wherever it is."""
        return bool((appearance_distances([sighting], students) < self._config.same_appearance).any())

    def _compare_names(self, sightings: Sequence[Sighting], students: Sequence[Student]) -> Floats:
        """(sightings, students): `_compare` of each label, NaN where there is no label or no name.

        Names hardly change from one frame to the next, so the newest distances are kept.
        """
        labels = tuple(sighting.tile.name for sighting in sightings)
        names = tuple((student.name, tuple(student.former_names)) for student in students)
        if self._newest_names is None or self._newest_names[0] != (labels, names):
            compared = [
                [np.nan if label is None else self._compare(label, *known) for known in names] for label in labels
            ]
            self._newest_names = (labels, names), np.array(compared, np.float32).reshape(len(labels), len(names))
        return self._newest_names[1]

    def _compare_names_of(self, label: str, name: str | None, former_names: tuple[str, ...]) -> float | None:
        """Distance of a label to the nearest of a student's names, at most 1; None for a student without one."""
        if name is None:
            return None
        former = (name_distance(label, other) + self._config.former_name_distance for other in former_names)
        return min(name_distance(label, name), *former, 1.0)

    def _are_unmoved(
        self, appearances: Floats, positions: Floats, *, camera_on: bool | NDArray[np.bool_]
    ) -> NDArray[np.bool_]:
        """Where distances say that the student's own room or card is at their own position."""
        same_appearance = np.where(camera_on, self._config.same_appearance, self._config.same_card)
        unmoved: NDArray[np.bool_] = (appearances < same_appearance) & (positions < self._config.same_position)
        return unmoved

    def _weigh_names(
        self, costs: Floats, distances: Floats, unmoved: NDArray[np.bool_], supported: NDArray[np.bool_]
    ) -> Floats:
        """The costs after the labels have been compared with the students' names; all are (sightings, students).

        `distances`: of the names, NaN where one is not known. `unmoved`: the student's own room is seen at their own
        position, whatever the label says. `supported`: appearance or position agrees with the name.
        """
        config = self._config
        may_be = distances < SAME_PERSON_BELOW
        doubtful = (distances >= config.misread_distance) & ~supported
        named = distances - config.named_bonus + config.named_weight * costs
        renamed = unmoved & ~may_be.any(axis=1, keepdims=True)
        others = np.where(renamed, config.renamed_cost, np.inf)
        weighed: Floats = np.where(np.isnan(distances), costs, np.where(may_be & ~doubtful, named, others))
        return weighed


def assign(costs: Floats, candidates: Sequence[Item], max_cost: float) -> list[Item | None]:
    """The cheapest assignment of rows (tiles or faces) to candidates (columns); None above `max_cost`."""
    # Capped, so that one hopeless pair does not affect the others.
    rows, columns = assign_one_to_one(np.minimum(costs, max_cost + 1e-3))
    matches: list[Item | None] = [None] * len(costs)
    for row, column in zip(rows, columns, strict=True):
        if costs[row, column] <= max_cost:
            matches[row] = candidates[column]
    return matches

"""Distances of sightings to students, by appearance and by position."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.types import Floats
from fer_desktop.vision.identity.appearance import compare_appearances
from fer_desktop.vision.identity.sighting import Sighting
from fer_desktop.vision.identity.student import Student

UNKNOWN_APPEARANCE: Final = 0.5
"""Distance to a student who was never seen in this camera state: neither alike nor different."""


def appearance_distances(sightings: Sequence[Sighting], students: Sequence[Student]) -> Floats:
    """(sightings, students): 0 (the same) to 1, to the nearest of each student's appearances."""
    distances = np.full((len(sightings), len(students)), UNKNOWN_APPEARANCE, np.float32)
    for camera_on in (False, True):
        rows = [i for i, s in enumerate(sightings) if s.tile.camera_on is camera_on and s.appearance.size]
        owners = [i for i, student in enumerate(students) for _ in student.appearances[camera_on]]
        if rows and owners:
            known = np.stack([appearance for student in students for appearance in student.appearances[camera_on]])
            seen = np.stack([sightings[row].appearance for row in rows])
            compared = compare_appearances(seen, known, camera_on=camera_on)
            columns = sorted(set(owners))
            distances[np.ix_(rows, columns)] = _nearest_by_owner(compared, owners, len(students))[:, columns]
    return distances


def position_distances(sightings: Sequence[Sighting], students: Sequence[Student]) -> Floats:
    """(sightings, students): 0 at the student's last position, 1 a tile away or for students who were not shown."""
    here = np.array([sighting.position for sighting in sightings])
    there = np.array([student.position for student in students])
    away = np.hypot(*(here[:, None] - there[None]).transpose(2, 0, 1))
    shown = np.array([student.shown for student in students])
    distances: Floats = np.where(shown, np.minimum(away, 1), 1).astype(np.float32)
    return distances


def _nearest_by_owner(compared: Floats, owners: Sequence[int], students: int) -> Floats:
    """(rows, students): the least of each owner's columns of `compared`, infinite for students without any."""
    nearest = np.full((len(compared), students), np.inf, np.float32)
    for column, owner in enumerate(owners):
        np.minimum(nearest[:, owner], compared[:, column], out=nearest[:, owner])
    return nearest

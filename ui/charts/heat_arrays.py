"""The numbers behind the heat map. Pure numpy: no Qt, no drawing."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.storage.values import HeatGrid
from fer_desktop.types import (
    EXPRESSIONS,
    HIGH_ATTENTION,
    LOW_ATTENTION,
    AttentionLevel,
    Floats,
    Presence,
    attention_level,
)
from ui.words import STACK_INDICES

PRESENCE_ORDER: Final = (Presence.VISIBLE, Presence.TURNED_AWAY, Presence.CAMERA_OFF, Presence.OUT_OF_VIEW)
"""What a record tells: it does not know whether a student who was not in view had left."""

UNCLEAR: Final = len(EXPRESSIONS)
"""In a picture of expressions: none stands out."""

NOTHING: Final = 255
"""In every picture: not recorded, or nothing read."""

CLEAR_SHARE: Final = 0.4
"""The most frequent expression is told from this share on."""

ATTENTION_ORDER: Final = (AttentionLevel.HIGH, AttentionLevel.MIDDLE, AttentionLevel.LOW)


class HeatMeasure(StrEnum):
    """What a heat map shows of each student."""

    PRESENCE = "presence"
    CAMERA = "camera"
    EXPRESSION = "expression"
    ATTENTION = "attention"


def make_heat_picture(grid: HeatGrid, measure: HeatMeasure) -> NDArray[np.uint8]:
    """(students, columns): what was so for most of each column's seconds, as a place in the measure's order."""
    if measure is HeatMeasure.PRESENCE:
        return _presence(grid)
    if measure is HeatMeasure.CAMERA:
        return _cameras(grid)
    if measure is HeatMeasure.EXPRESSION:
        return _expressions(grid.probabilities)
    return level_places(grid.attention)


def reorder(grid: HeatGrid, students: Sequence[int]) -> HeatGrid:
    """The grid with its rows in the order of `students`; those who are not among them come last, as they were."""
    places = {student: place for place, student in enumerate(students)}
    order = sorted(range(len(grid.students)), key=lambda row: places.get(int(grid.students[row]), len(places)))
    return replace(
        grid,
        students=grid.students[order],
        tiles=grid.tiles[order],
        cameras_on=grid.cameras_on[order],
        faces=grid.faces[order],
        probabilities=grid.probabilities[order],
        attention=grid.attention[order],
    )


def level_places(attention: Floats) -> NDArray[np.uint8]:
    """The place in `ATTENTION_ORDER` of each index, `NOTHING` where it is NaN."""
    levels = [attention > HIGH_ATTENTION, attention >= LOW_ATTENTION, attention < LOW_ATTENTION]
    places = np.select(levels, [0, 1, 2], NOTHING)
    return places.astype(np.uint8)


def level_of(attention: float) -> AttentionLevel | None:
    """None for NaN."""
    return None if np.isnan(attention) else attention_level(attention)


def _presence(grid: HeatGrid) -> NDArray[np.uint8]:
    turned, off = grid.cameras_on - grid.faces, grid.tiles - grid.cameras_on
    out = grid.recorded[None] - grid.tiles
    picture: NDArray[np.uint8] = np.argmax(np.stack((grid.faces, turned, off, out)), axis=0).astype(np.uint8)
    picture[:, grid.recorded == 0] = NOTHING
    return picture


def _cameras(grid: HeatGrid) -> NDArray[np.uint8]:
    off, out = grid.tiles - grid.cameras_on, grid.recorded[None] - grid.tiles
    picture: NDArray[np.uint8] = np.argmax(np.stack((grid.cameras_on, off, out)), axis=0).astype(np.uint8)
    picture[:, grid.recorded == 0] = NOTHING
    return picture


def _expressions(probabilities: Floats) -> NDArray[np.uint8]:
    shares = np.nan_to_num(probabilities[..., list(STACK_INDICES)])
    picture: NDArray[np.uint8] = np.argmax(shares, axis=-1).astype(np.uint8)
    picture[shares.max(axis=-1) < CLEAR_SHARE] = UNCLEAR
    picture[np.isnan(probabilities[..., 0])] = NOTHING
    return picture

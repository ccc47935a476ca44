"""The numbers behind the heat map. Pure numpy: no Qt, no drawing."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from fer_desktop.analysis.presence_map import NOTHING, make_presence_map
from fer_desktop.storage.values import HeatGrid
from fer_desktop.types import (
    EXPRESSIONS,
    HIGH_ATTENTION,
    LOW_ATTENTION,
    AttentionLevel,
    Floats,
    attention_level,
)
from ui.words import STACK_INDICES

UNCLEAR: Final = len(EXPRESSIONS)
"""In a picture of expressions: none stands out."""

CLEAR_SHARE: Final = 0.4
"""The most frequent expression counts as clear from this share on."""

ATTENTION_ORDER: Final = (AttentionLevel.HIGH, AttentionLevel.MIDDLE, AttentionLevel.LOW)


class HeatMeasure(StrEnum):
    """What a heat map shows of each student."""

    PRESENCE = "presence"
    CAMERA = "camera"
    EXPRESSION = "expression"
    ATTENTION = "attention"


def make_heat_picture(grid: HeatGrid, measure: HeatMeasure) -> NDArray[np.uint8]:
    """The (students, columns) picture: the most frequent value in each column, as an index in the measure's order."""
    if measure is HeatMeasure.PRESENCE:
        return make_presence_map(grid)
    if measure is HeatMeasure.CAMERA:
        return _cameras(grid)
    if measure is HeatMeasure.EXPRESSION:
        return _expressions(grid.probabilities)
    return level_places(grid.attention)


def reorder(grid: HeatGrid, students: Sequence[int]) -> HeatGrid:
    """The grid with its rows in the order of `students`; rows of other students come last, in their old order."""
    places = {student: place for place, student in enumerate(students)}
    order = sorted(range(len(grid.students)), key=lambda row: places.get(int(grid.students[row]), len(places)))
    return replace(
        grid,
        students=grid.students[order],
        tiles=grid.tiles[order],
        cameras_on=grid.cameras_on[order],
        people=grid.people[order],
        faces=grid.faces[order],
        probabilities=grid.probabilities[order],
        attention=grid.attention[order],
    )


def level_places(attention: Floats) -> NDArray[np.uint8]:
    """The index in `ATTENTION_ORDER` of each attention value, `NOTHING` for NaN."""
    levels = [attention > HIGH_ATTENTION, attention >= LOW_ATTENTION, attention < LOW_ATTENTION]
    places = np.select(levels, [0, 1, 2], NOTHING)
    return places.astype(np.uint8)


def level_of(attention: float) -> AttentionLevel | None:
    """The level of an attention index; None for NaN."""
    return None if np.isnan(attention) else attention_level(attention)


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

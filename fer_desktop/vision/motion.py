"""Whether the picture of a call is frozen: its cameras showed motion, and now none of them does."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, FrameResult, Image

FROZEN_AFTER_S: Final = 10.0
"""Most interruptions of a connection are shorter. Nobody sits still for so long that not a pixel of any camera changes:
people breathe and blink, and cameras have noise."""


@dataclass(frozen=True, slots=True)
class _Config:
    """When a call is frozen. Levels are of 0 to 255."""

    unwatched_after_s: float = 5.0
    """After a longer gap between two frames, as in a pause, nothing is known of the time between them."""
    moves_that_prove: int = 3
    """So many changes in a row prove that a camera is live: a card or a slide that appears changes once."""
    in_a_row_s: float = 1.5
    """After a longer time without a change the next is the first of another row: a reaction, a ring around who speaks,
    or a new line of a slide changes a tile that is no camera once or twice. A slow camera changes each second."""
    sample_step: int = 4
    """Only each fourth pixel of each fourth row is compared."""
    changed_levels: int = 3
    """A pixel that differs by more has changed: less may be the coding of a recording."""
    min_changed_share: float = 0.002
    abrupt_levels: float = 20.0
    """A tile that differs by more on average shows something else, as where a camera is switched off."""


_CONFIG: Final = _Config()


class Motion(StrEnum):
    """UNPROVEN: no camera has shown motion, as where all are off: nothing follows from a picture that stands still."""

    UNPROVEN = "unproven"
    MOVING = "moving"
    STILL = "still"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class PictureChange:
    """How a frame differs from the last one that moved.

    `moved`: whether any camera's picture has changed. `abrupt`: whether all that did show something else now.
    `is_watched`: whether there are cameras to compare the next frame with.
    """

    moved: bool
    abrupt: bool
    is_watched: bool


class PictureComparer:
    """Compares the tiles whose cameras are on, frame by frame."""

    def __init__(self) -> None:
        self._boxes: tuple[Box, ...] = ()
        self._samples: Image = np.zeros((0, 0, 3), np.uint8)

    def compare(self, result: FrameResult) -> PictureChange:
        """Frames come in order."""
        samples = _sample(result.frame.image)
        moved, abrupt = self._find_move(samples) if self._boxes else (True, True)
        if moved:
            self._boxes, self._samples = tuple(_find_cameras(result)), samples
        return PictureChange(moved, abrupt, is_watched=bool(self._boxes))

    def _find_move(self, samples: Image) -> tuple[bool, bool]:
        """Whether a camera moved, and whether all that did show something else; the first that just moves decides."""
        if samples.shape != self._samples.shape:
            return True, True
        moved = False
        for box in self._boxes:
            abrupt = _find_move(self._samples[_sampled(box)], samples[_sampled(box)])
            if abrupt is False:
                return True, False
            moved = moved or abrupt is not None
        return moved, moved


class MotionWatch:
    """Judges by the changes of a call's picture, in order, whether it is frozen.

    A call with all cameras off, or one that only shows a slide, is never called frozen. A frozen call counts as moving
    again once motion is proven again, not by a single change such as a dialog that appears over it; but the changes may
    be further apart, as somebody who sits still may move by blinks alone.
    """

    def __init__(self) -> None:
        self._moves = 0
        self._still_since_s = 0.0
        self._checked_at_s = 0.0
        self._frozen = False

    def check(self, change: PictureChange, at_s: float) -> Motion:
        """`at_s`: when the frame was captured. Frames come in order."""
        if at_s - self._checked_at_s > _CONFIG.unwatched_after_s:
            self._still_since_s = at_s
        self._checked_at_s = at_s
        if change.moved:
            self._take_move(change, at_s)
        else:
            self._take_stillness(at_s - self._still_since_s)
        if self._frozen:
            return Motion.FROZEN
        if self._moves < _CONFIG.moves_that_prove:
            return Motion.UNPROVEN
        return Motion.MOVING if change.moved else Motion.STILL

    def _take_stillness(self, lasted_s: float) -> None:
        if self._moves >= _CONFIG.moves_that_prove:
            if lasted_s >= FROZEN_AFTER_S:
                self._frozen, self._moves = True, 0
        elif lasted_s > (FROZEN_AFTER_S if self._frozen else _CONFIG.in_a_row_s):
            self._moves = 0

    def _take_move(self, change: PictureChange, at_s: float) -> None:
        self._moves = 0 if change.abrupt else self._moves + 1
        self._still_since_s = at_s
        if self._moves >= _CONFIG.moves_that_prove or not change.is_watched:
            self._frozen = False


def _find_cameras(result: FrameResult) -> Sequence[Box]:
    """The tiles whose cameras are on, but those that another window covers; without tiles, the faces."""
    tiles = [reading.tile for reading in result.tiles]
    boxes = [tile.box for tile in tiles if tile.camera_on] if tiles else [each.face.box for each in result.faces]
    return [box for box in boxes if not any(box.intersection_area(window) for window in result.frame.hidden)]


def _sample(image: Image) -> Image:
    """A copy, as a source may draw its next frame into the same memory: OpenCV's, which is four times as fast as
    numpy's, without the rest of a picture whose sides are no multiples of the step.
    """
    height, width = (side // _CONFIG.sample_step for side in image.shape[:2])
    if not height * width:
        return np.zeros((0, 0, 3), np.uint8)
    whole = image[: height * _CONFIG.sample_step, : width * _CONFIG.sample_step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def _sampled(box: Box) -> tuple[slice, slice]:
    """The rows and columns of the samples in a box; none outside the frame."""
    first_row, end_row, first_column, end_column = (
        max(0, -(-round(edge) // _CONFIG.sample_step)) for edge in (box.y, box.bottom, box.x, box.right)
    )
    return slice(first_row, end_row), slice(first_column, end_column)


def _find_move(before: Image, now: Image) -> bool | None:
    """None where nothing has changed; else whether something else is shown."""
    if not now.size:
        return None
    apart = np.asarray(cv2.absdiff(before, now), np.uint8)
    changed = (apart > _CONFIG.changed_levels).any(axis=-1)
    if changed.mean() < _CONFIG.min_changed_share:
        return None
    return bool(apart.mean() >= _CONFIG.abrupt_levels)

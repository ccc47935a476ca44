"""A drawn class as a live source whose pictures were drawn beforehand, so that drawing them does not count."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from fer_desktop.bench.speed.measure import STEP_S, find_fullest_moment, play_back_and_forth
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.simulation.drawing import SceneDrawer, TrueTile, truth_at
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Frame, Image

_SCENES: Final = 25
"""Five seconds of the class, which are played back and forth."""
_NOISE_LEVELS: Final = 1.5
"""Standard deviation of what a camera and its coding change from one frame to the next, of 255."""
_SEED: Final = 7


class RenderedClass:
    """A live `FrameSource` without an end: the scenes back and forth, one a read, cameras with new noise in each.

    Without it drawn pictures would repeat exactly where nothing moves; those of cameras never do.
    """

    notice: Final = None
    live: Final = True
    frame_count: Final = None

    def __init__(self, *, faces: int, width: int, height: int, clock: Clock) -> None:
        """Draws all frames. Raises `SettingsError` for an impossible class or size."""
        script, start_s = find_fullest_moment(faces=faces, width=width, height=height)
        drawer, random = SceneDrawer(script), np.random.default_rng(_SEED)
        self._frames: list[Image] = []
        for index in range(2 * _SCENES):
            t_s = start_s + play_back_and_forth(index, _SCENES) * STEP_S
            picture = drawer.draw(t_s, width, height).copy()
            _add_noise(picture, truth_at(script, t_s, width, height), random)
            self._frames.append(picture)
        self._faces = faces
        self._clock = clock
        self._index = 0

    @property
    def name(self) -> Message:
        """As of any simulated class."""
        return Message(MessageKey.SOURCE_SIMULATED, n=self._faces)

    def open(self) -> None:
        """Begins with the first scene."""
        self._index = 0

    def read(self) -> Frame:
        """The next frame. Its image comes again after a round."""
        image = self._frames[self._index % len(self._frames)]
        frame = Frame(self._index, self._clock.now_s(), image)
        self._index += 1
        return frame

    def close(self) -> None:
        """There is nothing to close: the frames serve the next `open`."""


def _add_noise(picture: Image, tiles: Sequence[TrueTile], random: np.random.Generator) -> None:
    """Changes the pictures of the cameras that are on: neither the call's window nor its cards have noise."""
    noise = np.rint(random.normal(0, _NOISE_LEVELS, picture.shape[:2])).astype(np.int16)
    grey = cv2.merge([noise] * 3)
    for tile in tiles:
        if tile.camera_on:
            left, top, width, height = tile.box.clipped(picture.shape[1], picture.shape[0]).rounded()
            part = np.s_[top : top + height, left : left + width]
            picture[part] = cv2.add(picture[part], grey[part], dtype=cv2.CV_8U)

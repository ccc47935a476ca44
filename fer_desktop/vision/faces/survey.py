"""The search windows of each frame: the survey, spread over frames, and the surroundings of faces found before."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.types import Box, FaceDetection, Image, Tile
from fer_desktop.vision.faces.search_windows import is_large, plan_survey


@dataclass(frozen=True, slots=True)
class _Config:
    """How often the survey is repeated and how it is spread, in frames; how long a face is followed."""

    survey_frames: int = 50
    survey_frames_without_tiles: int = 10
    """From one survey to the next: a student who joins outside every tile is found within some seconds."""
    windows_per_frame: int = 16
    windows_per_frame_without_tiles: int = 80
    """A survey of up to some hundred windows is spread over frames, so that none of them stalls."""
    settled_share: float = 0.3
    """Height of a face over its tile's: of a student alone; people who share a camera are farther away."""
    follow_growth: float = 3.0
    """Side of the window in which a face is followed, in sides of the face."""
    follow_frames: int = 15
    """A face that is missing is still searched for in this many frames."""


_CONFIG: Final = _Config()


class Survey:
    """Searches the whole picture again and again, a few windows a frame."""

    def __init__(self, *, live: bool) -> None:
        """`live`: not even the first frame is searched as a whole."""
        self._live = live
        self._layout: tuple[tuple[int, ...], tuple[Box, ...]] | None = None
        self._windows: deque[Box] = deque()
        self._frames_left = 0

    def next_windows(self, image: Image, tiles: Sequence[Tile], done: frozenset[int]) -> list[Box]:
        """The windows that are due in this frame. `done`: indices of tiles that need no search."""
        layout = image.shape, tuple(tile.box for tile in tiles)
        self._frames_left -= 1
        is_first = self._layout is None
        if layout != self._layout or (self._frames_left <= 0 and not self._windows):
            self._windows = deque(plan_survey(image, tiles, done))
            self._layout = layout
            self._frames_left = _CONFIG.survey_frames if tiles else _CONFIG.survey_frames_without_tiles
        due = _CONFIG.windows_per_frame if tiles else _CONFIG.windows_per_frame_without_tiles
        count = len(self._windows) if is_first and not self._live else min(due, len(self._windows))
        return [self._windows.popleft() for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _FollowedWindow:
    """Where a face was found, and for how many frames more it is searched for there."""

    box: Box
    frames_left: int


class FollowedWindows:
    """The surroundings of untiled faces found in earlier frames."""

    def __init__(self) -> None:
        self._windows: list[_FollowedWindow] = []

    @property
    def boxes(self) -> list[Box]:
        """The windows to search in this frame."""
        return [window.box for window in self._windows]

    def update(self, faces: Sequence[FaceDetection], *, width: int, height: int) -> None:
        """Follows the faces of this frame; a face that is missing is still searched for, for a while.

        `width`, `height`: of the frame.
        """
        missing = [
            _FollowedWindow(window.box, window.frames_left - 1)
            for window in self._windows
            if window.frames_left > 1 and not any(window.box.contains(*face.box.centre) for face in faces)
        ]
        around = [_grow(face.box, _CONFIG.follow_growth).clipped(width, height) for face in faces]
        self._windows = [_FollowedWindow(box, _CONFIG.follow_frames) for box in around] + missing


def find_settled_tiles(tiles: Sequence[Tile], faces: Sequence[FaceDetection], *, frame_area: float) -> frozenset[int]:
    """Indices of tiles in which a student is close to the camera: anyone beside them was found with them.

    Large tiles are never settled.
    """
    heights: dict[int, float] = {}
    for face in faces:
        if face.tile is not None:
            heights[face.tile] = min(face.box.height, heights.get(face.tile, face.box.height))
    return frozenset(
        index
        for index, height in heights.items()
        if height >= _CONFIG.settled_share * tiles[index].box.height and not is_large(tiles[index].box, frame_area)
    )


def _grow(box: Box, factor: float) -> Box:
    width, height = box.width * factor, box.height * factor
    return Box(box.centre[0] - width / 2, box.centre[1] - height / 2, width, height)

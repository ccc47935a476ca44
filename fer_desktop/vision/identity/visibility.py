"""Which students are out of view: not shown at the moment, without evidence that they have left."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from fer_desktop.types import Box, Merge
from fer_desktop.vision.identity.config import TrackerConfig
from fer_desktop.vision.identity.student import Student

_MIN_COVERED_SHARE: Final = 0.5
"""Of a box: from there on, what is seen in it is inconclusive."""
_POINTS_A_SIDE: Final = 6


@dataclass(frozen=True, slots=True)
class CoveredArea:
    """Where other windows lie over the source; see `Frame.hidden`."""

    windows: tuple[Box, ...] = ()

    def covers(self, box: Box) -> bool:
        """Whether half of the box is covered, by a grid of points, as windows may overlap each other."""
        if not self.windows:
            return False
        steps = [(step + 0.5) / _POINTS_A_SIDE for step in range(_POINTS_A_SIDE)]
        points = [(box.x + across * box.width, box.y + down * box.height) for across in steps for down in steps]
        covered = sum(any(window.contains(x, y) for window in self.windows) for x, y in points)
        return covered >= _MIN_COVERED_SHARE * len(points)


@dataclass(frozen=True, slots=True)
class _View:
    """What some frames showed, in the median: so many tiles, of such a width in pixels."""

    tiles: float
    width: float

    @staticmethod
    def of(frames: Sequence["_View"]) -> "_View":
        """Of frames in a row; one that is read wrong does not count."""
        return _View(median(each.tiles for each in frames), median(each.width for each in frames))

    def may_leave_out(self, before: "_View", config: TrackerConfig) -> bool:
        """Whether who was shown before may be missing without having left: somebody has their place, or the tiles have
        become smaller, as in the strip beside a shared screen. Where somebody leaves, they become fewer and no smaller.
        """
        is_smaller = self.width * config.same_tile_size <= before.width
        return self.tiles >= before.tiles or (self.tiles > 0 and is_smaller)


class Visibility:
    """The students out of view, by the four reasons: the call shows another page, or has no place for them, a window
    covers them, or they have no tile and their face is lost.
    """

    def __init__(self, config: TrackerConfig) -> None:
        self._config = config
        self._newest_views = deque[_View](maxlen=config.turned_page_frames)
        self._last_views: dict[int, _View] = {}  # by student: when they were shown last
        self._left_out: frozenset[int] = frozenset()
        self._on_another_page: frozenset[int] = frozenset()
        self._covered: frozenset[int] = frozenset()
        self._faces_lost: frozenset[int] = frozenset()

    @property
    def out_of_view(self) -> frozenset[int]:
        """The numbers of the students who are out of view, and have not been seen since."""
        return self._on_another_page | self._left_out | self._covered | self._faces_lost

    def detect_turned_page(self, students: Sequence[Student], frame: int) -> None:
        """Students who vanished along with many others are on another page until they are shown again."""
        shown = {student.number for student in students if student.shown}
        vanished = {
            student.number for student in students if not student.shown and self._was_seen_lately(student, frame)
        }
        fewest = max(self._config.turned_page_students, self._config.turned_page_share * len(vanished | shown))
        if len(vanished) >= fewest:
            self._on_another_page |= vanished
        self._on_another_page -= shown

    def detect_left_out(self, students: Sequence[Student], tiles: Sequence[Box], frame: int) -> None:
        """Students who vanished while the call shows as many tiles, or smaller ones: it has no place for them.

        `tiles`: those of the frame. Judged by all frames since, until a few seconds have passed.
        """
        self._newest_views.append(_View(len(tiles), median(box.width for box in tiles) if tiles else 0.0))
        view = _View.of(self._newest_views)
        self._last_views |= {student.number: view for student in students if student.shown}
        lately = [each for each in students if not each.shown and self._was_seen_lately(each, frame)]
        left_out = {each.number for each in lately if self._is_left_out(each, frame - each.last_frame)}
        before = self._left_out - {each.number for each in lately}
        self._left_out = (before | left_out) - {each.number for each in students if each.shown}

    def _is_left_out(self, student: Student, frames: int) -> bool:
        """Whether the `frames` since the student was shown have no place for them."""
        since = _View.of(list(self._newest_views)[-frames:])
        before = self._last_views.get(student.number)
        return before is not None and since.may_leave_out(before, self._config)

    def detect_covered(
        self, students: Iterable[Student], area: CoveredArea, faces_seen: frozenset[int], frame: int
    ) -> None:
        """Students who were there when a window came over them are covered while it stays and no face is seen."""
        under = [student for student in students if area.covers(student.box)]
        lately = {student.number for student in under if self._was_seen_lately(student, frame)}
        self._covered = frozenset(student.number for student in under) & (lately | self._covered) - faces_seen

    def detect_lost_faces(self, tiled: Iterable[Student], followed: Iterable[Student], frame: int) -> None:
        """Students last seen by their face alone, without a tile of their own: none could show that they left.

        `tiled`: those who have had tiles. `followed`: those who were followed by the position of their face.
        """
        last_tiles = {student.number: student.last_frame for student in tiled}
        self._faces_lost = frozenset(
            student.number for student in followed if last_tiles.get(student.number, -1) < student.last_frame < frame
        )

    def merge(self, merge: Merge) -> None:
        """Applies a merge, given in current numbers."""
        self._faces_lost = merge.renumber_all(self._faces_lost)
        self._left_out = merge.renumber_all(self._left_out)
        if merge.student in self._last_views:
            self._last_views[merge.into] = self._last_views.pop(merge.student)
        self._on_another_page = merge.renumber_all(self._on_another_page)
        self._covered = merge.renumber_all(self._covered)

    def _was_seen_lately(self, student: Student, frame: int) -> bool:
        return frame - student.last_frame <= self._config.turned_page_frames

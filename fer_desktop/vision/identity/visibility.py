"""Which students are out of view: not shown at the moment, without evidence that they have left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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


class Visibility:
    """The students out of view, by the three reasons: the call shows another page, a window covers them, or they have
    no tile and their face is lost.
    """

    def __init__(self, config: TrackerConfig) -> None:
        self._config = config
        self._on_another_page: frozenset[int] = frozenset()
        self._covered: frozenset[int] = frozenset()
        self._faces_lost: frozenset[int] = frozenset()

    @property
    def out_of_view(self) -> frozenset[int]:
        """The numbers of the students who are out of view, and have not been seen since."""
        return self._on_another_page | self._covered | self._faces_lost

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
        self._on_another_page = merge.renumber_all(self._on_another_page)
        self._covered = merge.renumber_all(self._covered)

    def _was_seen_lately(self, student: Student, frame: int) -> bool:
        return frame - student.last_frame <= self._config.turned_page_frames

"""Confirms newcomers: a box becomes a student only once it was seen for some frames."""

from dataclasses import dataclass

from fer_desktop.types import Box
from fer_desktop.vision.identity.config import TrackerConfig


@dataclass(slots=True)
class _Candidate:
    """A box that may show a newcomer. `frames`: in which it was seen; `missed`: in a row since then."""

    box: Box
    frames: int = 1
    missed: int = 0


class Newcomers:
    """The boxes that may show newcomers. Everything in the first frame that shows anything is confirmed at once."""

    def __init__(self, config: TrackerConfig) -> None:
        self._config = config
        self._candidates: list[_Candidate] = []
        self._started = False

    def start_frame(self) -> None:
        """To be called before the frame's boxes are asked for."""
        for candidate in self._candidates:
            candidate.missed += 1

    def is_confirmed(self, box: Box, frames: int) -> bool:
        """Whether the box was seen in that many frames, this one included. Repeated calls count once a frame."""
        if not self._started:
            return True
        for candidate in self._candidates:
            if candidate.box.iou(box) > self._config.same_box_iou:
                candidate.frames += candidate.missed > 0
                candidate.box, candidate.missed = box, 0
                return candidate.frames >= frames
        self._candidates.append(_Candidate(box))
        return False

    def end_frame(self, *, shows_anything: bool) -> None:
        """Forgets candidates that were missed for too long."""
        share = self._config.max_missed_share
        self._candidates = [each for each in self._candidates if each.missed <= share * each.frames]
        self._started = self._started or shows_anything

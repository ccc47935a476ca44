"""When and where a student was in view: the spans of frames without a longer break."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from fer_desktop.types import Box

_LONGEST_BREAK: Final = 5
"""Frames that may be missed within a span, about a second: a layout that is found again, a dropped frame."""


@dataclass(slots=True)
class Span:
    """The frames from `first` to `last`, and the student's box in either."""

    first: int
    last: int
    first_box: Box
    last_box: Box

    @property
    def frames(self) -> int:
        """Its length."""
        return self.last - self.first + 1

    def count_shared(self, other: "Span") -> int:
        """How many frames the two have in common."""
        return max(0, min(self.last, other.last) - max(self.first, other.first) + 1)


class Spans:
    """The spans of one student, in order. A lesson has few: one for each time the student comes back."""

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    @property
    def frames(self) -> int:
        """In how many frames the student was in view."""
        return sum(span.frames for span in self._spans)

    @property
    def first(self) -> int:
        """The first frame; there must be one."""
        return self._spans[0].first

    @property
    def last(self) -> int:
        """The newest frame; there must be one."""
        return self._spans[-1].last

    def add(self, frame: int, box: Box) -> None:
        """The student is in view in the frame, which is not before the newest."""
        newest = self._spans[-1] if self._spans else None
        if newest is not None and frame - newest.last <= _LONGEST_BREAK:
            newest.last, newest.last_box = frame, box
        else:
            self._spans.append(Span(frame, frame, box, box))

    def absorb(self, other: "Spans") -> None:
        """Adds the spans of a track that turned out to be this student's."""
        spans = sorted([*self._spans, *other._spans], key=lambda span: span.first)
        self._spans = []
        for span in spans:
            newest = self._spans[-1] if self._spans else None
            if newest is None or span.first - newest.last > _LONGEST_BREAK:
                self._spans.append(replace(span))
            elif span.last > newest.last:
                newest.last, newest.last_box = span.last, span.last_box

    def since(self, frame: int) -> "Spans":
        """The spans from that frame on."""
        later = Spans()
        later._spans = [replace(span, first=max(frame, span.first)) for span in self._spans if span.last >= frame]
        return later

    def longer_than(self, frames: float) -> "Spans":
        """The spans of more frames than that."""
        longer = Spans()
        longer._spans = [replace(span) for span in self._spans if span.frames > frames]
        return longer

    def count_shared(self, other: "Spans") -> int:
        """In how many frames both were in view."""
        return sum(mine.count_shared(theirs) for mine in self._spans for theirs in other)

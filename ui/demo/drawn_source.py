"""The simulated class as a live source: what its window draws, and nothing else that is on the screen."""

from collections.abc import Callable
from typing import Final

from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.types import Frame, Image


class DrawnSource:
    """A `FrameSource` of the newest picture. For one thread.

    The screen would show what lies over the window, as a call with real people, whose class was not informed.
    """

    live: Final = True
    frame_count: Final = None
    notice: Final = None

    def __init__(self, newest: Callable[[], Image], *, students: int, clock: Clock) -> None:
        """`newest`: the picture that was drawn last, of so many students. Called by the thread that reads."""
        self._newest = newest
        self._students = students
        self._clock = clock
        self._index = 0

    @property
    def name(self) -> Message:
        return Message(MessageKey.SOURCE_SIMULATED, n=self._students)

    def open(self) -> None:
        """Nothing is to be opened."""

    def read(self) -> Frame:
        frame = Frame(self._index, self._clock.now_s(), self._newest())
        self._index += 1
        return frame

    def close(self) -> None:
        """Nothing is to be closed."""

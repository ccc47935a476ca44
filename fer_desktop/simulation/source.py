"""The simulated class as a source of frames, without a screen."""

from typing import Final

from fer_desktop.errors import SettingsError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.ports import Clock
from fer_desktop.simulation.drawing import SceneDrawer
from fer_desktop.simulation.script import Script
from fer_desktop.types import Frame


class SimulatedSource:
    """A `FrameSource` that draws the script.

    Without a clock it is a recorded source: `fps` frames a second until the script ends. With a clock it is live: each
    `read` draws the class at the time since `open`, and there is no end.
    """

    notice: Final = None

    def __init__(
        self, script: Script, *, fps: float = 5.0, width: int = 1280, height: int = 720, clock: Clock | None = None
    ) -> None:
        if not 0 < fps <= 60:
            raise SettingsError(f"the simulated class cannot be drawn {fps} times a second")
        if width < 160 or height < 120:
            raise SettingsError(f"{width} x {height} pixels are too few for a class")
        self.script = script
        self._fps = fps
        self._width, self._height = width, height
        self._clock = clock
        self._drawer: SceneDrawer | None = None
        self._opened_at_s = 0.0
        self._index = 0

    @property
    def name(self) -> Message:
        return Message(MessageKey.SOURCE_SIMULATED, n=len(self.script.students))

    @property
    def live(self) -> bool:
        """Whether a clock drives it."""
        return self._clock is not None

    @property
    def frame_count(self) -> int | None:
        """Frames until the script ends; None where it is live."""
        return None if self.live else max(1, round(self.script.seconds * self._fps))

    def open(self) -> None:
        """Begins the script from its start."""
        self._drawer = SceneDrawer(self.script)
        self._index = 0
        self._opened_at_s = self._clock.now_s() if self._clock else 0.0

    def read(self) -> Frame | None:
        """The next frame; None after the script's end."""
        if self._drawer is None:
            self.open()
        assert self._drawer is not None
        if self.frame_count is not None and self._index >= self.frame_count:
            return None
        captured_at_s = self._clock.now_s() if self._clock else self._index / self._fps
        image = self._drawer.draw(captured_at_s - self._opened_at_s, self._width, self._height)
        frame = Frame(self._index, captured_at_s, image)
        self._index += 1
        return frame

    def close(self) -> None:
        """Frees the cached pictures."""
        self._drawer = None

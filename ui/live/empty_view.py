"""Help for a session in which neither a tile nor a face is found: when to show it, and its text."""

from typing import Final

from fer_desktop.types import Observation
from ui.language import tr
from ui.start.choice import SourceChoice

NEVER_SEEN_AFTER_S: Final = 15
"""A gallery is found in the first frames: after this time without one, the wrong thing is being watched."""
NO_LONGER_SEEN_AFTER_S: Final = 60
"""A shared screen may hide the class for a while, which is no reason for a message."""


class EmptyViewCheck:
    """Follows the observations of one session, in order. For the Qt thread."""

    def __init__(self, choice: SourceChoice) -> None:
        self._choice = choice
        self._seen_at: int | None = None
        self._empty_since: int | None = None

    def check(self, observation: Observation) -> str | None:
        """What to do, in words, while neither a tile nor a face has been found for too long; else None."""
        second = observation.second
        if observation.result.tiles or observation.result.faces:
            self._seen_at, self._empty_since = second, None
            return None
        if self._empty_since is None:
            self._empty_since = second
        patience = NEVER_SEEN_AFTER_S if self._seen_at is None else NO_LONGER_SEEN_AFTER_S
        return describe_empty_view(self._choice) if second - self._empty_since >= patience else None


def describe_empty_view(choice: SourceChoice) -> str:
    """The likely reasons why nobody is visible, depending on what is watched."""
    if choice.window is not None:
        return tr(
            "No students seen in this window. Show the call in gallery view and do not cover it. If it is the wrong "
            "window, stop and choose another."
        )
    if choice.region is not None and choice.source.startswith("screen:"):
        return tr(
            "No students seen in the watched part of the screen. Is the call in gallery view and inside the rectangle? "
            "If you moved the call, stop and choose its window: a window can be moved."
        )
    if choice.source.startswith("camera:"):
        return tr("No students seen. Does the camera point at the class? Is there enough light?")
    if choice.watched != "recording":
        return tr("No students seen. Bring the call to the front, in gallery view.")
    return tr("No students seen in this recording yet.")

"""The session that the live window shows, and how much of it has been shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Self

from fer_desktop.messages import Message
from fer_desktop.types import Observation, PipelineState
from ui.live.tray import Notifier
from ui.ports import LiveSessionPort

CheckEmpty = Callable[[Observation], str | None]
"""Returns help for an observation without tiles and faces, or None while none is needed."""

_ACTIVE: Final = (PipelineState.STARTING, PipelineState.RUNNING, PipelineState.PAUSED)
_NOT_WATCHING: Final = (PipelineState.PAUSED, PipelineState.FAULTED)


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """One reading of a session that its threads may change at any time: a repaint works with a single one."""

    state: PipelineState
    picture_lost: Message | None
    fault: Message | None
    notice: Message | None

    @classmethod
    def read(cls, session: LiveSessionPort) -> Self:
        """Reads the current status."""
        return cls(session.state, session.picture_lost, session.fault, session.notice)

    @property
    def is_waiting(self) -> bool:
        """Whether the session runs, but its picture is lost."""
        return self.picture_lost is not None and self.state is PipelineState.RUNNING

    @property
    def is_watching(self) -> bool:
        """False while the last observation is out of date: paused, ended by a fault, or waiting for the picture."""
        return not self.is_waiting and self.state not in _NOT_WATCHING


@dataclass(slots=True, eq=False)
class AttachedSession:
    """A session and the newest observation of it. `has_news`: the observation is yet to be painted."""

    port: LiveSessionPort
    source: str
    aggregate_only: bool
    check_empty: CheckEmpty
    notifier: Notifier
    observation: Observation | None = None
    has_news: bool = False
    empty_help: str | None = None
    _was_active: bool = False

    @property
    def is_active(self) -> bool:
        """Whether bookmarks are possible: starting, running or paused."""
        return self.port.state in _ACTIVE

    @property
    def second(self) -> int | None:
        """The second of the newest observation; None before the first."""
        return None if self.observation is None else self.observation.second

    @property
    def elapsed_s(self) -> float:
        """Seconds since the session began, 0 before the first observation."""
        return float(self.second or 0)

    def fetch(self) -> None:
        """Takes the newest observation from the session, if there is one."""
        observation = self.port.observations.take(0)
        if observation is not None:
            self.take(observation)

    def take(self, observation: Observation) -> None:
        """Takes an observation to be painted."""
        self.observation = observation
        self.has_news = True

    def has_just_ended(self, status: SessionStatus) -> bool:
        """Whether the session stopped by itself without a fault, as at the end of a recording; True only once."""
        self._was_active = self._was_active or status.state in _ACTIVE
        ended = self._was_active and status.state is PipelineState.STOPPED and status.fault is None
        if ended:
            self._was_active = False
        return ended

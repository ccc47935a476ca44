"""What a running session shows: the newest observation, and notices."""

import threading
from collections.abc import Callable, Sequence
from enum import StrEnum

from fer_desktop.messages import Message
from fer_desktop.ports import ObservationSink
from fer_desktop.session.latest_slot import LatestSlot
from fer_desktop.types import Observation


class NoticeTopic(StrEnum):
    """What a notice is about; a topic has one notice at a time."""

    ANALYZER = "analyzer"
    CAPTURE = "capture"
    FROZEN = "frozen"
    STORAGE = "storage"
    SPACE = "space"


class SessionPublisher:
    """Outlives the session's threads: they write, the controlling thread reads and is woken after every change."""

    def __init__(self, sinks: Sequence[ObservationSink] = ()) -> None:
        self.observations: LatestSlot[Observation] = LatestSlot()
        self._sinks = tuple(sinks)
        self._notices: dict[NoticeTopic, Message] = {}
        self._lock = threading.Lock()
        self._on_change: Callable[[], None] = lambda: None

    def set_wake(self, wake: Callable[[], None]) -> None:
        """Controlling thread. `wake` is called from any thread after every change."""
        self._on_change = wake

    def wake(self) -> None:
        """Any thread: something that the session's properties show has changed."""
        self._on_change()

    def publish(self, observation: Observation) -> None:
        """Inference thread."""
        self.observations.put(observation)
        for sink in self._sinks:
            sink.publish(observation)
        self.wake()

    def set_notice(self, topic: NoticeTopic, text: Message | None) -> None:
        """Any thread. None: there is nothing to say on that topic any more."""
        with self._lock:
            if text is None:
                self._notices.pop(topic, None)
            else:
                self._notices[topic] = text
        self.wake()

    def notice(self, topic: NoticeTopic) -> Message | None:
        """Any thread: the notice on one topic."""
        return self._notices.get(topic)

    def first_notice(self, *, without: Sequence[NoticeTopic] = ()) -> Message | None:
        """Any thread: the oldest notice, if there is one on a topic other than those of `without`."""
        with self._lock:
            return next((text for topic, text in self._notices.items() if topic not in without), None)

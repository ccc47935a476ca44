"""What counts of a session: results of frames in, observations and records out."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Protocol

from fer_desktop.engagement import ClassObserver
from fer_desktop.messages import Message, MessageKey
from fer_desktop.session.publisher import SessionPublisher
from fer_desktop.types import FrameResult, Observation, SecondRecord, Settlement
from fer_desktop.vision.motion import FROZEN_AFTER_S, Motion, MotionWatch, PictureChange


class SessionRecord(Protocol):
    """Takes what is recorded of a session, as `SessionRecorder` does."""

    def begin(self, captured_at_s: float | None = None) -> None: ...

    def advance(self, second: int) -> None: ...

    def record(self, record: SecondRecord) -> None: ...

    def note_frozen(self, since_second: int, notice: Message) -> None: ...

    def note_moving(self) -> None: ...

    def note_missing(self, since_second: int, until_second: int, why: Message) -> None: ...

    def settle(self, settlement: Settlement) -> None: ...

    def erase(self, student: int) -> None: ...


class SessionAccount:
    """One thread only; frames come in order.

    While the cameras of a call stand still, what was read of them is held back: once they move again it counts, and if
    they stood still for so long that the call was frozen, it never does.
    `live`: the source is.
    """

    def __init__(
        self, *, observer: ClassObserver, recorder: SessionRecord, publisher: SessionPublisher, live: bool
    ) -> None:
        self._observer = observer
        self._recorder = recorder
        self._publisher = publisher
        self._live = live
        self._motion = MotionWatch()
        self._held: list[tuple[FrameResult, int]] = []
        self._frozen = False
        self._first_s: float | None = None
        self._second = 0

    def begin(self, captured_at_s: float) -> None:
        """Comes before each frame that counts: the first one begins the recording."""
        if self._first_s is None:
            self._recorder.begin(captured_at_s if self._live else None)
            self._first_s = captured_at_s

    def skip_to(self, captured_at_s: float, why: Message) -> None:
        """Comes before a frame before which others are missing: the whole seconds in between are a gap."""
        since, until = self._second + 1, self._second_of(captured_at_s)
        if since < until:
            self._recorder.note_missing(since, until, why)

    def take(self, result: FrameResult, change: PictureChange) -> None:
        """Shows the class as it stands, and records a second that is over. Raises `StorageError`."""
        captured_at_s = result.frame.captured_at_s
        self._second = self._second_of(captured_at_s)
        self._recorder.advance(self._second)
        match self._motion.check(change, captured_at_s):
            case Motion.STILL:
                self._hold(result)
            case Motion.FROZEN:
                self._freeze(result)
            case Motion.MOVING | Motion.UNPROVEN:
                self._count(result)

    def publish_again(self) -> None:
        """Shows the present state, after a command has changed it."""
        observation = self._observer.observe_again()
        if observation is not None:
            self._publisher.publish(observation)

    def finish(self) -> None:
        """Records the last second."""
        self._release()
        record = self._observer.finish()
        if record is not None:
            self._recorder.record(record)

    def settle(self, settlements: Iterable[Settlement], *, touched: Collection[int] = ()) -> None:
        """Joins or drops who was in view only briefly, but nobody of whom the teacher made a note or a change.

        Whoever turns out to be an excluded student is erased. `touched`: numbers that those students ever had.
        """
        kept = {self._observer.current_number(student) for student in touched}
        for settlement in settlements:
            if settlement.into in self._observer.excluded:
                self._recorder.erase(settlement.student)
            elif settlement.student not in kept:
                self._recorder.settle(settlement)

    def _second_of(self, captured_at_s: float) -> int:
        """Some recordings step back in time; a session does not."""
        return max(self._second, int(captured_at_s - (self._first_s or 0.0)))

    def _count(self, result: FrameResult) -> None:
        """Takes a frame into account, after those that were held back."""
        if self._frozen:
            self._frozen = False
            self._recorder.note_moving()
        self._release()
        self._publisher.publish(self._observe(result, self._second))

    def _observe(self, result: FrameResult, second: int) -> Observation:
        observation, record = self._observer.observe(result, second)
        if record is not None:
            self._recorder.record(record)
        return observation

    def _hold(self, result: FrameResult) -> None:
        """The frames held back show the same: they share one picture."""
        shown = self._held[0][0].frame if self._held else result.frame
        self._held.append((replace(result, frame=shown), self._second))
        self.publish_again()

    def _release(self) -> None:
        for result, second in self._held:
            self._observe(result, second)
        self._held.clear()

    def _freeze(self, result: FrameResult) -> None:
        """Nothing that was read of a frozen call counts, but students that turned out to be one stay one."""
        if not self._frozen:
            self._frozen = True
            since = self._held[0][1] if self._held else self._second
            notice = Message(MessageKey.CALL_FROZEN, seconds=round(FROZEN_AFTER_S))
            self._recorder.note_frozen(since, notice)
        for dropped in (*(held for held, _ in self._held), result):
            for merge in dropped.merges:
                self._observer.merge(merge)
        self._held.clear()
        self.publish_again()

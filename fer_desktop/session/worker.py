"""The inference thread's part of a session: frames and commands in, observations and records out."""

import queue
from dataclasses import dataclass, replace
from typing import Final, assert_never

from fer_desktop.engagement import ClassObserver
from fer_desktop.messages import Message, MessageKey
from fer_desktop.session.commands import AddNote, Command, Dismiss, Exclude, Include, Rename, drain, list_students
from fer_desktop.session.publisher import SessionPublisher
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.types import EventKind, Flag, Frame, FrameResult, Merge, Observation
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.motion import FROZEN_AFTER_S, Motion, MotionWatch


@dataclass(frozen=True, slots=True)
class _WarmUp:
    """The first frame of a live session finds the tiles and the second everybody in them.

    That takes seconds, which would be a hole in the record: up to so many frames within so many seconds do not count.
    """

    frames: int = 2
    longest_s: float = 3.0


_WARM_UP: Final = _WarmUp()


class SessionWorker:
    """A `FrameWorker`: made and used on the inference thread, but for what its methods say.

    While the cameras of a call stand still, what was read of them is held back: once they move again it counts, and if
    they stood still for so long that the call was frozen, it never does.
    `live`: the source is; a recorded one needs no warm-up.
    """

    def __init__(
        self,
        *,
        analyzer: Analyzer,
        observer: ClassObserver,
        recorder: SessionRecorder,
        publisher: SessionPublisher,
        commands: "queue.SimpleQueue[Command]",
        live: bool,
    ) -> None:
        self._analyzer = analyzer
        self._observer = observer
        self._recorder = recorder
        self._publisher = publisher
        self._commands = commands
        self._live = live
        self._motion = MotionWatch()
        self._held: list[tuple[FrameResult, int]] = []
        self._frozen = False
        self._warm_up_frames = _WARM_UP.frames if live else 0
        self._warm_up_since_s: float | None = None
        self._first_s: float | None = None
        self._second = 0
        self._touched: set[int] = set()

    def process(self, frame: Frame) -> None:
        """Analyses a frame, shows the class as it stands, and records a second that is over. Raises `StorageError`."""
        self.run_commands()
        if self._is_warm_up(frame):
            self._analyzer.process(frame)
            return
        if self._first_s is None:
            self._recorder.begin(frame.captured_at_s if self._live else None)
            self._first_s = frame.captured_at_s
        result = self._analyzer.process(frame, excluded=self._observer.excluded)
        # Some recordings step back in time; a session does not.
        self._second = max(self._second, int(frame.captured_at_s - self._first_s))
        self._recorder.advance(self._second)
        match self._motion.check(result):
            case Motion.STILL:
                self._hold(result)
            case Motion.FROZEN:
                self._freeze(result)
            case Motion.MOVING | Motion.UNPROVEN:
                self._count(result)

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
        self._publish_again()

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
        self._publish_again()

    def _publish_again(self) -> None:
        observation = self._observer.observe_again()
        if observation is not None:
            self._publisher.publish(observation)

    def idle(self) -> None:
        """While no frame comes, as in a pause, commands are carried out and their effect is shown all the same."""
        if self.run_commands():
            self._publish_again()

    def finish(self) -> None:
        """Records the last second."""
        self.run_commands()
        self._release()
        record = self._observer.finish()
        if record is not None:
            self._recorder.record(record)
        self._settle()

    def close(self) -> None:
        """Ends what the analyzer has running."""
        self._analyzer.close()

    def run_commands(self) -> bool:
        """Inference thread, or the controlling thread after that has ended. Whether there were any commands."""
        ran = False
        for command in drain(self._commands):
            self._run(command)
            ran = True
        return ran

    def _settle(self) -> None:
        """Joins or drops who was in view only briefly, but nobody of whom the teacher made a note or a change.

        Whoever turns out to be an excluded student is erased.
        """
        touched = {self._observer.current_number(student) for student in self._touched}
        for settlement in self._analyzer.settle():
            if settlement.into in self._observer.excluded:
                self._recorder.erase(settlement.student)
            elif settlement.student not in touched:
                self._recorder.settle(settlement)

    def _run(self, command: Command) -> None:
        self._touched |= list_students(command)
        observer, recorder = self._observer, self._recorder
        match command:
            case Exclude(student):
                observer.exclude(student)
                recorder.add_event(EventKind.STUDENT_EXCLUDED, student=observer.current_number(student))
            case Include(student):
                observer.include(student)
                recorder.add_event(EventKind.STUDENT_INCLUDED, student=observer.current_number(student))
            case Rename(student, name):
                observer.rename(student, name)
            case AddNote(student, text, second):
                recorder.add_event(EventKind.NOTE, text, observer.current_number(student), second=second)
            case Dismiss(flag):
                self._dismiss(flag)
            case Merge():
                merge = observer.merge(command)
                if merge is not None:
                    self._analyzer.merge(merge)
            case _:
                assert_never(command)

    def _dismiss(self, flag: Flag) -> None:
        if not self._observer.dismiss(flag.student, flag.kind):
            return
        student = None if flag.student is None else self._observer.current_number(flag.student)
        self._recorder.add_event(EventKind.FLAG_DISMISSED, student=student, flag=flag.kind, message=flag.evidence)

    def _is_warm_up(self, frame: Frame) -> bool:
        if self._warm_up_since_s is None:
            self._warm_up_since_s = frame.captured_at_s
        if not self._warm_up_frames or frame.captured_at_s - self._warm_up_since_s > _WARM_UP.longest_s:
            return False
        self._warm_up_frames -= 1
        return True

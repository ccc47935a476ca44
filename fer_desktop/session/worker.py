"""The inference thread's part of a session: frames and commands in, observations and records out."""

import queue
from dataclasses import dataclass
from typing import Final, assert_never

from fer_desktop.engagement import ClassObserver
from fer_desktop.session.account import SessionAccount
from fer_desktop.session.commands import (
    AddNote,
    Command,
    Dismiss,
    Erase,
    Exclude,
    Include,
    Remove,
    Rename,
    Restore,
    drain,
    list_students,
)
from fer_desktop.session.publisher import SessionPublisher
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.types import EventKind, Flag, Frame, Merge
from fer_desktop.vision.analyzer import Analyzer
from fer_desktop.vision.motion import PictureComparer


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
        self._account = SessionAccount(observer=observer, recorder=recorder, publisher=publisher, live=live)
        self._comparer = PictureComparer()
        self._commands = commands
        self._warm_up_frames = _WARM_UP.frames if live else 0
        self._warm_up_since_s: float | None = None
        self._touched: set[int] = set()

    def process(self, frame: Frame) -> None:
        """Analyses a frame, shows the class as it stands, and records a second that is over. Raises `StorageError`."""
        self.run_commands()
        if self._is_warm_up(frame):
            self._analyzer.process(frame)
            return
        self._account.begin(frame.captured_at_s)
        result = self._analyzer.process(frame, excluded=self._observer.excluded)
        self._account.take(result, self._comparer.compare(result))

    def idle(self) -> None:
        """While no frame comes, as in a pause, commands are carried out and their effect is shown all the same."""
        if self.run_commands():
            self._account.publish_again()

    def finish(self) -> None:
        """Records the last second."""
        self.run_commands()
        self._account.finish()
        self._account.settle(self._analyzer.settle(), touched=self._touched)

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
            case Remove(student):
                observer.remove(student)
            case Restore(student):
                observer.restore(student)
            case Erase(student):
                if observer.erase(student):
                    recorder.erase(observer.current_number(student))
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

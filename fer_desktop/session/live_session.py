"""One recorded lesson, from start to stop, as the controlling thread sees it."""

import queue
from collections.abc import Callable

from fer_desktop.engagement import ClassObserver
from fer_desktop.errors import DisplayLostError, FerDesktopError, SessionInterruptedError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.ports import Clock, FrameSource, ObservationSink, Timekeeper
from fer_desktop.session import LatestSlot, Pipeline
from fer_desktop.session.clock import SystemTimekeeper
from fer_desktop.session.commands import AddNote, Command, Dismiss, Erase, Exclude, Include, Remove, Rename, Restore
from fer_desktop.session.heartbeat import Heartbeat
from fer_desktop.session.publisher import NoticeTopic, SessionPublisher
from fer_desktop.session.recorder import SessionRecorder
from fer_desktop.session.time_watch import TimeWatch
from fer_desktop.session.worker import SessionWorker
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import KeptSeconds, NewSession
from fer_desktop.types import EventKind, Flag, Merge, Observation, PipelineState, PipelineStats
from fer_desktop.vision.analyzer import Analyzer


class LiveSession:
    """For one controlling thread (Qt's): start, pause and stop, commands in, properties out.

    Commands go through a queue to the `SessionWorker` on the inference thread, which gives observations to the
    `SessionPublisher` and records to the `SessionRecorder`; those two outlive the threads and are read here.
    `make_analyzer` and `make_observer` are called on the inference thread, the first with a function that takes a
    notice for the user.
    """

    def __init__(
        self,
        *,
        source: FrameSource,
        make_analyzer: Callable[[Callable[[Message], None]], Analyzer],
        store: Store,
        new_session: NewSession,
        make_observer: Callable[[], ClassObserver],
        clock: Clock,
        period_s: float,
        sinks: tuple[ObservationSink, ...] = (),
        timekeeper: Timekeeper | None = None,
    ) -> None:
        """`timekeeper`: this computer's by default; its elapsed time is that of `clock`."""
        self._source = source
        self._make_analyzer = make_analyzer
        self._make_observer = make_observer
        self._expressions_on = new_session.expressions_on
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._publisher = SessionPublisher(sinks)
        self._timekeeper = timekeeper or SystemTimekeeper()
        self._time_watch = TimeWatch()
        self._heartbeat = Heartbeat(self._beat)
        self._interruption: Message | None = None
        self._recorder = SessionRecorder(store, new_session, self._publisher, self._timekeeper.read)
        self._worker: SessionWorker | None = None
        self._pipeline = Pipeline(
            source=source,
            make_worker=self._make_worker,
            clock=clock,
            period_s=period_s,
            on_change=self._publisher.wake,
            on_capture=self._recorder.note_capture,
            on_slow=self._recorder.note_slow,
        )

    @property
    def frame_count(self) -> int | None:
        """Frames of a recorded source in total, where that is known."""
        return self._source.frame_count

    @property
    def live(self) -> bool:
        """Whether the source is live, not recorded."""
        return self._source.live

    @property
    def state(self) -> PipelineState:
        """Where the session stands between start and stop."""
        return self._pipeline.state

    @property
    def fault(self) -> Message | None:
        """What ended the session before it was stopped; None while nothing did."""
        return self._pipeline.fault or self._interruption

    @property
    def notice(self) -> Message | None:
        """Something to know while the session goes on: the window is covered, the disk is full.

        Once a live session has stopped, its source no longer matters: a call is often closed before the session is.
        """
        if self.live and self.state is PipelineState.STOPPED:
            return self._publisher.first_notice(without=(NoticeTopic.CAPTURE, NoticeTopic.FROZEN))
        notice = self._publisher.first_notice()
        return self._source.notice if notice is None else notice

    @property
    def picture_lost(self) -> Message | None:
        """Why nothing counts at the moment: nothing can be captured, or the call is frozen; None otherwise."""
        return self._publisher.notice(NoticeTopic.CAPTURE) or self._publisher.notice(NoticeTopic.FROZEN)

    @property
    def stats(self) -> PipelineStats:
        """Counts, rates and latencies so far."""
        return self._pipeline.stats

    @property
    def session_id(self) -> int | None:
        """The number of the stored session; None before its first second, and while the database takes nothing."""
        return self._recorder.session_id

    @property
    def kept(self) -> KeptSeconds:
        """Where the recorded seconds are; final once the session has stopped."""
        return self._recorder.kept

    @property
    def expressions_on(self) -> bool:
        """Whether expressions are read."""
        return self._expressions_on

    @property
    def observations(self) -> LatestSlot[Observation]:
        """Where the newest observation can be taken, by any one thread."""
        return self._publisher.observations

    def set_wake(self, wake: Callable[[], None]) -> None:
        """`wake` is called from other threads after every change: a new observation, state, notice or fault."""
        self._publisher.set_wake(wake)

    def start(self) -> None:
        """Returns at once. The session is stored from its first second on: what cannot start leaves no trace."""
        self._pipeline.start()
        if self.live:
            self._heartbeat.start()

    def raise_fault(self) -> None:
        """Raises what ended the session before it was stopped, if anything did: always a `FerDesktopError`.

        `SessionInterruptedError` where something of it is recorded.
        """
        error = self._pipeline.error
        if self.fault is not None and self.kept.recorded:
            raise SessionInterruptedError(Message(MessageKey.RECORD_INCOMPLETE, error=self.fault)) from error
        if isinstance(error, FerDesktopError):
            raise error
        if error is not None:
            raise FerDesktopError(self.fault or literal(str(error))) from error

    def pause(self) -> None:
        """Frames are ignored until `resume`; commands are not."""
        self._pipeline.pause()
        self._recorder.add_event(EventKind.PAUSED)

    def resume(self) -> None:
        """Ends a pause."""
        self._recorder.end_pause()
        self._pipeline.resume()

    def interrupt(self, reason: Message) -> None:
        """Stops because the display is gone: nobody has asked for it, and the record is incomplete."""
        if self.state is not PipelineState.STOPPED:
            self._interruption = reason
            if self._publisher.notice(NoticeTopic.CAPTURE) is None:
                self._recorder.note_capture(DisplayLostError(reason))
        self.stop()

    def stop(self, *, patience_s: float | None = None) -> None:
        """Ends capture, inference, then the writer, which stores all that was handed to it. May be called twice.

        `patience_s`: as in `SessionWriter.close`.
        """
        self._heartbeat.stop()
        self._pipeline.stop()
        if self._worker is not None:
            self._worker.run_commands()  # those that came after a fault had ended the inference thread
        self._recorder.close(fault=self.fault, patience_s=patience_s)

    def stop_waiting(self) -> None:
        """Ends the patience of `stop`: what the database has not taken stays in a rescue file. Any thread."""
        self._recorder.stop_waiting()

    def join(self, *, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Waits until a recorded source has ended, or `cancelled` is true, which is asked often; then stops."""
        self._pipeline.join(cancelled)
        self.stop()

    def bookmark(self, note: str, *, second: int | None = None) -> None:
        """`second`: when the teacher asked for it, if writing the note took a while; by default now."""
        self._recorder.add_event(EventKind.BOOKMARK, note, second=second)

    def note(self, student: int | None, text: str, *, second: int | None = None) -> None:
        """Adds the teacher's note on a student, or on the lesson for None. `second` as in `bookmark`."""
        at_second = self._recorder.second if second is None else second
        if student is None:
            self._recorder.add_event(EventKind.NOTE, text, second=at_second)
        else:
            self._commands.put(AddNote(student, text, at_second))

    def exclude(self, student: int) -> None:
        """From the next frame on nothing of the student is read, shown or stored."""
        self._commands.put(Exclude(student))

    def include(self, student: int) -> None:
        """Ends `exclude`."""
        self._commands.put(Include(student))

    def remove(self, student: int) -> None:
        """What was taken for a student is none: it is not shown any more, until `restore` or `erase`."""
        self._commands.put(Remove(student))

    def restore(self, student: int) -> None:
        """Undoes `remove`."""
        self._commands.put(Restore(student))

    def erase(self, student: int) -> None:
        """Of what was removed nothing remains stored; does nothing where it has turned out to be a listed student."""
        self._commands.put(Erase(student))

    def dismiss(self, flag: Flag) -> None:
        """Hides a flag until its evidence has ended and recurs."""
        self._commands.put(Dismiss(flag))

    def rename(self, student: int, name: str) -> None:
        """The teacher names a student: the name is shown and stored, whatever was read."""
        self._commands.put(Rename(student, name))

    def merge(self, student: int, into: int) -> None:
        """Joins two numbers: what was stored of `student` becomes that of `into`."""
        self._commands.put(Merge(student, into))

    def _beat(self) -> None:
        """Heartbeat thread."""
        for change in self._time_watch.check(self._timekeeper.read()):
            self._recorder.note_time(change)
        self._pipeline.beat()

    def _make_worker(self) -> SessionWorker:
        """Inference thread."""
        analyzer = self._make_analyzer(lambda notice: self._publisher.set_notice(NoticeTopic.ANALYZER, notice))
        self._worker = SessionWorker(
            analyzer=analyzer,
            observer=self._make_observer(),
            recorder=self._recorder,
            publisher=self._publisher,
            commands=self._commands,
            live=self.live,
        )
        return self._worker

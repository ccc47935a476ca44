"""The protocols of the engine's parts that the windows use."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.messages import Message
from fer_desktop.settings import Settings
from fer_desktop.storage.backups import Backup
from fer_desktop.storage.protection import Protection
from fer_desktop.storage.retention import ExpiredSessions
from fer_desktop.storage.salvage import Salvaged
from fer_desktop.storage.values import (
    HeatGrid,
    KeptSeconds,
    MoodSeries,
    SessionList,
    SessionSummary,
    StoredLessons,
    StoredSettlement,
    StudentSeries,
    StudentSummary,
)
from fer_desktop.types import Event, ExportFormat, ExportPart, Flag, Observation, PipelineState, PipelineStats

if TYPE_CHECKING:
    from fer_desktop.recording.analysis import Outcome, Progress
    from fer_desktop.recording.unfinished import UnfinishedRecording


class ObservationSlot(Protocol):
    """Holds the newest observation."""

    def take(self, timeout_s: float | None = None) -> Observation | None:
        """The newest observation if it has not been taken before; None after the timeout."""
        ...


class LiveSessionPort(Protocol):
    """A running session. The live window calls all methods on the Qt thread, except `start` and `stop`."""

    @property
    def state(self) -> PipelineState:
        """The state of the pipeline."""
        ...

    @property
    def fault(self) -> Message | None:
        """Why the session was ended by an error; None without one."""
        ...

    @property
    def notice(self) -> Message | None:
        """What to know while the session goes on: "The watched region is black"."""
        ...

    @property
    def picture_lost(self) -> Message | None:
        """Why there is no picture, as "the watched window is minimised"; None while there is."""
        ...

    @property
    def stats(self) -> PipelineStats:
        """Frame rate, delay and counts."""
        ...

    @property
    def session_id(self) -> int | None:
        """The id in the store; None before the session is stored."""
        ...

    @property
    def expressions_on(self) -> bool:
        """Whether expressions are read."""
        ...

    @property
    def observations(self) -> ObservationSlot:
        """The slot of the newest observation."""
        ...

    def set_wake(self, callback: Callable[[], None], /) -> None:
        """Sets the callback that worker threads call when there is news."""
        ...

    def start(self) -> None:
        """Starts the threads."""
        ...

    def pause(self) -> None:
        """Pauses watching."""
        ...

    def resume(self) -> None:
        """Resumes after a pause."""
        ...

    @property
    def kept(self) -> KeptSeconds:
        """Where the recorded seconds are."""
        ...

    def stop(self, *, patience_s: float | None = None) -> None:
        """Ends the session and waits for its threads. May be called more than once.

        `patience_s`: how long the store may take; a few seconds by default, `math.inf` until `stop_waiting`.
        """
        ...

    def stop_waiting(self) -> None:
        """Ends the patience of `stop`: what the store has not taken stays in a rescue file. Any thread."""
        ...

    def interrupt(self, reason: Message, /) -> None:
        """As `stop`, where nobody has asked for it: the record is incomplete."""
        ...

    def raise_fault(self) -> None:
        """Raises what ended the session before it was stopped, if anything did: a `FerDesktopError`."""
        ...

    def bookmark(self, note: str, /, *, second: int | None = None) -> None:
        """Stores a bookmark. `second`: now by default."""
        ...

    def note(self, student: int | None, text: str, /, *, second: int | None = None) -> None:
        """Stores a note on a student, or on the lesson. `second`: now by default."""
        ...

    def exclude(self, student: int, /) -> None:
        """Leaves a student out from now on."""
        ...

    def include(self, student: int, /) -> None:
        """Ends an exclusion."""
        ...

    def remove(self, student: int, /) -> None:
        """What was taken for a student is none: it is not shown any more, until `restore` or `erase`."""
        ...

    def restore(self, student: int, /) -> None:
        """Undoes `remove`."""
        ...

    def erase(self, student: int, /) -> None:
        """Nothing of what was removed remains, unless it has turned out to be a student."""
        ...

    def dismiss(self, flag: Flag, /) -> None:
        """Dismisses a flag."""
        ...

    def rename(self, student: int, name: str, /) -> None:
        """Names a student, also where names are off in the settings."""
        ...

    def merge(self, student: int, into: int, /) -> None:
        """Merges `student` into `into`."""
        ...


class RecordingPort(Protocol):
    """Analyses recordings. All methods are slow: the windows call them from background threads."""

    def analyze(
        self,
        path: Path,
        settings: Settings,
        *,
        cancelled: Callable[[], bool],
        on_progress: Callable[["Progress"], None],
    ) -> "Outcome":
        """Reads every sampled frame and stores a session; what is finished once it is cancelled is kept for a week.

        `on_progress` is called by the thread that called this. Raises `FerDesktopError`.
        """
        ...

    def list_unfinished(self) -> Sequence["UnfinishedRecording"]:
        """Those whose analysis was ended before it was done."""
        ...

    def discard(self, recording: "UnfinishedRecording", /) -> None:
        """Removes what was read of one."""
        ...


class CopiesPort(Protocol):
    """The check of the lessons' database and its backups. The windows call what is slow from background threads."""

    @property
    def damage(self) -> Message | None:
        """What to do about the damaged database; None if it is not known to be damaged."""
        ...

    @property
    def missed(self) -> Message | None:
        """Why the last backup of the day could not be made; None once one was made."""
        ...

    def check(self) -> Message | None:
        """Checks the whole database; returns the `damage`."""
        ...

    def list_backups(self) -> list[Backup]:
        """The backups, the newest first."""
        ...

    def back_up(self) -> Backup:
        """Makes a backup now."""
        ...

    def restore(self, backup: Path, /) -> Path:
        """Puts a backup in the database's place; returns where the state of before is kept."""
        ...

    def salvage(self, target: Path, /) -> Salvaged:
        """Saves all that can be read of a damaged database."""
        ...


class StorePort(Protocol):
    """The store of sessions. The review window calls it from background threads."""

    @property
    def erasure_pending(self) -> bool:
        """Whether what was deleted may still be in the database's log, as another program reads it."""
        ...

    @property
    def on_server(self) -> bool:
        """Whether it is a database server, whose logs and backups no deletion reaches."""
        ...

    @property
    def copies(self) -> CopiesPort:
        """The check of the database and its backups."""
        ...

    def list_sessions(self) -> list[SessionSummary]:
        """All sessions that can be read."""
        ...

    def session_list(self) -> SessionList:
        """Those that are shown, those that `restore_purged` can restore, and those that can only be deleted."""
        ...

    def session(self, session_id: int, /) -> SessionSummary:
        """The summary of a session."""
        ...

    def mood_series(self, session_id: int, /) -> MoodSeries:
        """The mood of the class, second by second."""
        ...

    def students(self, session_id: int, /) -> list[StudentSummary]:
        """The students of a session."""
        ...

    def student_series(self, session_id: int, student: int, /) -> StudentSeries:
        """One student, second by second."""
        ...

    def events(self, session_id: int, /) -> Sequence[Event]:
        """The events of a session."""
        ...

    def heat_grid(self, session_id: int, columns: int, /) -> HeatGrid:
        """All students along the time, in at most `columns` columns."""
        ...

    def student_lessons(self, session_id: int, student: int, /) -> StoredLessons:
        """The student in all lessons of the course in which their name is found."""
        ...

    def search_texts(self) -> dict[int, str]:
        """Notes, bookmarks and names by session, a line each; sessions without any are left out."""
        ...

    def add_annotation(self, session_id: int, event: Event, /) -> Event:
        """Stores a bookmark or a note and returns it with its id."""
        ...

    def edit_annotation(self, session_id: int, event_id: int, text: str, /) -> None:
        """Replaces the text of an annotation."""
        ...

    def delete_annotation(self, session_id: int, event_id: int, /) -> Event:
        """Returns the deleted annotation."""
        ...

    def delete_session(self, session_id: int, /) -> object:
        """Deletes a session."""
        ...

    def erase_student(self, session_id: int, student: int, /) -> None:
        """Deletes all data of a student."""
        ...

    def set_course(self, session_id: int, course: str, /) -> None:
        """Gives a session another course; "" for none."""
        ...

    def rename_student(self, session_id: int, student: int, name: str | None, /) -> None:
        """Names a student; None removes the name."""
        ...

    def merge_students(self, session_id: int, student: int, into: int, /) -> None:
        """Merges `student` into `into`."""
        ...

    def split_student(self, session_id: int, student: int, at_second: int, /) -> int:
        """Moves the data from `at_second` on to a new student, and returns their number."""
        ...

    def settlements(self, session_id: int, /) -> list[StoredSettlement]:
        """Who was seen only briefly and was merged or removed when the session ended."""
        ...

    def undo_settlement(self, session_id: int, student: int, /) -> None:
        """Restores a student who was merged or removed when the session ended."""
        ...

    def seconds_together(self, session_id: int, student: int, /) -> dict[int, int]:
        """Seconds in which each other student was in view together with this one; students with none are left out."""
        ...

    def roster(self, course: str, /) -> list[str]:
        """The names of a course."""
        ...

    def set_roster(self, course: str, names: Sequence[str], /) -> None:
        """Replaces the names of a course."""
        ...

    def take_in_rescued(self) -> int:
        """Stores what is in rescue files now; how many seconds these were."""
        ...

    def expired_sessions(self, days: int, /) -> ExpiredSessions:
        """The sessions that are older than the retention allows."""
        ...

    def purge_expired(self, expired: ExpiredSessions, /, *, clock_confirmed: bool) -> int:
        """Deletes them and returns their number. They can be restored for a week."""
        ...

    def restore_purged(self) -> int:
        """Restores the sessions that were deleted by age within a week, and returns their number."""
        ...


class ProtectionPort(Protocol):
    """The encryption of the lessons. All but `encrypted` may take a while; raises `StorageError`."""

    @property
    def encrypted(self) -> bool:
        """Whether the lessons are encrypted."""
        ...

    def read_state(self) -> Protection:
        """Whether they are, and where the key is."""
        ...

    def find_keyring_problem(self) -> Message | None:
        """Why there is no keyring for the key; None where there is one."""
        ...

    def opens_nothing(self, key: DatabaseKey) -> bool:
        """Whether the lessons surely do not have this key; False in doubt."""
        ...

    def protect(self, key: DatabaseKey, *, in_keyring: bool, on_progress: Callable[[float], None]) -> None:
        """Encrypts the lessons, or gives them another key."""
        ...

    def unprotect(self, *, on_progress: Callable[[float], None]) -> None:
        """Decrypts them."""
        ...


class ExportFunction(Protocol):
    """Writes a session, or one student of it, to a file; raises `FerDesktopError`.

    `individuals`: False for the class without its students. `password`: of the ZIP file that `path` becomes, or None.
    """

    def __call__(
        self,
        session_id: int,
        *,
        format: ExportFormat,
        path: Path,
        student: int | None = None,
        part: ExportPart = "all",
        individuals: bool = True,
        password: str | None = None,
    ) -> None: ...

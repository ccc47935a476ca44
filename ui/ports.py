"""The protocols of the engine's parts that the windows use."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from fer_desktop.storage.values import (
    HeatGrid,
    MoodSeries,
    SessionSummary,
    StoredLessons,
    StudentSeries,
    StudentSummary,
)
from fer_desktop.types import Event, ExportFormat, ExportPart, Flag, Observation, PipelineState, PipelineStats


class ObservationSlot(Protocol):
    """Holds the newest observation."""

    def take(self, timeout_s: float | None = None) -> Observation | None:
        """The newest observation if it has not been taken before; None after the timeout."""
        ...


class LiveSessionPort(Protocol):
    """A running session. The live window calls all methods on the Qt thread, except `start` and `stop`."""

    @property
    def state(self) -> PipelineState: ...

    @property
    def fault(self) -> str | None:
        """Why the session was ended by an error, in words; None without one."""
        ...

    @property
    def notice(self) -> str | None:
        """What to know while the session goes on: "The watched region is black"."""
        ...

    @property
    def picture_lost(self) -> str | None:
        """Why there is no picture, as "the watched window is minimised"; None while there is."""
        ...

    @property
    def stats(self) -> PipelineStats: ...

    @property
    def session_id(self) -> int | None: ...

    @property
    def expressions_on(self) -> bool: ...

    @property
    def observations(self) -> ObservationSlot: ...

    def set_wake(self, callback: Callable[[], None], /) -> None:
        """Sets the callback that worker threads call when there is news."""
        ...

    def start(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def stop(self) -> None:
        """Ends the session and waits for its threads. May be called more than once."""
        ...

    def bookmark(self, note: str, /, *, second: int | None = None) -> None: ...

    def note(self, student: int | None, text: str, /, *, second: int | None = None) -> None:
        """Stores a note on a student, or on the lesson. `second`: now by default."""
        ...

    def exclude(self, student: int, /) -> None: ...

    def include(self, student: int, /) -> None: ...

    def dismiss(self, flag: Flag, /) -> None: ...

    def rename(self, student: int, name: str, /) -> None:
        """Names a student, also where names are off in the settings."""
        ...

    def merge(self, student: int, into: int, /) -> None:
        """Merges `student` into `into`."""
        ...


class StorePort(Protocol):
    """The store of sessions. The review window calls it from background threads."""

    def list_sessions(self) -> list[SessionSummary]: ...

    def session(self, session_id: int, /) -> SessionSummary: ...

    def mood_series(self, session_id: int, /) -> MoodSeries: ...

    def students(self, session_id: int, /) -> list[StudentSummary]: ...

    def student_series(self, session_id: int, student: int, /) -> StudentSeries: ...

    def events(self, session_id: int, /) -> Sequence[Event]: ...

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

    def edit_annotation(self, session_id: int, event_id: int, text: str, /) -> None: ...

    def delete_annotation(self, session_id: int, event_id: int, /) -> Event:
        """Returns the deleted annotation."""
        ...

    def delete_session(self, session_id: int, /) -> object: ...

    def erase_student(self, session_id: int, student: int, /) -> None: ...

    def rename_student(self, session_id: int, student: int, name: str | None, /) -> None: ...

    def merge_students(self, session_id: int, student: int, into: int, /) -> None: ...

    def split_student(self, session_id: int, student: int, at_second: int, /) -> int: ...

    def seconds_together(self, session_id: int, student: int, /) -> dict[int, int]:
        """Seconds in which each other student was in view together with this one; students with none are left out."""
        ...

    def roster(self, course: str, /) -> list[str]: ...

    def set_roster(self, course: str, names: Sequence[str], /) -> None: ...

    def purge_older_than(self, days: int, /) -> int: ...


class ExportFunction(Protocol):
    """Writes a session, or one student of it, to a file; raises `FerDesktopError`.

    `individuals`: False for the class without its students.
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
    ) -> None: ...

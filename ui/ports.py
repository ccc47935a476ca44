"""What the windows ask of the engine. The real objects and the tests' fakes both fit these."""

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
        """The newest observation if nobody took it before; None after the timeout."""
        ...


class LiveSessionPort(Protocol):
    """A running session, as the live window uses it. All methods are called on the Qt thread, except start and stop."""

    @property
    def state(self) -> PipelineState: ...

    @property
    def fault(self) -> str | None:
        """Why the session ended by itself, in words; None while all is well."""
        ...

    @property
    def notice(self) -> str | None:
        """What the teacher should know while it goes on: "The watched region is black"."""
        ...

    @property
    def picture_lost(self) -> str | None:
        """Why nothing can be seen for now, as "the watched window is minimised"; None while something is."""
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
        """`callback` is called from worker threads when something is new."""
        ...

    def start(self) -> None: ...

    def pause(self) -> None: ...

    def resume(self) -> None: ...

    def stop(self) -> None:
        """Ends the session and waits for its threads. May be called twice."""
        ...

    def bookmark(self, note: str, /, *, second: int | None = None) -> None: ...

    def note(self, student: int | None, text: str, /, *, second: int | None = None) -> None:
        """The teacher's own words on a student, or on the lesson. `second` as in `bookmark`: by default now."""
        ...

    def exclude(self, student: int, /) -> None: ...

    def include(self, student: int, /) -> None: ...

    def dismiss(self, flag: Flag, /) -> None: ...

    def rename(self, student: int, name: str, /) -> None:
        """The teacher's own word counts, also where names are off."""
        ...

    def merge(self, student: int, into: int, /) -> None:
        """`student` is `into`: what is known of them is one from then on."""
        ...


class StorePort(Protocol):
    """The log of sessions, as the review window uses it. Calls come from background threads."""

    def list_sessions(self) -> list[SessionSummary]: ...

    def session(self, session_id: int, /) -> SessionSummary: ...

    def mood_series(self, session_id: int, /) -> MoodSeries: ...

    def students(self, session_id: int, /) -> list[StudentSummary]: ...

    def student_series(self, session_id: int, student: int, /) -> StudentSeries: ...

    def events(self, session_id: int, /) -> Sequence[Event]: ...

    def heat_grid(self, session_id: int, columns: int, /) -> HeatGrid:
        """All students by time, in at most so many columns."""
        ...

    def student_lessons(self, session_id: int, student: int, /) -> StoredLessons:
        """The student in all lessons of the course in which their name is found."""
        ...

    def search_texts(self) -> dict[int, str]:
        """Notes, bookmarks and names of each session that has any, a line each."""
        ...

    def add_annotation(self, session_id: int, event: Event, /) -> Event:
        """Stores a bookmark or a note of the teacher's and returns it with its id."""
        ...

    def edit_annotation(self, session_id: int, event_id: int, text: str, /) -> None: ...

    def delete_annotation(self, session_id: int, event_id: int, /) -> Event:
        """Returns what it was."""
        ...

    def delete_session(self, session_id: int, /) -> object: ...

    def erase_student(self, session_id: int, student: int, /) -> None: ...

    def rename_student(self, session_id: int, student: int, name: str | None, /) -> None: ...

    def merge_students(self, session_id: int, student: int, into: int, /) -> None: ...

    def split_student(self, session_id: int, student: int, at_second: int, /) -> int: ...

    def seconds_together(self, session_id: int, student: int, /) -> dict[int, int]:
        """How long each other student was seen at the same time; who never was is not in it."""
        ...

    def roster(self, course: str, /) -> list[str]: ...

    def set_roster(self, course: str, names: Sequence[str], /) -> None: ...

    def purge_older_than(self, days: int, /) -> int: ...


class ExportFunction(Protocol):
    """Writes a session, or one student of it, into a file; raises `FerDesktopError` when it cannot.

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

"""A store of lessons in memory, its backups and its encryption, and what lessons contain."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event as Gate

import numpy as np

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.backups import Backup
from fer_desktop.storage.protection import Protection
from fer_desktop.storage.retention import Clock, ExpiredSessions, find_expired, judge_clock_by
from fer_desktop.storage.salvage import Salvaged
from fer_desktop.storage.values import (
    HeatGrid,
    MoodSeries,
    SessionList,
    SessionSummary,
    StoredLesson,
    StoredLessons,
    StoredSettlement,
    StudentSeries,
    StudentSummary,
)
from fer_desktop.types import (
    Event,
)
from tests.fakes import make_probabilities


class FakeCopies:
    """Backups in memory. `found`: the damage that a check finds; `failure` is raised by every call while it is set."""

    def __init__(self) -> None:
        self.found: Message | None = None
        self.damage: Message | None = None
        self.missed: Message | None = None
        self.failure: Exception | None = None
        self.backups: list[Backup] = []
        self.restored: list[Path] = []
        self.salvaged: list[Path] = []
        self.gate = Gate()
        """While it is closed, `restore` waits."""
        self.gate.set()

    def check(self) -> Message | None:
        self.damage = self.found
        return self.damage

    def list_backups(self) -> list[Backup]:
        return list(self.backups)

    def back_up(self) -> Backup:
        self._check()
        made_at = datetime(2026, 11, 26, 12, len(self.backups), tzinfo=UTC)
        self.backups.insert(0, Backup(Path(f"backup-{len(self.backups)}.sqlite"), made_at, 13_400_000))
        return self.backups[0]

    def restore(self, backup: Path, /) -> Path:
        self.gate.wait(5)
        self._check()
        self.restored.append(backup)
        return Path("kept.sqlite")

    def salvage(self, target: Path, /) -> Salvaged:
        self._check()
        self.salvaged.append(target)
        return Salvaged(sessions=3, undated=0, seconds=900)

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure


class FakeStore:
    """Sessions in memory; what is deleted and erased is gone. `failure` is raised by every call while it is set."""

    def __init__(self, sessions: Sequence[SessionSummary] = (), *, seconds: int = 300, students: int = 5) -> None:
        self.sessions = {summary.id: summary for summary in sessions}
        self.copies = FakeCopies()
        self.unreadable: list[int] = []
        self.erased: list[tuple[int, int]] = []
        self.failure: Exception | None = None
        self.length_s = seconds
        self._students = students
        self.stored_events: list[Event] = []
        self.purged: list[int] = []
        self.hidden: list[SessionSummary] = []
        self.now = datetime(2026, 11, 26, 12, tzinfo=UTC)
        self.names: dict[int, str] = {}
        self.joined: list[tuple[int, int, int]] = []
        self.split: list[tuple[int, int, int]] = []
        self.together: dict[int, int] = {}
        self.brief: list[StoredSettlement] = []
        self.rosters: dict[str, list[str]] = {}
        self.texts: dict[int, str] = {}
        self.rescued_seconds = 0
        self.erasure_pending = False
        self.on_server = False

    def _check(self) -> None:
        if self.failure is not None:
            raise self.failure

    def list_sessions(self) -> list[SessionSummary]:
        self._check()
        return list(self.sessions.values())

    def session_list(self) -> SessionList:
        return SessionList(tuple(self.list_sessions()), tuple(self.hidden), tuple(self.unreadable))

    def session(self, session_id: int, /) -> SessionSummary:
        self._check()
        return self.sessions[session_id]

    def mood_series(self, session_id: int, /) -> MoodSeries:
        return make_mood_series(self.length_s, self._students)

    def students(self, session_id: int, /) -> list[StudentSummary]:
        gone = {student for session, student in self.erased if session == session_id}
        gone |= {student for session, student, _ in self.joined if session == session_id}
        numbers = range(1, self._students + len(self.split) + 1)
        return [make_summary(n, self.length_s, self.names.get(n)) for n in numbers if n not in gone]

    def student_series(self, session_id: int, student: int, /) -> StudentSeries:
        return make_student_series(self.length_s, student)

    def events(self, session_id: int, /) -> list[Event]:
        return list(self.stored_events)

    def heat_grid(self, session_id: int, columns: int, /) -> HeatGrid:
        numbers = [each.student for each in self.students(session_id)]
        return make_heat_grid(numbers, self.length_s, columns)

    def student_lessons(self, session_id: int, student: int, /) -> StoredLessons:
        self._check()
        course = self.sessions[session_id].course
        lessons = [
            StoredLesson(session, make_summary(student, session.seconds, self.names.get(student)), (), None)
            for session in sorted(self.sessions.values(), key=lambda each: each.started_at)
            if session.id == session_id or (session.course == course and student in self.names)
        ]
        return StoredLessons(tuple(lessons), named=student in self.names, namesakes=0)

    def search_texts(self) -> dict[int, str]:
        self._check()
        return dict(self.texts)

    def add_annotation(self, session_id: int, event: Event, /) -> Event:
        self._check()
        stored = replace(event, id=1 + max((each.id or 0 for each in self.stored_events), default=0))
        self.stored_events.append(stored)
        return stored

    def edit_annotation(self, session_id: int, event_id: int, text: str, /) -> None:
        self._check()
        self.stored_events = [replace(each, text=text) if each.id == event_id else each for each in self.stored_events]

    def delete_annotation(self, session_id: int, event_id: int, /) -> Event:
        self._check()
        gone = next(each for each in self.stored_events if each.id == event_id)
        self.stored_events.remove(gone)
        return gone

    def delete_session(self, session_id: int, /) -> None:
        self._check()
        if session_id in self.unreadable:
            self.unreadable.remove(session_id)
        else:
            del self.sessions[session_id]

    def erase_student(self, session_id: int, student: int, /) -> None:
        self._check()
        self.erased.append((session_id, student))

    def set_course(self, session_id: int, course: str, /) -> None:
        self._check()
        self.sessions[session_id] = replace(self.sessions[session_id], course=course)

    def rename_student(self, session_id: int, student: int, name: str | None, /) -> None:
        self._check()
        if name is None:
            self.names.pop(student, None)
        else:
            self.names[student] = name

    def merge_students(self, session_id: int, student: int, into: int, /) -> None:
        self._check()
        self.joined.append((session_id, student, into))

    def split_student(self, session_id: int, student: int, at_second: int, /) -> int:
        self._check()
        self.split.append((session_id, student, at_second))
        return self._students + len(self.split)

    def settlements(self, session_id: int, /) -> list[StoredSettlement]:
        return list(self.brief)

    def undo_settlement(self, session_id: int, student: int, /) -> None:
        self._check()
        self.brief = [each for each in self.brief if each.student != student]
        self._students += 1

    def seconds_together(self, session_id: int, student: int, /) -> dict[int, int]:
        return self.together

    def roster(self, course: str, /) -> list[str]:
        return self.rosters.get(course, [])

    def set_roster(self, course: str, names: Sequence[str], /) -> None:
        self._check()
        self.rosters[course] = list(names)

    def take_in_rescued(self) -> int:
        self._check()
        rescued, self.rescued_seconds = self.rescued_seconds, 0
        return rescued

    def expired_sessions(self, days: int, /) -> ExpiredSessions:
        return find_expired(self.list_sessions(), days, self.now)

    def purge_expired(self, expired: ExpiredSessions, /, *, clock_confirmed: bool) -> int:
        if judge_clock_by(self.list_sessions(), self.now) is Clock.AHEAD and not clock_confirmed:
            raise StorageError(Message(MessageKey.CLOCK_AHEAD))
        self.purged = [session.id for session in expired.sessions]
        self.hidden = [replace(self.sessions.pop(number), purged_at=self.now) for number in self.purged]
        return len(self.purged)

    def restore_purged(self) -> int:
        self._check()
        self.sessions |= {each.id: replace(each, purged_at=None) for each in self.hidden}
        restored, self.hidden = len(self.hidden), []
        return restored


def make_session(number: int = 1, **changes: object) -> SessionSummary:
    started = datetime(2026, 11, 23, 14, 5, tzinfo=UTC) + timedelta(days=number)
    values: dict[str, object] = {
        "id": number,
        "started_at": started,
        "ended_at": started + timedelta(minutes=52),
        "seconds": 3120,
        "watched_seconds": changes.get("seconds", 3120),
        "source": Message(MessageKey.SOURCE_REGION, width=1280, height=720, left=0, top=40),
        "course": "Physics 101",
        "simulated": False,
        "expressions_on": True,
        "aggregate_only": False,
        "interrupted": False,
        "place": "IN",
        "model": "fernet 1",
        "students": 27,
        "mean_mood": 0.18,
        "bookmarks": 2,
        "flags": 3,
    }
    return SessionSummary(**(values | changes))  # type: ignore[arg-type]  # the names are checked when it is made


def make_mood_series(seconds: int, students: int) -> MoodSeries:
    times = np.arange(seconds)
    wave = (np.sin(times / 170) + 1) / 2
    probabilities = np.stack(
        [0.05 + 0.05 * wave, 0.02 + 0 * wave, 0.03 + 0 * wave, 0.35 * wave, 0.1 - 0.05 * wave, 0.06 + 0.02 * wave],
        axis=1,
    )
    probabilities = np.concatenate((probabilities, 1 - probabilities.sum(axis=1, keepdims=True)), axis=1)
    probabilities = probabilities.astype(np.float32)
    mood = probabilities[:, 3] - probabilities[:, [0, 1, 2, 4]].sum(axis=1)
    faces = np.clip(students - (times // 97 % 5), 0, None)
    return MoodSeries(
        seconds=times,
        probabilities=probabilities,
        mood=mood.astype(np.float32),
        faces=faces,
        people=faces.astype(np.float32),
        cameras_on=np.minimum(faces + 1, students),
        students=np.full(seconds, students),
        attention=(0.4 + 0.4 * wave).astype(np.float32),
    )


def make_summary(student: int, seconds: int, name: str | None = None) -> StudentSummary:
    return StudentSummary(
        student=student,
        name=name,
        label=name or f"Student {student}",
        first_second=0,
        last_second=seconds - 1,
        face_seconds=seconds * (90 - student) // 100,
        person_seconds=seconds * (92 - student) // 100,
        camera_on_seconds=seconds * 95 // 100,
        tile_seconds=seconds,
        mean_probabilities=make_probabilities(happy=0.2 + 0.01 * (student % 40)),
        flags=int(student % 7 == 0),
    )


def make_heat_grid(students: Sequence[int], seconds: int, columns: int) -> HeatGrid:
    """Every student as `make_student_series` has them, for most of each column."""
    column_s = -(-max(1, seconds) // columns)
    width = -(-max(1, seconds) // column_s)
    series = [make_student_series(seconds, student) for student in students]
    probabilities = np.full((len(students), width, 7), np.nan, np.float32)
    attention = np.full((len(students), width), np.nan, np.float32)
    counts = np.zeros((4, len(students), width), np.int64)
    for row, each in enumerate(series):
        camera_on = each.camera_on & each.tile_seen
        for place, marks in enumerate((each.tile_seen, camera_on, each.person_seen, each.face_found)):
            counts[place, row] = np.bincount(each.seconds // column_s, weights=marks, minlength=width)[:width]
        probabilities[row] = each.probabilities[::column_s]
        attention[row] = each.attention[::column_s]
    recorded = np.bincount(np.arange(seconds) // column_s, minlength=width)
    tiles, cameras_on, people, faces = counts
    return HeatGrid(
        np.array(students, np.int64), column_s, recorded, tiles, cameras_on, people, faces, probabilities, attention
    )


def make_student_series(seconds: int, student: int) -> StudentSeries:
    times = np.arange(seconds)
    seen = times // (31 + student) % 6 != 3
    camera = times // 211 % 7 != 4
    shares = np.tile(make_probabilities(happy=0.3, sad=0.1), (seconds, 1))
    shares[:, 3] += (0.2 * np.sin(times / (60 + student))).astype(np.float32)
    shares[~(seen & camera)] = np.nan
    attention = np.where(seen & camera, 0.6, np.nan).astype(np.float32)
    faces, there = seen & camera, camera & (seen | (times // 40 % 2 == 0))
    tiles = times // 500 % 9 != 5
    return StudentSeries(times, faces, there.astype(np.float32), camera, tiles, shares.astype(np.float32), attention)


class FakeProtection:
    """Encrypts and decrypts at once, and remembers with which key; or fails with `failure`."""

    def __init__(self, state: Protection = Protection.OFF, keyring_problem: Message | None = None) -> None:
        self.state = state
        self.keyring_problem = keyring_problem
        self.keys: list[DatabaseKey] = []
        self.failure: StorageError | None = None
        self.read_failure: StorageError | None = None
        self.in_doubt = False
        self.gate = Gate()
        """While it is closed, reading the state waits."""
        self.gate.set()

    @property
    def encrypted(self) -> bool:
        return self.state is not Protection.OFF

    def read_state(self) -> Protection:
        self.gate.wait(5)
        if self.read_failure is not None:
            raise self.read_failure
        return self.state

    def find_keyring_problem(self) -> Message | None:
        return self.keyring_problem

    def opens_nothing(self, key: DatabaseKey) -> bool:
        return not self.in_doubt and key not in self.keys

    def protect(self, key: DatabaseKey, *, in_keyring: bool, on_progress: Callable[[float], None]) -> None:
        on_progress(0.5)
        if self.failure is not None:
            raise self.failure
        self.keys.append(key)
        self.state = Protection.KEYRING if in_keyring else Protection.PASSWORD

    def unprotect(self, *, on_progress: Callable[[float], None]) -> None:
        on_progress(1.0)
        self.state = Protection.OFF

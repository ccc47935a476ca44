# mypy: ignore-errors
"""Writes the golden database of one schema version with the storage code that is imported: see README.md.

    PYTHONPATH=CHECKOUT python make.py REVISION FILE

It uses what every version's storage has in common, and leaves out what the imported version does not know yet. The
texts are those that the versions of a schema wrote, word for word.
"""

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np

from fer_desktop.storage.store import open_store
from fer_desktop.storage.values import NewSession
from fer_desktop.types import ClassMood, Event, EventKind, FlagKind, SecondRecord, StudentSecond

BEGAN: Final = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
SECONDS: Final = 12
COURSE: Final = "Physics 101"
NAMES: Final = ((1, "Ann Lee"), (2, "Zoë Kim"))
CLASS_SIZE: Final = 6

_FLAGS: Final = (
    (FlagKind.AWAY, 1, "not in the call for 90 s"),
    (FlagKind.AWAY, 1, "not in the call for 2 min"),
    (FlagKind.AWAY, 3, "camera on, but no face seen for 1 h 5 min"),
    (FlagKind.CAMERA_OFF, 2, "camera off for 2 min"),
)
_NEGATIVE_UNLIKE_BEFORE: Final = (FlagKind.NEGATIVE, 1, "looks mostly negative for 1 min, unlike before")
_BLACK: Final = "the region is black: is the window minimised or covered?"
_WAYLAND: Final = "Wayland lets no program see other windows: log in with an X11 session"
_LOSSES: Final = (
    _BLACK,
    f"{_BLACK} {_WAYLAND}",
    "camera 1 sends no picture: was it unplugged?",
    "the region 1280x720+0+40 is off the screen: was a monitor unplugged or changed?",
    "the screen cannot be captured: was a monitor or the display changed?",
)
_FROZEN: Final = "nothing in the region has changed for 30 seconds: is the call still there, and its window open?"
_WINDOW_LOSSES: Final = (
    "the watched window is closed: open the call again and it goes on, or stop and choose another window",
    "the watched window is minimised or on another workspace: bring it back",
    "the watched window is too small to show a class: make it larger",
    "Notepad covers the watched window: move it aside",
    "Another window covers the watched window: move it aside",
    "the desktop does not tell its windows: is it locked?",
    "the desktop does not answer: was the display closed?",
    "the desktop does not answer",
)
_FAULTS: Final = (
    "Something went wrong while capturing the picture (ValueError: 3). Start again.",
    "Something went wrong while reading the faces (RuntimeError: out of memory). Start again.",
)


def list_flags(revision: str) -> list[tuple[FlagKind, int | None, str]]:
    """Every form of reason that versions with this schema wrote."""
    flags: list[tuple[FlagKind, int | None, str]] = [*_FLAGS, _NEGATIVE_UNLIKE_BEFORE]
    if revision >= "0003":
        flags.append((FlagKind("drowsy"), 3, "eyes shut in 9 of 12 looks over 45 s, unlike before"))
        flags.append((FlagKind("class_drop"), None, "the mood of 12 of 20 students fell within the last seconds"))
    if revision >= "0005":
        flags.append((FlagKind.NEGATIVE, 2, "looks more negative than usual for 1 min"))
        flags.append((FlagKind.NEGATIVE, 2, "looks more negative than usual for 45 s"))
    return flags


def list_events(revision: str) -> Iterator[Event]:
    """Every kind of event, over the first seconds of a lesson."""
    for number, (flag, student, reason) in enumerate(list_flags(revision)):
        yield Event(EventKind.FLAG_RAISED, 2, reason, student, flag)
        if number % 2:
            yield Event(EventKind.FLAG_DISMISSED, 3, reason, student, flag)
        else:
            yield Event(EventKind.FLAG_CLEARED, 3, "", student, flag)
    losses = [*_LOSSES, *([_FROZEN] if revision == "0001" else []), *(_WINDOW_LOSSES if revision >= "0003" else ())]
    for reason in losses:
        yield Event(EventKind.CAPTURE_LOST, 4, reason)
        yield Event(EventKind.CAPTURE_BACK, 5)
    yield Event(EventKind.PAUSED, 5)
    yield Event(EventKind.RESUMED, 8)
    yield Event(EventKind.STUDENT_EXCLUDED, 8, student=3)
    yield Event(EventKind.STUDENT_INCLUDED, 10, student=3)
    yield Event(EventKind.BOOKMARK, 9, "Group work")
    yield Event(EventKind.BOOKMARK, 9)
    if revision >= "0003":
        yield Event(EventKind("note"), 9, "ask about the exam; camera off for 2 min is fine", 1)
        yield Event(EventKind("note"), 10, "the class was tired")


def make_students(numbers: Sequence[int], second: int) -> tuple[StudentSecond, ...]:
    """Number 2 has the camera off; the readings differ from second to second."""
    return tuple(
        StudentSecond(
            **_known_by(
                StudentSecond,
                student=number,
                face_found=number != 2,
                camera_on=number != 2,
                tile_seen=True,
                probabilities=None if number == 2 else _probabilities(number + second),
                attention=None if number == 2 else 0.5,
            )
        )
        for number in numbers
    )


def make_record(
    second: int, students: Sequence[StudentSecond], events: Sequence[Event] = (), *, named: bool = False
) -> SecondRecord:
    """A second with the class's mean."""
    readings = [each.probabilities for each in students if each.probabilities is not None]
    mood = ClassMood(
        **_known_by(
            ClassMood,
            second=second,
            probabilities=np.mean(readings, axis=0, dtype=np.float32),
            mood=0.0,
            faces=len(readings),
            cameras_on=len(readings),
            students=len(students),
            attention=0.5,
        )
    )
    names = NAMES if named else ()
    return SecondRecord(
        **_known_by(SecondRecord, second=second, mood=mood, students=tuple(students), events=tuple(events), names=names)
    )


def fill(revision: str, path: Path) -> None:
    """Three lessons: one with names and every kind of event, one of class totals, a simulated one that failed.

    From the third schema on, a short one for each other kind of source.
    """
    events = list(list_events(revision))
    store = open_store(f"sqlite:///{path}")
    if hasattr(store, "set_roster"):
        store.set_roster(COURSE, ["Ann Lee", "Zoe Kim", "Cem Ray"])

    def record(session: NewSession, records: Sequence[SecondRecord], *, fault: str | None = None) -> None:
        writer = store.begin_session(session)
        for each in records:
            writer.record(each)
        if fault is not None:
            writer.add_event(Event(EventKind.FAULT, records[-1].second, fault))
        writer.close(interrupted=fault is not None)
        if writer.fault is not None:
            raise writer.fault

    def lesson(*, students: int, all_events: bool) -> list[SecondRecord]:
        return [
            make_record(
                second,
                make_students([n for n in range(1, students + 1) if n != 3 or not 8 <= second < 10], second),
                [event for event in events if all_events and event.second == second],
                named=second == 1 and all_events,
            )
            for second in range(SECONDS)
            if second not in (6, 7)
        ]

    model = "MobileNetV2 3"
    region = "Screen region 1280 x 720 at 0, 40"
    record(NewSession(BEGAN, region, course=COURSE, place="IN", model=model), lesson(students=3, all_events=True))
    totals = NewSession(BEGAN + timedelta(days=1), "lecture.mp4", course=COURSE, aggregate_only=True, model=model)
    record(totals, lesson(students=CLASS_SIZE, all_events=True))
    simulated = NewSession(BEGAN + timedelta(days=2), "Simulated class of 3", simulated=True, model=model)
    record(simulated, lesson(students=3, all_events=False), fault=_FAULTS[0])
    sources = ("Camera 1", *(("Window of Zoom", "A window") if revision >= "0003" else ()))
    for number, source in enumerate(sources):
        began = BEGAN + timedelta(days=3 + number)
        record(
            NewSession(began, source, expressions_on=False), lesson(students=1, all_events=False)[:2], fault=_FAULTS[1]
        )
    store.close()


def shrink(path: Path) -> None:
    """One small file: no write-ahead log, small pages, no free ones."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA page_size = 1024")
        connection.execute("VACUUM")


def turn_back_to_0003(path: Path) -> None:
    """Undoes the fourth revision, which came in the same commit as the third."""
    with closing(sqlite3.connect(path)) as connection:
        for column in ("most_students", "mean_mood"):
            connection.execute(f"ALTER TABLE sessions DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        connection.commit()


def _probabilities(seed: int) -> Any:
    return np.random.default_rng(seed).dirichlet(np.ones(7)).astype(np.float32)


def _known_by(type_: type, **values: Any) -> dict[str, Any]:
    """The values that the imported version's dataclass has a field for."""
    known = {field.name for field in fields(type_) if field.init}
    return {name: value for name, value in values.items() if name in known}


if __name__ == "__main__":
    wanted, target = sys.argv[1], Path(sys.argv[2])
    target.unlink(missing_ok=True)
    fill(wanted, target)
    if wanted == "0003":
        turn_back_to_0003(target)
    shrink(target)

# mypy: ignore-errors
"""Writes the golden database of one schema version with the storage code that is imported: see README.md.

    PYTHONPATH=CHECKOUT python make.py REVISION FILE

It uses what every version's storage has in common, and leaves out what the imported version does not know yet. The
texts are those that the versions of a schema wrote, word for word; from 0006 on they are messages, and a second file
holds the English text of each as the imported version renders it.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
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

_MESSAGES: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "not in the call for 90 s": ("flag.not_in_call", {"lasted_s": 90}),
    "not in the call for 2 min": ("flag.not_in_call", {"lasted_s": 120}),
    "camera on, but no face seen for 1 h 5 min": ("flag.no_face", {"lasted_s": 3900}),
    "camera off for 2 min": ("flag.camera_off", {"lasted_s": 120}),
    "eyes shut in 9 of 12 looks over 45 s, unlike before": (
        "flag.eyes_closed",
        {"closed": 9, "samples": 12, "lasted_s": 45},
    ),
    "the mood of 12 of 20 students fell within the last seconds": (
        "flag.class_mood_fell",
        {"fell": 12, "students": 20},
    ),
    "looks more negative than usual for 1 min": ("flag.negative", {"lasted_s": 60}),
    "looks more negative than usual for 45 s": ("flag.negative", {"lasted_s": 45}),
    _BLACK: ("capture.region_black", {}),
    f"{_BLACK} {_WAYLAND}": ("capture.region_black_on_wayland", {}),
    _LOSSES[2]: ("capture.camera_unplugged", {"number": 1}),
    _LOSSES[3]: ("capture.region_off_screen", {"region": "1280x720+0+40"}),
    _LOSSES[4]: ("capture.screen_unavailable", {}),
    _WINDOW_LOSSES[0]: ("capture.window_closed", {}),
    _WINDOW_LOSSES[1]: ("capture.window_hidden", {}),
    _WINDOW_LOSSES[2]: ("capture.window_too_small", {}),
    _WINDOW_LOSSES[3]: ("capture.window_covered", {"program": "Notepad"}),
    _WINDOW_LOSSES[4]: ("capture.window_covered_by_unknown", {}),
    _WINDOW_LOSSES[5]: ("desktop.windows_not_listed", {}),
    _WINDOW_LOSSES[6]: ("desktop.closed", {}),
    _WINDOW_LOSSES[7]: ("desktop.silent", {}),
    _FAULTS[0]: ("session.capture_failed", {"error": "ValueError: 3"}),
    _FAULTS[1]: ("session.analysis_failed", {"error": "RuntimeError: out of memory"}),
    "Screen region 1280 x 720 at 0, 40": ("source.region", {"width": 1280, "height": 720, "left": 0, "top": 40}),
    "Simulated class of 3": ("source.simulated", {"n": 3}),
    "Camera 1": ("source.camera", {"number": 1}),
    "Window of Zoom": ("source.window", {"program": "Zoom"}),
    "A window": ("source.unnamed_window", {}),
}
"""What 0006 and later store for the sentences of before; others stay text, as of sessions from earlier versions."""


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


def say(revision: str, text: str) -> dict[str, Any]:
    """The fields of an event that holds this text in that schema."""
    if revision < "0006" or text not in _MESSAGES:
        return {"text": text}
    return {"message": make_message(text)}


def name_source(revision: str, text: str) -> Any:
    """A session's source in that schema."""
    if revision < "0006":
        return text
    if text in _MESSAGES:
        return make_message(text)
    from fer_desktop.messages import literal

    return literal(text)


def make_message(text: str) -> Any:
    """Of 0006 and later."""
    from fer_desktop.messages import Message, MessageKey

    key, arguments = _MESSAGES[text]
    return Message(MessageKey(key), **arguments)


def list_events(revision: str) -> Iterator[Event]:
    """Every kind of event, over the first seconds of a lesson."""
    for number, (flag, student, reason) in enumerate(list_flags(revision)):
        yield Event(EventKind.FLAG_RAISED, 2, student=student, flag=flag, **say(revision, reason))
        if number % 2:
            yield Event(EventKind.FLAG_DISMISSED, 3, student=student, flag=flag, **say(revision, reason))
        else:
            yield Event(EventKind.FLAG_CLEARED, 3, "", student, flag)
    losses = [*_LOSSES, *([_FROZEN] if revision == "0001" else []), *(_WINDOW_LOSSES if revision >= "0003" else ())]
    for reason in losses:
        yield Event(EventKind.CAPTURE_LOST, 4, **say(revision, reason))
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
    if revision >= "0007":
        yield from list_typed_gaps()


def list_typed_gaps() -> Iterator[Event]:
    """Of 0007 and later: a gap of each kind, and the ways in which the clock may change."""
    from fer_desktop.messages import Message, MessageKey

    for begins, ends, message in (
        ("display_lost", "display_back", Message(MessageKey("capture.screen_unavailable"))),
        ("picture_frozen", "picture_moving", Message(MessageKey("capture.call_frozen"), seconds=10)),
        ("suspended", "woken", None),
        ("stalled", "unstalled", Message(MessageKey("session.program_stalled"))),
        ("stalled", "unstalled", Message(MessageKey("session.analysis_stalled"))),
        ("capture_lost", "capture_back", Message(MessageKey("capture.hangs"))),
    ):
        yield Event(EventKind(begins), 5, message=message)
        yield Event(EventKind(ends), 8, message=None)
    for message in (
        Message(MessageKey("clock.set_forward"), seconds=3600),
        Message(MessageKey("clock.set_back"), seconds=90),
        Message(MessageKey("clock.time_zone_changed"), before="UTC+02:00", after="UTC+01:00"),
    ):
        yield Event(EventKind("clock_changed"), 8, message=message)


def make_students(numbers: Sequence[int], second: int) -> tuple[StudentSecond, ...]:
    """Number 2 has the camera off; the readings differ from second to second."""
    return tuple(
        StudentSecond(
            **_known_by(
                StudentSecond,
                student=number,
                face_found=number != 2,
                person_seen=number != 2 or second % 2 == 0,
                unreadable=_find_reason() if number == 2 and second % 2 == 0 else None,
                camera_on=number != 2,
                tile_seen=True,
                probabilities=None if number == 2 else _probabilities(number + second),
                attention=None if number == 2 else 0.5,
            )
        )
        for number in numbers
    )


def _find_reason() -> Any:
    """Of 0010 and later."""
    from fer_desktop import types

    return types.UnreadableReason("bent") if hasattr(types, "UnreadableReason") else None


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
            people=sum(getattr(each, "person_seen", False) for each in students),
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
        if revision >= "0007":
            note_clock(writer, session.started_at)
        for each in records:
            writer.record(each)
        if fault is not None:
            writer.add_event(Event(EventKind.FAULT, records[-1].second, **say(revision, fault)))
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
    region = name_source(revision, "Screen region 1280 x 720 at 0, 40")
    record(NewSession(BEGAN, region, course=COURSE, place="IN", model=model), lesson(students=3, all_events=True))
    recording = name_source(revision, "lecture.mp4")
    totals = NewSession(BEGAN + timedelta(days=1), recording, course=COURSE, aggregate_only=True, model=model)
    record(totals, lesson(students=CLASS_SIZE, all_events=True))
    drawn = name_source(revision, "Simulated class of 3")
    simulated = NewSession(BEGAN + timedelta(days=2), drawn, simulated=True, model=model)
    record(simulated, lesson(students=3, all_events=False), fault=_FAULTS[0])
    sources = ("Camera 1", *(("Window of Zoom", "A window") if revision >= "0003" else ()))
    for number, source in enumerate(sources):
        began = BEGAN + timedelta(days=3 + number)
        session = NewSession(began, name_source(revision, source), expressions_on=False)
        record(session, lesson(students=1, all_events=False)[:2], fault=_FAULTS[1])
    store.close()


def write_texts(path: Path) -> None:
    """The texts of all messages of events, by their JSON, in a file next to the database."""
    from fer_desktop.messages import ENGLISH, Message

    with closing(sqlite3.connect(path)) as connection:
        stored = connection.execute("SELECT DISTINCT message FROM events WHERE message IS NOT NULL").fetchall()
    texts = {message: ENGLISH.render(Message.from_json(message)) for (message,) in stored}
    path.with_suffix(".texts.json").write_text(json.dumps(texts, indent=1, ensure_ascii=False) + "\n")


def note_clock(writer: Any, started_at: datetime) -> None:
    """Of 0007 and later: summer time ends in mid-lesson."""
    from fer_desktop.types import ClockReading

    for second, hours in ((0, 2), (8, 1)):
        at = (started_at + timedelta(seconds=second)).astimezone(timezone(timedelta(hours=hours)))
        writer.note_clock(ClockReading(second, at))


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
    if wanted >= "0006":
        write_texts(target)
    shrink(target)

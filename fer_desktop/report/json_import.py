"""Reads a lesson from the JSON document that this program or the web app exported. `docs/export.md` is its schema."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.report.json_export import FORMAT, MOOD_COLUMNS, SAMPLE_COLUMNS, VERSION
from fer_desktop.storage.rows import MOST_SECONDS
from fer_desktop.system.files import read_small_file
from fer_desktop.types import ANNOTATIONS, EXPRESSIONS, Event, EventKind, FlagKind

MAX_FILE_BYTES: Final = 500_000_000
"""Some ten times a lesson of three hours with 49 students."""
_HEAD_BYTES: Final = 200
"""In which a document says what it is."""
_MOST: Final = 32_767
"""Of what is counted in one second, and of a student's number: the most that two bytes of a database hold."""

_Second = Annotated[int, Field(ge=0, lt=MOST_SECONDS)]
_Count = Annotated[int, Field(ge=0, le=_MOST)]
_Number = Annotated[int, Field(ge=1, le=_MOST)]
_Share = Annotated[float, Field(ge=0, le=1)] | None
_Mood = float | None
_Text = Annotated[str, Field(max_length=100_000)]

MoodCells = tuple[
    _Second, _Count, _Count, _Count | None, _Count,
    _Mood, _Share, _Share, _Share, _Share, _Share, _Share, _Share, _Share,
]  # fmt: skip
SampleCells = tuple[
    _Number, _Second, bool, bool, bool | None, bool,
    _Mood, _Share, _Share, _Share, _Share, _Share, _Share, _Share, _Share,
]  # fmt: skip


_SHARES: Final = slice(-len(EXPRESSIONS) - 1, -1)
"""The seven expressions among the cells of a row."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)


class ImportedClock(_Part):
    """A reading of the computer's clock."""

    second: _Second
    at: AwareDatetime


class ImportedSession(_Part):
    """What is known of the lesson as a whole."""

    started_at: AwareDatetime
    ended_at: AwareDatetime | None
    seconds: Annotated[int, Field(ge=0, le=MOST_SECONDS)]
    source: _Text
    course: Annotated[str, Field(max_length=200)]
    simulated: bool
    expressions_on: bool
    aggregate_only: bool
    interrupted: bool
    place: Annotated[str, Field(max_length=2)] | None
    model: _Text
    clock: tuple[ImportedClock, ...] = ()


class _Student(_Part):
    student: _Number
    name: _Text | None


class _Event(_Part):
    kind: EventKind
    second: _Second
    text: _Text
    student: _Number | None
    flag: FlagKind | None
    message: dict[str, Any] | None = None


class _Moods(_Part):
    columns: tuple[str, ...]
    rows: tuple[MoodCells, ...]


class _Samples(_Part):
    columns: tuple[str, ...]
    rows: tuple[SampleCells, ...]


class _Document(_Part):
    format: Literal["fer-desktop session"]
    version: int
    session: ImportedSession
    students: tuple[_Student, ...]
    events: tuple[_Event, ...]
    mood: _Moods
    samples: _Samples


@dataclass(frozen=True, slots=True, eq=False)
class ImportedLesson:
    """A lesson as it was exported; nothing of it has been stored. `names`: of the students who have one."""

    session: ImportedSession
    names: dict[int, str]
    events: tuple[Event, ...]
    moods: tuple[MoodCells, ...]
    samples: tuple[SampleCells, ...]


def read_lesson(path: Path) -> ImportedLesson:
    """Reads the whole file. Raises `DataError`, which says what to do: nothing of a lesson is read in part."""
    try:
        content = read_small_file(path, MAX_FILE_BYTES)
    except OSError as error:
        reason = literal(error.strerror or str(error))
        raise DataError(Message(MessageKey.IMPORT_UNREADABLE, path=str(path), reason=reason)) from error
    document = _parse(path, content)
    events = tuple(map(_make_event, document.events))
    names = {each.student: each.name for each in document.students if each.name}
    return ImportedLesson(document.session, names, events, document.mood.rows, document.samples.rows)


def _parse(path: Path, content: bytes) -> _Document:
    head = content[:_HEAD_BYTES]
    if b'"format"' not in head or FORMAT.encode() not in head:
        raise DataError(Message(MessageKey.IMPORT_NO_LESSON, path=str(path)))
    try:
        return _check(path, _Document.model_validate_json(content))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        if place == "mood" and first["type"] == "missing":
            raise DataError(Message(MessageKey.IMPORT_OF_STUDENT, path=str(path))) from error
        reason = literal(f"{place}: {first['msg']}" if place else first["msg"])
        raise DataError(Message(MessageKey.IMPORT_DAMAGED, path=str(path), reason=reason)) from error


def _check(path: Path, document: _Document) -> _Document:
    """What no type says. Raises `DataError`."""
    columns_known = (document.mood.columns, document.samples.columns) == (MOOD_COLUMNS, SAMPLE_COLUMNS)
    if document.version > VERSION or not columns_known:
        raise DataError(Message(MessageKey.IMPORT_NEWER, path=str(path)))
    if document.session.ended_at is None:
        raise DataError(Message(MessageKey.IMPORT_UNFINISHED, path=str(path)))
    fault = _find_fault(document)
    if fault:
        raise DataError(Message(MessageKey.IMPORT_DAMAGED, path=str(path), reason=literal(fault)))
    return document


def _find_fault(document: _Document) -> str:
    places: tuple[tuple[object, ...], ...] = (
        tuple(row[0] for row in document.mood.rows),
        tuple(row[:2] for row in document.samples.rows),
        tuple(each.second for each in document.session.clock),
    )
    if any(len(set(each)) < len(each) for each in places):
        return "a second is there twice"
    unread = (row[_SHARES].count(None) for row in (*document.mood.rows, *document.samples.rows))
    return "" if all(count in (0, len(EXPRESSIONS)) for count in unread) else "a reading is there in part"


def _make_event(event: _Event) -> Event:
    """With its message, which can be rendered in every language; else with its English text as a message."""
    if event.kind in ANNOTATIONS:
        return Event(event.kind, event.second, event.text, event.student)
    message = _read_message(event) or (literal(event.text) if event.text else None)
    return Event(event.kind, event.second, student=event.student, flag=event.flag, message=message)


def _read_message(event: _Event) -> Message | None:
    """None without one, and for one of a newer version."""
    if event.message is None:
        return None
    try:
        return Message.from_json(json.dumps(event.message))
    except ValueError:
        return None

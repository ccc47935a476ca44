"""A session as one JSON document. `docs/export.md` is its schema."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Final, TextIO

import numpy as np

from fer_desktop.report.attendance import read_attendance
from fer_desktop.report.lanes import DECIMALS, Number, read_class_lane, read_student_lane
from fer_desktop.storage.store import Store
from fer_desktop.storage.values import SessionSummary, StudentSummary
from fer_desktop.types import EXPRESSIONS, Event

VERSION: Final = 1
MOOD_COLUMNS: Final = ("second", "students", "cameras_on", "faces", "mood", *EXPRESSIONS)
SAMPLE_COLUMNS: Final = ("student", "second", "tile_seen", "camera_on", "face_found", "mood", *EXPRESSIONS)


def write_json(store: Store, session_id: int, file: TextIO, student: int | None = None) -> None:
    """Writes the document, row by row; of one student alone where a number is given (then without the class)."""
    students = [each for each in store.students(session_id) if student in (None, each.student)]
    events = [event for event in store.events(session_id) if student in (None, event.student)]
    head = {
        "format": "fer-desktop session",
        "version": VERSION,
        "session": session_as_json(store.session(session_id)),
        "students": [_student_as_json(each) for each in students],
        "attendance": [asdict(row) for row in read_attendance(store, session_id, student)],
        "events": [_event_as_json(event) for event in events],
    }
    file.write(json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}"))
    if student is None:
        _write_table(file, "mood", MOOD_COLUMNS, read_class_lane(store, session_id).rows())
    _write_table(file, "samples", SAMPLE_COLUMNS, _sample_rows(store, session_id, students))
    file.write("\n}\n")


def session_as_json(summary: SessionSummary) -> dict[str, object]:
    """Times in ISO 8601, UTC."""
    values = asdict(summary)
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}


def _sample_rows(store: Store, session_id: int, students: list[StudentSummary]) -> Iterator[tuple[Number, ...]]:
    for each in students:
        for second, tile, camera, face, *reading in read_student_lane(store, session_id, each.student).rows():
            yield (each.student, second, bool(tile), bool(camera), bool(face), *reading)


def _write_table(file: TextIO, name: str, columns: tuple[str, ...], rows: Iterator[tuple[Number, ...]]) -> None:
    file.write(f',\n "{name}": {{\n  "columns": {json.dumps(columns)},\n  "rows": [')
    separator = "\n"
    for row in rows:
        file.write(f"{separator}   {json.dumps(row)}")
        separator = ",\n"
    file.write("\n  ]\n }")


def _student_as_json(summary: StudentSummary) -> dict[str, object]:
    means = summary.mean_probabilities
    return {
        "student": summary.student,
        "name": summary.name,
        "label": summary.label,
        "first_second": summary.first_second,
        "last_second": summary.last_second,
        "tile_seconds": summary.tile_seconds,
        "camera_on_seconds": summary.camera_on_seconds,
        "face_seconds": summary.face_seconds,
        "flags": summary.flags,
        "mean_probabilities": None
        if means is None
        else dict(zip(EXPRESSIONS, np.round(means.astype(float), DECIMALS).tolist(), strict=True)),
    }


def _event_as_json(event: Event) -> dict[str, object]:
    return asdict(event)

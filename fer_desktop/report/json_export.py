"""A session as one JSON document. `docs/export.md` is its schema."""

import json
from collections.abc import Iterator
from typing import Final, TextIO

import numpy as np

from fer_desktop.analysis.attendance import AttendanceRow
from fer_desktop.messages import ENGLISH
from fer_desktop.report.export_series import DECIMALS, Number
from fer_desktop.report.extract import Extract
from fer_desktop.report.session_json import session_as_json
from fer_desktop.storage.values import StudentSummary
from fer_desktop.types import EXPRESSIONS, Event

FORMAT: Final = "fer-desktop session"
VERSION: Final = 1
MOOD_COLUMNS: Final = ("second", "students", "cameras_on", "people", "faces", "mood", *EXPRESSIONS, "attention")
SAMPLE_COLUMNS: Final = (
    "student",
    "second",
    "tile_seen",
    "camera_on",
    "person_seen",
    "face_found",
    "mood",
    *EXPRESSIONS,
    "attention",
)


def write_json(extract: Extract, file: TextIO) -> None:
    """Writes the document row by row; the key `mood` is missing if it is about one student alone."""
    file.write(json.dumps(describe_extract(extract), indent=1, ensure_ascii=False).removesuffix("\n}"))
    export_series = extract.class_series()
    if export_series is not None:
        _write_table(file, "mood", MOOD_COLUMNS, export_series.rows())
    _write_table(file, "samples", SAMPLE_COLUMNS, _sample_rows(extract))
    file.write("\n}\n")


def describe_extract(extract: Extract) -> dict[str, object]:
    """Everything but the seconds, ready for JSON."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "session": session_as_json(extract.session),
        "students": [_student_as_json(each) for each in extract.students],
        "attendance": [_attendance_as_json(row) for row in extract.attendance],
        "events": [_event_as_json(event) for event in extract.events],
    }


def _sample_rows(extract: Extract) -> Iterator[tuple[Number, ...]]:
    for each, export_series in extract.student_series():
        for second, tile, camera, person, face, *reading in export_series.rows():
            there = None if person is None else bool(person)
            yield (each.student, second, bool(tile), bool(camera), there, bool(face), *reading)


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
        "person_seconds": summary.person_seconds,
        "face_seconds": summary.face_seconds,
        "flags": summary.flags,
        "attention": None if summary.attention is None else round(summary.attention, DECIMALS),
        "mean_probabilities": None
        if means is None
        else dict(zip(EXPRESSIONS, np.round(means.astype(float), DECIMALS).tolist(), strict=True)),
    }


def _attendance_as_json(row: AttendanceRow) -> dict[str, object]:
    return {
        "student": row.student,
        "label": row.label,
        "first_second": row.first_second,
        "last_second": row.last_second,
        "view_seconds": row.view_seconds,
        "camera_on_seconds": row.camera_on_seconds,
        "person_seconds": row.person_seconds,
        "on_roster": row.on_roster,
        "left_out": row.excluded,
        "watched_seconds": row.watched_seconds,
        "left_out_seconds": row.excluded_seconds,
    }


def _event_as_json(event: Event) -> dict[str, object]:
    return {
        "kind": event.kind,
        "second": event.second,
        "text": event.text if event.message is None else ENGLISH.render(event.message),
        "student": event.student,
        "flag": event.flag,
        "message": None if event.message is None else json.loads(event.message.to_json()),
    }

"""Exports hold all that is stored of a session, open safely in a spreadsheet, and are never half written."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest

from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.messages import Message, MessageKey, literal
from fer_desktop.ports import PdfDocument
from fer_desktop.report.csv_export import ATTENDANCE_COLUMNS, COLUMNS, guard_cell
from fer_desktop.report.export import export_session, guess_format
from fer_desktop.report.json_export import MOOD_COLUMNS, SAMPLE_COLUMNS
from fer_desktop.storage.store import Store
from fer_desktop.types import EXPRESSIONS, Event, EventKind, ExportFormat, FlagKind
from tests.raising import raises_message
from tests.unit.storage.lessons import new_session, reading, record, record_lesson, seen, unseen


@pytest.fixture
def session(store: Store) -> int:
    flag = Event(EventKind.FLAG_RAISED, 2, "no tile for 2 minutes", 2, FlagKind.AWAY)
    writer = store.begin_session(new_session(course="Physics"))
    attentive = replace(seen(1), attention=0.5)
    writer.record(record(0, [attentive, seen(2)], names=[(1, '=HYPERLINK("http://evil")')]))
    writer.record(record(2, [seen(1), unseen(2)], [flag]))
    writer.add_event(Event(EventKind.BOOKMARK, 2, 'a "good", long question'))
    writer.add_event(Event(EventKind.CAPTURE_LOST, 5, "the window is gone"))
    writer.close()
    return writer.session_id


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_json(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    return document


def test_csv_has_a_row_a_second_for_the_class_and_for_each_student(store: Store, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv"
    export_session(store, session, format="csv", path=path)
    rows = read_csv(path)
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["who"], row["second"]) for row in rows] == [
        ("Class", "0"),
        ("Class", "2"),
        ("Class", "5"),
        ('\'=HYPERLINK("http://evil")', "0"),
        ('\'=HYPERLINK("http://evil")', "2"),
        ("Student 2", "0"),
        ("Student 2", "2"),
    ]
    first, second, lost = rows[:3]
    assert (first["tiles"], first["cameras_on"], first["faces"]) == ("2", "2", "2")
    assert (second["tiles"], second["cameras_on"], second["faces"]) == ("2", "1", "1")
    assert second["events"] == 'bookmark: a "good", long question'
    assert (lost["events"], lost["faces"], lost["happy"]) == ("capture_lost: the window is gone", "", "")


def test_csv_has_numbers_as_numbers_and_gaps_where_nothing_was_read(store: Store, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv"
    export_session(store, session, format="csv", path=path)
    one, unread = read_csv(path)[3], read_csv(path)[6]
    np.testing.assert_allclose([float(one[name]) for name in EXPRESSIONS], reading(1), atol=1e-4)
    assert (one["attention"], unread["attention"]) == ("0.5", "")
    assert -1 <= float(one["mood"]) <= 1
    assert (unread["tiles"], unread["cameras_on"], unread["mood"], unread["neutral"]) == ("1", "0", "", "")
    assert unread["events"] == "flag_raised away: no tile for 2 minutes"


def test_csv_has_the_local_time(store: Store, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv"
    export_session(store, session, format="csv", path=path)
    began = store.session(session).started_at.astimezone()
    assert read_csv(path)[1]["local_time"] == f"{began:%Y-%m-%d %H:%M}:02"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", "＝1+1"])
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(text: str) -> None:
    assert guard_cell(text) == f"'{text}"


def test_nor_does_one_that_parts_its_cells_at_semicolons_run_it() -> None:
    assert guard_cell("Ada;=cmd|' /C calc'!A0; +1; x") == "Ada;'=cmd|' /C calc'!A0; '+1; x"


@pytest.mark.parametrize("text", ["", "Student 1", "Zoë", "1 = 1", "' =1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert guard_cell(text) == text


def test_json_holds_everything(store: Store, session: int, tmp_path: Path) -> None:
    path = tmp_path / "lesson.json"
    export_session(store, session, format="json", path=path)
    document = read_json(path)
    assert list(document) == [
        "format",
        "version",
        "session",
        "students",
        "attendance",
        "events",
        "mood",
        "samples",
    ]
    assert document["session"]["started_at"] == "2026-11-02T09:30:00+00:00"
    assert document["session"]["course"] == "Physics"
    assert [each["student"] for each in document["students"]] == [1, 2]
    assert [each["name"] for each in document["students"]] == ['=HYPERLINK("http://evil")', None]
    assert document["attendance"][1] == {
        "student": 2,
        "label": "Student 2",
        "first_second": 0,
        "last_second": 2,
        "view_seconds": 2,
        "camera_on_seconds": 1,
        "person_seconds": 1,
        "on_roster": None,
        "left_out": False,
        "watched_seconds": 2,
        "left_out_seconds": 0,
    }
    assert list(document["students"][0]["mean_probabilities"]) == list(EXPRESSIONS)
    assert {
        "kind": "flag_raised",
        "second": 2,
        "text": "no tile for 2 minutes",
        "student": 2,
        "flag": "away",
        "message": {"key": "literal", "text": "no tile for 2 minutes"},
    } in document["events"]
    assert document["mood"]["columns"] == list(MOOD_COLUMNS)
    assert [row[:5] for row in document["mood"]["rows"]] == [[0, 2, 2, 2, 2], [2, 2, 1, 1, 1]]
    assert document["samples"]["columns"] == list(SAMPLE_COLUMNS)
    rows = {tuple(row[:2]): row[2:] for row in document["samples"]["rows"]}
    assert sorted(rows) == [(1, 0), (1, 2), (2, 0), (2, 2)]
    assert rows[2, 2] == [True, False, False, False, *[None] * 9]
    np.testing.assert_allclose(rows[1, 0][5:-1], reading(1), atol=1e-4)
    assert rows[1, 0][-1] == 0.5


def test_an_empty_session_exports_too(store: Store, tmp_path: Path) -> None:
    empty = record_lesson(store, [])
    export_session(store, empty, format="json", path=tmp_path / "a.json")
    export_session(store, empty, format="csv", path=tmp_path / "a.csv")
    assert read_json(tmp_path / "a.json")["samples"]["rows"] == []
    assert read_csv(tmp_path / "a.csv") == []


def test_one_student_can_be_handed_what_is_known_of_them_alone(store: Store, session: int, tmp_path: Path) -> None:
    export_session(store, session, format="csv", path=tmp_path / "two.csv", student=2)
    assert {row["who"] for row in read_csv(tmp_path / "two.csv")} == {"Student 2"}
    export_session(store, session, format="json", path=tmp_path / "two.json", student=2)
    document = read_json(tmp_path / "two.json")
    assert "mood" not in document
    assert {row[0] for row in document["samples"]["rows"]} == {2}
    assert {each["student"] for each in document["events"]} == {2}
    assert "evil" not in (tmp_path / "two.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("format", ["csv", "json", "parquet"])
def test_a_file_is_for_its_owner_only_and_replaces_the_old_one_at_one_stroke(
    store: Store, session: int, tmp_path: Path, format: ExportFormat
) -> None:
    if format == "parquet":
        pytest.importorskip("pyarrow", reason="Parquet needs the package pyarrow, which few need")
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "lesson"
    path.write_text("old")
    path.chmod(0o644)
    with raises_message(StorageError, MessageKey.NO_SESSION):
        export_session(store, session + 1, format=format, path=path)
    with raises_message(StorageError, MessageKey.NO_STUDENT):
        export_session(store, session, format=format, path=path, student=77)
    assert path.read_text() == "old"
    export_session(store, session, format=format, path=path)
    assert path.read_bytes() != b"old"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(folder.iterdir()) == [path]


def test_a_path_that_cannot_be_written_is_reported(store: Store, session: int, tmp_path: Path) -> None:
    with raises_message(StorageError, MessageKey.EXPORT_FOLDER_MISSING):
        export_session(store, session, format="csv", path=tmp_path / "nowhere" / "a.csv")
    with raises_message(StorageError, MessageKey.EXPORT_TO_FOLDER):
        export_session(store, session, format="csv", path=tmp_path)
    with raises_message(StorageError, MessageKey.EXPORT_NOT_WRITTEN):
        export_session(store, session, format="csv", path=tmp_path / "lessons.sqlite" / "a.csv")


def test_a_device_is_not_replaced_by_a_file(store: Store, session: int) -> None:
    with raises_message(StorageError, MessageKey.EXPORT_NOT_WRITTEN, path="/dev/null"):
        export_session(store, session, format="csv", path=Path("/dev/null"))
    assert Path("/dev/null").is_char_device()


def test_the_attendance_is_a_table_of_its_own(store: Store, session: int, tmp_path: Path) -> None:
    store.set_roster("Physics", ["Zoë Kim", "+Adil"])
    store.rename_student(session, 2, "zoe kim")
    path = tmp_path / "attendance.csv"
    export_session(store, session, format="csv", path=path, part="attendance")
    rows = read_csv(path)
    assert list(rows[0]) == list(ATTENDANCE_COLUMNS)
    began = f"{store.session(session).started_at.astimezone():%Y-%m-%d %H:%M}"
    assert [tuple(row.values()) for row in rows] == [
        ("1", '\'=HYPERLINK("http://evil")', "no", f"{began}:00", f"{began}:02", "2", "1.0", "2", "2", "0", ""),
        ("2", "zoe kim", "yes", f"{began}:00", f"{began}:02", "2", "1.0", "1", "1", "0", ""),
        ("", "'+Adil", "yes", "", "", "", "", "", "", "", "not in this record"),
    ]
    export_session(store, session, format="csv", path=path, part="attendance", student=2)
    assert [row["student"] for row in read_csv(path)] == ["2"]


def test_excluded_and_erased_students_have_no_figures(store: Store, tmp_path: Path) -> None:
    store.set_roster("Physics", ["Ann Lee", "Bob Ray", "Cem Tor"])
    names = [(1, "Ann Lee"), (2, "Bob Ray"), (3, "Cem Tor")]
    excluded = Event(EventKind.STUDENT_EXCLUDED, 1, student=2)
    lesson = [record(0, [seen(1), seen(2), seen(3)], names=names), record(1, [seen(1), seen(3)], [excluded])]
    session = record_lesson(store, lesson, new_session(course="Physics"))
    store.erase_student(session, 3)
    export_session(store, session, format="csv", path=tmp_path / "a.csv", part="attendance")
    ann, bob, cem = read_csv(tmp_path / "a.csv")
    assert ann["remark"] == ""
    figures = [name for name in ATTENDANCE_COLUMNS if "seen" in name or "view" in name or "seconds" in name]
    assert [bob[name] for name in figures] == [cem[name] for name in figures] == [""] * 7
    assert (bob["name"], bob["on_roster"], bob["remark"]) == ("Bob Ray", "yes", "left out")
    assert (cem["student"], cem["name"], cem["remark"]) == ("", "Cem Tor", "not in this record")
    export_session(store, session, format="json", path=tmp_path / "a.json")
    bob, cem = read_json(tmp_path / "a.json")["attendance"][1:]
    assert (bob["left_out"], bob["view_seconds"], bob["first_second"]) == (True, None, None)
    assert (cem["student"], cem["left_out"], cem["view_seconds"]) == (None, False, None)


def test_a_student_excluded_for_a_while_was_not_absent_meanwhile(store: Store, tmp_path: Path) -> None:
    events = [Event(EventKind.STUDENT_EXCLUDED, 1, student=2), Event(EventKind.STUDENT_INCLUDED, 3, student=2)]
    lesson = [record(n, [seen(1), *([] if n in (1, 2) else [seen(2)])], events if n == 3 else ()) for n in range(5)]
    session = record_lesson(store, lesson)
    export_session(store, session, format="csv", path=tmp_path / "a.csv", part="attendance")
    cells = [
        (row["in_view_seconds"], row["in_view_share"], row["left_out_seconds"], row["remark"])
        for row in read_csv(tmp_path / "a.csv")
    ]
    assert cells == [("5", "1.0", "0", ""), ("3", "1.0", "2", "")]
    export_session(store, session, format="json", path=tmp_path / "a.json")
    rows = read_json(tmp_path / "a.json")["attendance"]
    assert [(row["watched_seconds"], row["left_out_seconds"]) for row in rows] == [(5, 0), (3, 2)]


def test_class_totals_export_no_name(store: Store, tmp_path: Path) -> None:
    store.set_roster("Physics", ["Ann Lee"])
    lesson = [record(0, [seen(student) for student in range(1, 7)])]
    session = record_lesson(store, lesson, new_session(course="Physics", aggregate_only=True))
    export_session(store, session, format="json", path=tmp_path / "a.json")
    assert read_json(tmp_path / "a.json")["attendance"] == []
    export_session(store, session, format="csv", path=tmp_path / "a.csv")
    assert not any("Ann Lee" in (tmp_path / name).read_text() for name in ("a.csv", "a.json"))


def test_attendance_is_refused_if_there_is_none(store: Store, session: int, tmp_path: Path) -> None:
    whole = record_lesson(store, [record(0, [seen(1)])], new_session(aggregate_only=True))
    with raises_message(StorageError, MessageKey.NO_ATTENDANCE):
        export_session(store, whole, format="csv", path=tmp_path / "a.csv", part="attendance")
    with raises_message(SettingsError, MessageKey.EXPORT_PART_NOT_CSV):
        export_session(store, session, format="json", path=tmp_path / "a.json", part="attendance")


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.CSV", "a.json", "lesson.2.parquet"])
def test_the_ending_of_a_file_names_its_format(name: str) -> None:
    assert guess_format(Path(name)) == name.rpartition(".")[2].lower()


@pytest.mark.parametrize("name", ["lesson", "lesson.xlsx", "pdf", ".html"])
def test_an_unknown_ending_is_reported(name: str) -> None:
    with raises_message(SettingsError, MessageKey.EXPORT_FORMAT_UNKNOWN, endings=".html, .pdf, .csv, .json, .parquet"):
        guess_format(Path(name))


def test_what_does_not_go_together_is_refused_before_a_file_is_made(store: Store, session: int, tmp_path: Path) -> None:
    path = tmp_path / "out"
    with raises_message(SettingsError, MessageKey.REPORT_OF_STUDENT):
        export_session(store, session, format="html", path=path, student=1)
    with raises_message(SettingsError, MessageKey.STUDENT_WITHOUT_STUDENTS):
        export_session(store, session, format="csv", path=path, student=1, individuals=False)
    with raises_message(SettingsError, MessageKey.ATTENDANCE_WITHOUT_STUDENTS):
        export_session(store, session, format="csv", path=path, part="attendance", individuals=False)
    with raises_message(SettingsError, MessageKey.PDF_UNAVAILABLE):
        export_session(store, session, format="pdf", path=path)
    assert not path.exists()


def test_a_pdf_is_drawn_by_the_given_writer(store: Store, session: int, tmp_path: Path) -> None:
    def draw(document: PdfDocument, file: BinaryIO) -> None:
        file.write(f"pages of {document.title}".encode())

    path = tmp_path / "a.pdf"
    export_session(store, session, format="pdf", path=path, write_pdf=draw)
    assert path.read_bytes().startswith(b"pages of Physics, ")
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_individuals_data_holds_the_class_only(store: Store, tmp_path: Path) -> None:
    notes = [
        Event(EventKind.BOOKMARK, 1, "Ann Lee asked"),
        Event(EventKind.NOTE, 1, "sleepy", 1),
        Event(EventKind.FLAG_RAISED, 1, "no tile", 2, FlagKind.AWAY),
        Event(EventKind.FLAG_RAISED, 1, "the mood fell", None, FlagKind.CLASS_DROP),
    ]
    lesson = [record(n, [seen(student) for student in range(1, 8 - 3 * n)], notes if n == 1 else ()) for n in range(2)]
    lesson[0] = replace(lesson[0], names=((1, "Ann Lee"),))
    session = record_lesson(store, lesson, new_session(course="Physics"))
    export_session(store, session, format="json", path=tmp_path / "a.json", individuals=False)
    document = read_json(tmp_path / "a.json")
    assert [row[:4] for row in document["mood"]["rows"]] == [[0, 7, 7, 7]]  # the other second has four faces
    assert [document[key] for key in ("students", "attendance")] == [[], []]
    assert document["samples"]["rows"] == []
    assert [each["text"] for each in document["events"]] == ["a student asked", "the mood fell"]
    assert (document["session"]["aggregate_only"], document["session"]["students"]) == (True, 7)
    assert (document["session"]["seconds"], document["session"]["watched_seconds"]) == (2, 1)
    assert document["session"]["flags"] == 1, "those of the class, as the schema says"
    export_session(store, session, format="csv", path=tmp_path / "a.csv", individuals=False)
    assert [(row["who"], row["second"], row["faces"]) for row in read_csv(tmp_path / "a.csv")] == [
        ("Class", "0", "7"),
        ("Class", "1", ""),
    ]
    for name in ("a.csv", "a.json"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert not any(word in text for word in ("Ann", "Lee", "Student", "sleepy"))


def test_without_individuals_attention_covers_five_students_at_least(store: Store, tmp_path: Path) -> None:
    class_of_six = [seen(student) for student in range(1, 7)]
    lesson = []
    for second, attending in ((0, 1), (1, 5)):  # in the first second the index of the class is one student's
        students = [replace(each, attention=0.25) for each in class_of_six[:attending]] + class_of_six[attending:]
        made = record(second, students)
        lesson.append(replace(made, mood=replace(made.mood, attention=0.25)))
    session = record_lesson(store, lesson)
    for individuals, expected in ((True, ["0.25", "0.25"]), (False, ["", "0.25"])):
        export_session(store, session, format="csv", path=tmp_path / "a.csv", individuals=individuals)
        assert [row["attention"] for row in read_csv(tmp_path / "a.csv") if row["who"] == "Class"] == expected


def test_without_individuals_expressions_are_of_five_students_at_least(store: Store, tmp_path: Path) -> None:
    class_of_six = [seen(student) for student in range(1, 7)]
    lesson = []
    for second, read in ((0, 4), (1, 5)):  # all six faces are found in both seconds
        students = class_of_six[:read] + [replace(each, probabilities=None) for each in class_of_six[read:]]
        lesson.append(record(second, students))
    session = record_lesson(store, lesson)
    for individuals, expected in ((True, [True, True]), (False, [False, True])):
        export_session(store, session, format="csv", path=tmp_path / "a.csv", individuals=individuals)
        rows = [row for row in read_csv(tmp_path / "a.csv") if row["who"] == "Class"]
        assert [row["faces"] for row in rows] == ["6", "6"]
        assert [bool(row["mood"]) for row in rows] == [bool(row["happy"]) for row in rows] == expected


def test_a_report_is_written_as_a_file_for_its_owner(store: Store, session: int, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    export_session(store, session, format="html", path=path)
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert path.stat().st_mode & 0o777 == 0o600


def test_without_individuals_no_message_holds_a_name_either(store: Store, tmp_path: Path) -> None:
    covered = Message(MessageKey.WINDOW_COVERED, program="Chat with Ann Lee")
    events = [
        Event(EventKind.CAPTURE_LOST, 0, message=covered),
        Event(EventKind.FAULT, 0, message=Message(MessageKey.RECORDING_STOPPED, error=literal("Ann Lee: disk full"))),
    ]
    lesson = replace(record(0, [seen(student) for student in range(1, 8)], events), names=((1, "Ann Lee"),))
    session = record_lesson(store, [lesson], new_session(course="Physics"))
    for name in ("a.json", "a.csv", "a.html"):
        path = tmp_path / name
        export_session(store, session, format=guess_format(path), path=path, individuals=False)
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in ("Ann", "Lee"))
    assert "Chat with a student covers" in (tmp_path / "a.html").read_text(encoding="utf-8")

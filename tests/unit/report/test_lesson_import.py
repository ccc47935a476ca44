"""An exported lesson is taken in whole, once, and under the rules of the computer that takes it in."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fer_desktop.errors import DataError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.report.export import export_session
from fer_desktop.report.lesson_import import Imported, import_lesson
from fer_desktop.settings import Settings
from fer_desktop.storage.entries import Entry
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import ClockReading, Event, EventKind, FlagKind
from tests.raising import raises_message
from tests.unit.storage.lessons import BEGAN, new_session, record, seen, unseen

NOW = BEGAN + timedelta(days=1)
NAMES = Settings(names_allowed=True)
FLAG = Message(MessageKey.CAMERA_OFF, lasted_s=130)
Document = dict[str, Any]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Store]:
    """The database that takes lessons in; `store` is the one that they come from."""
    with open_store(str(tmp_path / "here.sqlite")) as opened:
        yield opened


@pytest.fixture
def exported(store: Store, tmp_path: Path) -> Path:
    session = replace(new_session(course="Physics"), place="IN", model="fernet 2")
    writer = store.begin_session(session)
    writer.note_clock(ClockReading(0, BEGAN))
    for second in range(9):
        students = [replace(seen(1), attention=0.5), unseen(2), *map(seen, range(3, 8))]
        writer.record(record(second, students, names=[(1, "Zoë Kim")] if second == 0 else []))
    writer.add_event(Event(EventKind.BOOKMARK, 2, "a good question"))
    writer.add_event(Event(EventKind.FLAG_RAISED, 3, student=2, flag=FlagKind.CAMERA_OFF, message=FLAG))
    writer.close()
    return export(store, writer.session_id, tmp_path / "lesson.json")


def export(store: Store, session: int, path: Path) -> Path:
    export_session(store, session, format="json", path=path)
    return path


def read(path: Path) -> Document:
    document: Document = json.loads(path.read_text(encoding="utf-8"))
    return document


def change(path: Path, edit: Callable[[Document], object]) -> Path:
    document = read(path)
    edit(document)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def flags_of_expressions(document: Document) -> list[Document]:
    """Each of a student or the class, as it was raised, cleared and dismissed."""
    known = next(event for event in document["events"] if event["flag"])
    students = {"negative": 1, "drowsy": 3, "class_drop": None}
    kinds = ("flag_raised", "flag_cleared", "flag_raised", "flag_dismissed")
    return [known | {"kind": kind, "flag": flag, "student": students[flag]} for flag in students for kind in kinds]


def take_in(store: Store, path: Path, settings: Settings = NAMES) -> Imported:
    return import_lesson(store, path, settings, now=NOW)


def test_what_was_exported_is_exported_again_the_same(here: Store, exported: Path, tmp_path: Path) -> None:
    imported = take_in(here, exported)
    assert imported.session is not None
    assert imported.left_out == ()
    again = read(export(here, imported.session, tmp_path / "again.json"))
    assert again == read(exported)


def test_a_message_can_be_rendered_in_every_language(here: Store, exported: Path) -> None:
    imported = take_in(here, exported)
    flags = [event for event in here.events(imported.session or 0) if event.kind is EventKind.FLAG_RAISED]
    assert [event.message for event in flags] == [FLAG]


def test_an_event_of_an_older_export_keeps_its_words(here: Store, exported: Path) -> None:
    change(exported, lambda document: [event.pop("message") for event in document["events"]])
    events = here.events(take_in(here, exported).session or 0)
    assert [(event.text, event.message) for event in events if event.kind is EventKind.BOOKMARK] == [
        ("a good question", None)
    ]
    assert any(event.message is not None and "camera off" in str(event.message) for event in events)


def test_a_lesson_is_stored_once(here: Store, store: Store, exported: Path) -> None:
    take_in(here, exported)
    assert take_in(here, exported) == Imported(None)
    assert take_in(store, exported) == Imported(None)  # where it was recorded
    assert len(here.list_sessions()) == len(store.list_sessions()) == 1


def test_a_lesson_that_its_age_has_hidden_is_there_but_hidden(here: Store, exported: Path) -> None:
    take_in(here, exported)
    here.purge_expired(here.expired_sessions(1, now=NOW + timedelta(days=1)), now=NOW + timedelta(days=1))
    assert take_in(here, exported) == Imported(None, hidden=True)
    here.restore_purged()
    assert take_in(here, exported) == Imported(None)


def test_a_lesson_without_the_law_of_its_place_loses_its_expressions(here: Store, exported: Path) -> None:
    change(exported, lambda document: document["events"].extend(flags_of_expressions(document)))
    for place in ("DE", "XX", None):
        path = change(exported, lambda document, place=place: document["session"].update(place=place))  # type: ignore[misc]
        imported = take_in(here, path)
        assert imported.left_out == (Message(MessageKey.IMPORT_WITHOUT_EXPRESSIONS),)
        summary = here.session(imported.session or 0)
        assert (summary.expressions_on, summary.mean_mood, summary.model) == (False, None, "")
        assert here.students(summary.id)[0].mean_probabilities is None
        assert here.students(summary.id)[0].attention is None
        assert [event.flag for event in here.events(summary.id)] == [None, FlagKind.CAMERA_OFF]
        here.delete_session(summary.id)


@pytest.mark.parametrize("settings", [Settings(aggregate_only=True), Settings(unconfirmed=("aggregate_only",))])
def test_class_totals_keep_nobody_and_no_small_group(here: Store, exported: Path, settings: Settings) -> None:
    change(exported, lambda document: document["mood"]["rows"][0].__setitem__(4, 4))
    imported = take_in(here, exported, settings)
    assert Message(MessageKey.IMPORT_WITHOUT_STUDENTS) in imported.left_out
    number = imported.session or 0
    assert here.session(number).aggregate_only
    assert here.students(number) == []
    assert [event.student for event in here.events(number)] == [None]
    assert here.mood_series(number).seconds[0] == 1


def test_class_totals_keep_no_attention_of_a_small_group(here: Store, exported: Path) -> None:
    """Of seven faces all are in the mood; the attention of the first second is of four students, of the others five."""

    def leave(document: Document) -> None:
        for row in document["mood"]["rows"]:
            row[-1] = 0.5
        for row in document["samples"]["rows"]:
            student, second = row[:2]
            row[-1] = 0.5 if student <= (4 if second == 0 else 5) else None

    change(exported, leave)
    totals = here.mood_series(take_in(here, exported, Settings(aggregate_only=True)).session or 0)
    assert totals.seconds[:2].tolist() == [0, 1]
    assert np.isnan(totals.attention[0])
    assert totals.attention[1] == 0.5


def test_class_totals_keep_no_expressions_of_a_small_group(here: Store, exported: Path) -> None:
    """In the first second the faces of four students were read, in the others those of five."""

    def leave(document: Document) -> None:
        for row in document["samples"]["rows"]:
            student, second = row[:2]
            if student > (5 if second == 0 else 6):  # the second student is not seen at all
                row[6:-1] = [None] * 8

    change(exported, leave)
    totals = here.mood_series(take_in(here, exported, Settings(aggregate_only=True)).session or 0)
    assert totals.seconds[:2].tolist() == [0, 1]
    assert np.isnan(totals.mood[:2]).tolist() == np.isnan(totals.probabilities[:2, 0]).tolist() == [True, False]


def test_names_are_stored_where_the_settings_keep_names(here: Store, exported: Path) -> None:
    imported = take_in(here, exported, Settings())
    assert imported.left_out == (Message(MessageKey.IMPORT_WITHOUT_NAMES),)
    assert [each.name for each in here.students(imported.session or 0)] == [None] * 7


def test_a_lesson_that_the_settings_would_delete_is_refused(here: Store, exported: Path) -> None:
    with raises_message(DataError, MessageKey.IMPORT_TOO_OLD, days=30):
        import_lesson(here, exported, Settings(retention_days=30), now=BEGAN + timedelta(days=31))
    with raises_message(DataError, MessageKey.IMPORT_IN_FUTURE):
        import_lesson(here, exported, Settings(), now=BEGAN - timedelta(days=1))
    assert here.list_sessions() == []


def test_an_interrupted_lesson_stays_interrupted(here: Store, exported: Path) -> None:
    change(exported, lambda document: document["session"].update(interrupted=True))
    assert here.session(take_in(here, exported).session or 0).interrupted


def test_one_student_alone_is_no_lesson(here: Store, store: Store, exported: Path, tmp_path: Path) -> None:
    number = store.list_sessions()[0].id
    export_session(store, number, format="json", path=tmp_path / "one.json", student=2)
    with raises_message(DataError, MessageKey.IMPORT_OF_STUDENT):
        take_in(here, tmp_path / "one.json")


def test_a_lesson_that_is_being_recorded_is_refused(here: Store, store: Store, tmp_path: Path) -> None:
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)]))
    number = writer.session_id
    path = export(store, number, tmp_path / "open.json")
    writer.close()
    with raises_message(DataError, MessageKey.IMPORT_UNFINISHED):
        take_in(here, path)


@pytest.mark.parametrize("content", [b"", b"\0\xff" * 50, b"second,who\r\n0,Class\r\n", b'{"format": "other"}'])
def test_a_file_that_is_no_lesson_is_refused(here: Store, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lesson.json"
    path.write_bytes(content)
    with raises_message(DataError, MessageKey.IMPORT_NO_LESSON, path=str(path)):
        take_in(here, path)


def test_a_folder_and_a_missing_file_are_refused(here: Store, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json"):
        with raises_message(DataError, MessageKey.IMPORT_UNREADABLE, path=str(path)):
            take_in(here, path)


DAMAGE: dict[str, Callable[[Document], object]] = {
    "a share above 1": lambda document: document["samples"]["rows"][0].__setitem__(7, 1.5),
    "a negative second": lambda document: document["mood"]["rows"][0].__setitem__(0, -1),
    "a second twice": lambda document: document["mood"]["rows"].append(document["mood"]["rows"][0]),
    "a cell too few": lambda document: document["samples"]["rows"][0].pop(),
    "no student": lambda document: document["samples"]["rows"][0].__setitem__(0, 0),
    "a time without its zone": lambda document: document["session"].update(started_at="2026-11-02T09:30:00"),
    "an unknown event": lambda document: document["events"][0].update(kind="explosion"),
    "no samples": lambda document: document.pop("samples"),
    "endless words": lambda document: document["events"][0].update(text="x" * 200_000),
    "half a reading": lambda document: document["samples"]["rows"][0].__setitem__(7, None),
    "a share that is no number": lambda document: document["mood"]["rows"][0].__setitem__(6, float("nan")),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_lesson_is_refused_as_a_whole(here: Store, exported: Path, damage: str) -> None:
    with raises_message(DataError, MessageKey.IMPORT_DAMAGED):
        take_in(here, change(exported, DAMAGE[damage]))
    assert here.list_sessions() == []


def test_a_lesson_that_was_cut_off_is_refused(here: Store, exported: Path) -> None:
    content = exported.read_bytes()
    for length in (250, len(content) // 2, len(content) - 3):
        exported.write_bytes(content[:length])
        with raises_message(DataError, MessageKey.IMPORT_DAMAGED):
            take_in(here, exported)


def test_a_newer_format_is_refused(here: Store, exported: Path) -> None:
    with raises_message(DataError, MessageKey.IMPORT_NEWER):
        take_in(here, change(exported, lambda document: document.update(version=2)))


def test_what_a_lesson_of_older_versions_does_not_know_stays_unknown(
    here: Store, exported: Path, tmp_path: Path
) -> None:
    def forget_people(document: Document) -> None:
        for row in document["mood"]["rows"]:
            row[3] = None
        for row in document["samples"]["rows"]:
            row[4] = None

    imported = take_in(here, change(exported, forget_people))
    again = read(export(here, imported.session or 0, tmp_path / "again.json"))
    assert again["mood"] == read(exported)["mood"]
    assert again["samples"] == read(exported)["samples"]


def test_nothing_is_stored_where_an_import_ends_in_between(here: Store) -> None:
    def break_off() -> Iterator[Entry]:
        yield from (Entry(seconds=second + 1) for second in range(2_000))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        here.import_session(new_session(), break_off(), interrupted=False)
    assert here.list_sessions() == []


def test_a_long_lesson_is_stored_whole(here: Store) -> None:
    entries = (Entry(seconds=second + 1, events=()) for second in range(1_300))
    stored = here.import_session(new_session(), entries, interrupted=False)
    assert here.session(stored.session or 0).seconds == 1_300

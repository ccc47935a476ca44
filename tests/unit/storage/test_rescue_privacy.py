"""A rescue file holds no more than the lesson may store, and goes when that is deleted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import new_session, reading, record, seen, wait_until
from tests.unit.storage.rescues import BOOKMARK, lines_of, locked, record_into_locked, rescue_files

pytestmark = pytest.mark.usefixtures("short_waits")


def test_a_deleted_session_takes_its_rescue_files_with_it(store: Store, database_path: Path) -> None:
    session = record_into_locked(store, database_path)
    store.delete_session(session)
    assert rescue_files() == []


@pytest.mark.parametrize("delete", ["delete_session", "erase_student", "rename_student", "delete_annotation"])
def test_every_deletion_takes_damaged_rescue_files_and_logs_that_were_set_aside_with_it(
    store: Store, database_path: Path, delete: str
) -> None:
    """They cannot be taken in any more, and may hold what is deleted."""
    session = record_into_locked(store, database_path)
    (file,) = rescue_files()
    damaged = file.rename(file.with_name(f"{file.name}.damaged"))
    aside = database_path.with_name(f"{database_path.name}-wal.set-aside-2026-11-02T10-00-00-000000")
    aside.write_bytes(b"Ann")
    writer = store.begin_session(new_session())
    writer.record(record(0, [seen(1)], [BOOKMARK], [(1, "Ann")]))
    writer.close()
    other = writer.session_id
    ways: dict[str, Callable[[], object]] = {
        "delete_session": lambda: store.delete_session(session),
        "erase_student": lambda: store.erase_student(other, 1),
        "rename_student": lambda: store.rename_student(other, 1, None),
        "delete_annotation": lambda: store.delete_annotation(other, store.events(other)[0].id or 0),
    }
    ways[delete]()
    assert [path for path in (damaged, aside) if path.exists()] == []


def test_the_rescue_file_of_class_totals_names_nobody(store: Store, database_path: Path) -> None:
    with locked(database_path):
        writer = store.begin_session(new_session(aggregate_only=True))
        writer.record(record(0, [seen(n) for n in range(1, 4)], names=[(1, "Ann")]))
        writer.record(record(1, [seen(n) for n in range(1, 7)], [Event(EventKind.NOTE, 1, "Ann's note", 1)]))
        writer.close()
    (file,) = rescue_files()
    assert "Ann" not in file.read_text(encoding="utf-8")
    _, first, second, _ = lines_of(file)
    assert (first["mood"], first["samples"], second["samples"]) == (None, [], [])
    assert second["mood"]["faces"] == 6


def test_the_rescue_file_of_a_session_without_expressions_has_none(store: Store, database_path: Path) -> None:
    with locked(database_path):
        writer = store.begin_session(new_session(expressions_on=False))
        writer.record(record(0, [seen(1)]))
        writer.close()
    (file,) = rescue_files()
    _, entry, _ = lines_of(file)
    assert {entry["mood"]["happy"], entry["samples"][0]["happy"], entry["samples"][0]["attention"]} == {None}


@pytest.mark.usefixtures("spill_at_once")
def test_an_erased_student_is_in_no_rescue_file(store: Store, url: str, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1), seen(4)], [Event(EventKind.NOTE, 0, "of Bob", 4)], names=[(4, "Bob")]))
        wait_until(lambda: writer.kept.rescued == 1)
        writer.record(record(1, [seen(1), seen(5)], names=[(5, "Bobby")]))
        writer.merge_students(5, 4)
        writer.erase_student(4)
        writer.close()
    for file in rescue_files():
        assert "Bob" not in file.read_text(encoding="utf-8")
        for line in lines_of(file)[1:-1]:
            assert {sample["student"] for sample in line.get("samples", [])} <= {1}
    with open_store(url) as again:
        series = again.mood_series(writer.session_id)
        assert series.students.tolist() == [1, 1]
        assert abs(series.probabilities[0] - reading(1)).max() < 1e-4


@pytest.mark.usefixtures("spill_at_once")
def test_who_is_erased_since_a_second_is_in_the_rescue_files_up_to_it(
    store: Store, url: str, database_path: Path
) -> None:
    notes = [Event(EventKind.STUDENT_EXCLUDED, 1, student=4), Event(EventKind.NOTE, 1, "slept well", 4)]
    writer = store.begin_session(new_session())
    with locked(database_path):
        writer.record(record(0, [seen(1), seen(4)], [Event(EventKind.NOTE, 0, "early", 4)], names=[(4, "Bob")]))
        wait_until(lambda: writer.kept.rescued == 1)
        writer.record(record(1, [seen(1), seen(4)], notes))
        writer.erase_student(4, since=1)
        writer.close()
    for file in rescue_files():
        samples = [sample for line in lines_of(file)[1:-1] for sample in line.get("samples", [])]
        assert (4, 1) not in [(sample["student"], sample["second"]) for sample in samples]
        assert "slept well" not in file.read_text(encoding="utf-8")
    with open_store(url) as again:
        session = writer.session_id
        assert again.student_series(session, 4).seconds.tolist() == [0]
        assert [event.text or event.kind for event in again.events(session)] == ["early", EventKind.STUDENT_EXCLUDED]
        assert again.mood_series(session).students.tolist() == [2, 1]
        assert [each.name for each in again.students(session)] == [None, "Bob"]

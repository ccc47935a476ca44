"""What a session must not store does not reach the disk."""

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.errors import StorageError
from fer_desktop.settings import Settings, save_settings
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import Event, EventKind, FlagKind
from tests.unit.storage.lessons import new_session, record, record_lesson, seen


def count_rows(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()


def test_an_aggregate_only_session_has_no_row_of_a_single_student(store: Store, database_path: Path) -> None:
    writer = store.begin_session(new_session(aggregate_only=True))
    flag = Event(EventKind.FLAG_RAISED, 0, "Student 2 has been away", 2, FlagKind.AWAY)
    excluded = Event(EventKind.STUDENT_EXCLUDED, 0, "", 3)
    writer.record(record(0, [seen(student) for student in range(1, 8)], [flag, excluded], [(1, "Ann")]))
    writer.add_event(flag)
    writer.add_event(Event(EventKind.BOOKMARK, 0, "kept"))
    writer.merge_students(2, 1)
    writer.close()

    assert count_rows(database_path, "students") == 0
    assert count_rows(database_path, "samples") == 0
    assert [event.text for event in store.events(writer.session_id)] == ["kept"]
    assert store.students(writer.session_id) == []
    assert store.session(writer.session_id).students == 7


def test_an_aggregate_only_session_keeps_the_mood_of_five_faces_or_more(store: Store) -> None:
    lesson = [
        record(second, [seen(student) for student in range(1, faces + 1)]) for second, faces in enumerate([4, 5, 6])
    ]
    session = record_lesson(store, lesson, new_session(aggregate_only=True))
    series = store.mood_series(session)
    assert series.seconds.tolist() == [1, 2]
    assert series.faces.tolist() == [5, 6]
    assert store.session(session).seconds == 3


def test_where_expressions_are_off_none_is_stored(store: Store) -> None:
    flags = [Event(EventKind.FLAG_RAISED, 0, student=1, flag=flag) for flag in FlagKind]
    session = record_lesson(store, [record(0, [seen(1)], flags)], new_session(expressions_on=False))
    assert np.isnan(store.mood_series(session).probabilities).all()
    assert np.isnan(store.student_series(session, 1).probabilities).all()
    assert store.student_series(session, 1).face_found.all()
    assert store.session(session).mean_mood is None
    assert [event.flag for event in store.events(session)] == [FlagKind.AWAY, FlagKind.CAMERA_OFF]


def mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_database_that_others_could_read_is_made_private_with_all_beside_it(
    store: Store, database_path: Path
) -> None:
    store.close()
    backup = database_path.with_name(f"{database_path.name}.before-upgrade-of-0001.backup")
    files = [database_path, *(database_path.with_name(f"{database_path.name}-{log}") for log in ("wal", "shm")), backup]
    for path in files:
        path.touch()
        path.chmod(0o666)
    database_path.parent.chmod(0o755)
    with open_store(str(database_path)):
        assert {mode_of(path) for path in files if path.exists()} == {0o600}
    assert mode_of(database_path.parent) == 0o755, "the folder is the user's"


def test_the_folders_of_the_program_are_private(own_home: Path) -> None:
    for folder in ("data", "config"):
        (own_home / folder).mkdir(mode=0o755)
    open_store().close()
    save_settings(Settings())
    assert mode_of(own_home / "data") == mode_of(own_home / "config") == 0o700


def test_what_a_killed_upgrade_left_is_deleted_at_the_next_start(store: Store, database_path: Path) -> None:
    part = database_path.with_name(f"{database_path.name}.before-upgrade-of-0001.backup.part")
    part.write_text("Ann")
    open_store(str(database_path)).close()
    assert part.exists(), "it may be being written"
    os.utime(part, (0, 0))
    open_store(str(database_path)).close()
    assert not part.exists()


@pytest.mark.parametrize(
    "url", ["postgresql+nodriver:///lessons?password=hush", "postgresql:/ann:hush@school/lessons", "sqlite:hush@a/b.db"]
)
def test_no_error_shows_a_password(url: str) -> None:
    with pytest.raises(StorageError) as raised:
        open_store(url)
    assert "hush" not in str(raised.value)

"""What the computer's clock showed is stored with a session, so that each second has its true local time."""

import csv
import json
import shutil
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from fer_desktop.report.export import export_session
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.migrate import MIGRATIONS
from fer_desktop.storage.store import Store, open_store
from fer_desktop.types import ClockReading, Event, EventKind
from tests.unit.storage.lessons import BEGAN, new_session, record, seen

WINTER, SUMMER = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
BEFORE = ClockReading(0, BEGAN.astimezone(SUMMER))
AFTER = ClockReading(5, (BEGAN + timedelta(seconds=5)).astimezone(WINTER))
"""Summer time ends at second 5."""


def record_through_a_change(store: Store) -> int:
    writer = store.begin_session(new_session())
    writer.note_clock(BEFORE)
    for second in range(5):
        writer.record(record(second, [seen(1)]))
    writer.note_clock(AFTER)
    for second in range(5, 9):
        writer.record(record(second, [seen(1)]))
    writer.add_event(Event(EventKind.BOOKMARK, 8, "after"))
    writer.close()
    assert writer.fault is None
    return writer.session_id


def test_each_second_has_the_local_time_of_the_last_reading_before_it(store: Store) -> None:
    session = store.session(record_through_a_change(store))
    assert session.clock == (BEFORE, AFTER)
    assert f"{session.local_time(4):%H:%M:%S}" == "11:30:04"
    assert f"{session.local_time(5):%H:%M:%S}" == "10:30:05"
    assert f"{session.local_time(8):%H:%M:%S}" == "10:30:08"


def test_a_later_reading_of_the_same_second_replaces_the_first(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.note_clock(BEFORE)
    writer.note_clock(ClockReading(0, AFTER.at))
    writer.record(record(0, [seen(1)]))
    writer.close()
    assert writer.fault is None
    assert store.session(writer.session_id).clock == (ClockReading(0, AFTER.at),)


def test_a_session_ends_when_the_clock_says_so(store: Store) -> None:
    writer = store.begin_session(new_session())
    writer.note_clock(ClockReading(0, BEGAN))
    writer.record(record(0, [seen(1)]))
    writer.note_clock(ClockReading(1, BEGAN + timedelta(hours=3)))
    writer.record(record(1, [seen(1)]))
    writer.close()
    session = store.session(writer.session_id)
    assert session.ended_at == BEGAN + timedelta(hours=3, seconds=1)
    assert store.expired_sessions(30, now=BEGAN + timedelta(hours=1)).clock.name == "BEHIND"


def test_exports_have_the_local_time_of_each_second(store: Store, tmp_path: Path) -> None:
    session = record_through_a_change(store)
    export_session(store, session, format="csv", path=tmp_path / "lesson.csv")
    with (tmp_path / "lesson.csv").open(newline="", encoding="utf-8") as file:
        times = [row["local_time"] for row in csv.DictReader(file) if row["who"] == "Class"]
    assert times[4:6] == ["2026-11-02 11:30:04", "2026-11-02 10:30:05"]

    export_session(store, session, format="json", path=tmp_path / "lesson.json")
    document = json.loads((tmp_path / "lesson.json").read_text(encoding="utf-8"))
    assert document["session"]["clock"] == [
        {"second": 0, "at": "2026-11-02T11:30:00+02:00"},
        {"second": 5, "at": "2026-11-02T10:30:05+01:00"},
    ]

    export_session(store, session, format="html", path=tmp_path / "lesson.html")
    page = (tmp_path / "lesson.html").read_text(encoding="utf-8")
    assert "11:30 to 10:30" in page
    assert "<td>10:30</td>" in page


def test_parquet_has_the_time_of_each_second(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    writer = store.begin_session(new_session())
    writer.note_clock(ClockReading(0, BEGAN))
    writer.note_clock(ClockReading(1, BEGAN + timedelta(hours=1)))
    for second in range(2):
        writer.record(record(second, [seen(1)]))
    writer.close()
    export_session(store, writer.session_id, format="parquet", path=tmp_path / "lesson.parquet")
    times = parquet.read_table(tmp_path / "lesson.parquet").column("time").to_pylist()
    assert times[:2] == [BEGAN, BEGAN + timedelta(hours=1)]


def test_a_rescue_file_keeps_the_clock(store: Store, url: str, database_path: Path) -> None:
    writer = store.begin_session(new_session())
    blocker = sqlite3.connect(database_path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    writer.note_clock(AFTER)
    writer.record(record(5, [seen(1)]))
    writer.close()
    blocker.close()
    assert writer.kept.rescued == 1
    with open_store(url) as later:
        assert later.session(writer.session_id).clock == (AFTER,)


def test_deleting_a_session_deletes_its_clock(store: Store, database_path: Path) -> None:
    store.delete_session(record_through_a_change(store))
    store.close()
    with sqlite3.connect(database_path) as connection:
        assert connection.execute("SELECT count(*) FROM clock_readings").fetchall() == [(0,)]


def test_a_reading_needs_an_offset() -> None:
    with pytest.raises(ValueError, match="UTC offset"):
        ClockReading(0, datetime(2026, 11, 2))


def test_the_revision_can_be_turned_back_and_sessions_keep_their_computed_times(
    store: Store, url: str, database_path: Path, tmp_path: Path
) -> None:
    session = record_through_a_change(store)
    store.close()
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with connect_database(url).write() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
    shutil.copy(database_path, tmp_path / "of_before.sqlite")
    with open_store(str(tmp_path / "of_before.sqlite")) as upgraded:
        assert upgraded.session(session).clock == ()
        assert upgraded.session(session).local_time(8) == BEGAN + timedelta(seconds=8)
        assert len(upgraded.mood_series(session).seconds) == 9

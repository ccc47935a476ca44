"""The database holds the values that the privacy page names, and has no place for a picture or a face."""

from sqlalchemy import Boolean, DateTime, Integer, SmallInteger, String, Text

from fer_desktop.storage.schema import Base
from fer_desktop.types import EXPRESSIONS

READINGS = {each.value for each in EXPRESSIONS} | {"attention"}
COLUMNS = {
    "sessions": {
        "id", "started_at", "ended_at", "seconds", "interrupted", "source", "course", "simulated", "expressions_on",
        "aggregate_only", "place", "model", "watched_seconds", "most_students", "mean_mood",
        "recording", "entries", "purged_at",
    },
    "students": {"session_id", "student", "name"},
    "samples": {"session_id", "student", "second", "face_found", "camera_on", "tile_seen"}
    | {"person_seen", "unreadable"}
    | READINGS,
    "moods": {"session_id", "second", "faces", "people", "cameras_on", "students"} | READINGS,
    "events": {"id", "session_id", "second", "kind", "student", "flag", "text", "message"},
    "clock_readings": {"session_id", "second", "at", "utc_offset_s"},
    "settlements": {"session_id", "student", "joined_with", "first_second", "seconds", "kept"},
    "late_corrections": {"id", "session_id", "kind", "student", "into", "from_second"},
    "deleted_recordings": {"recording"},
    "rosters": {"course", "position", "name"},
}  # fmt: skip


def test_there_is_a_column_for_nothing_else() -> None:
    assert {name: {column.name for column in table.columns} for name, table in Base.metadata.tables.items()} == COLUMNS


def test_values_are_numbers_times_and_short_texts() -> None:
    allowed = (Boolean, DateTime, Integer, SmallInteger, String, Text)
    for table in Base.metadata.tables.values():
        for column in table.columns:
            assert isinstance(getattr(column.type, "impl_instance", column.type), allowed), column

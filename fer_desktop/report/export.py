"""Writes a session to a CSV or JSON file, whole or not at all, readable by its owner only."""

from pathlib import Path

from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.files import replace_file
from fer_desktop.report.csv_export import write_attendance_csv, write_csv
from fer_desktop.report.json_export import write_json
from fer_desktop.storage.store import Store
from fer_desktop.types import ExportFormat, ExportPart


def export_session(
    store: Store,
    session_id: int,
    *,
    format: ExportFormat,
    path: Path,
    student: int | None = None,
    part: ExportPart = "all",
) -> None:
    """Writes the session, or what is known of one student alone, in place of `path`.

    `part`: "attendance" for a CSV file of who was there. Raises `StorageError`: no such session or student, no
    students stored to tell the attendance of, no such folder, no right to write there, no room.
    """
    if part == "attendance":
        if format != "csv":
            raise SettingsError("only CSV files are written in parts: a JSON file holds the attendance anyway")
        if store.session(session_id).aggregate_only:
            raise StorageError(f"session {session_id} keeps to the class as a whole: it has no attendance")
    whole = {"csv": write_csv, "json": write_json}[format]
    write = write_attendance_csv if part == "attendance" else whole
    if student is not None:
        store.student_series(session_id, student)  # raises where there is none, before a file is made
    if path.is_dir():
        raise StorageError(f"{path} is a folder; name a file in it")
    try:
        with replace_file(path) as file:
            write(store, session_id, file, student)
    except FileNotFoundError as error:
        raise StorageError(f"the folder {path.parent} does not exist; create it or name another one") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be written ({error.strerror}); name another place or make room") from error

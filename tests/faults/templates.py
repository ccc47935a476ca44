"""Folders that scenes begin with, made once, and what is read out of them afterwards."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import inspect

from fer_desktop.settings import save_settings
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.store import open_store
from tests.faults.scenes import DATABASE, first_settings
from tests.unit.storage.lessons import BEGAN, new_session, record, record_lesson, seen

GOLDEN: Final = Path(__file__).resolve().parents[1] / "golden" / "databases"
NAME: Final = "Wilhelmina Quastenflosser"
"""Occurs in the first session of a template alone."""

Rows = dict[str, list[tuple[object, ...]]]


def make_folder(folder: Path) -> Path:
    """Three sessions, of which the first two are old and the first has a name; a roster, settings, an export."""
    folder.mkdir(parents=True)
    (folder / "out").mkdir()
    for ending in ("json", "csv", "parquet", "html"):
        (folder / "out" / f"lesson.{ending}").write_text("what was there before\n")
    (folder / "roster.csv").write_text("Name\nAda Lovelace\nMary Somerville\n")
    settings = folder / "home" / "config" / "settings.json"
    settings.parent.mkdir(parents=True)
    save_settings(first_settings(), settings)
    with open_store(str(folder / DATABASE)) as store:
        for day in (-400, -300, 0):
            names = [(1, NAME)] if day == -400 else []
            lesson = [record(second, [seen(1), seen(2)], names=names if not second else []) for second in range(4)]
            record_lesson(store, lesson, new_session(started_at=BEGAN + timedelta(days=day)))
        store.set_roster("Physics", ["Emmy Noether"])
    return folder


def make_old_folder(folder: Path, schema: str) -> Path:
    """A database that an earlier version wrote."""
    folder.mkdir(parents=True)
    shutil.copy(GOLDEN / f"schema_{schema}.db", folder / DATABASE)
    return folder


def check_integrity(database: Path) -> None:
    """Fails unless SQLite finds the file sound, and no row without the session that it belongs to."""
    with connect_database(str(database)).read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []


def read_rows(database: Path) -> Rows:
    """All rows by table, sorted; the time of a purge is that of the run, so only whether there is one counts."""
    with connect_database(str(database)).read() as connection:
        rows = {
            name: [row._asdict() for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"')]
            for name in sorted(inspect(connection).get_table_names())
        }
    for session in rows.get("sessions", []):
        if "purged_at" in session:
            session["purged_at"] = session["purged_at"] is not None
    return {name: sorted((tuple(row.values()) for row in table), key=repr) for name, table in rows.items()}


def find_text(folder: Path, text: str) -> list[str]:
    """The files of the folder that contain it."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and text.encode() in path.read_bytes()
    )


def stale_files(folder: Path) -> list[str]:
    """Temporary, lock and journal files that nobody needs once nothing runs."""
    endings = (".part", ".lock", "-wal", "-shm", "-journal")
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.name.endswith(endings))

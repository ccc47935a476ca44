"""Killed while a database is encrypted, decrypted or given another key, the program leaves one complete database."""

import os
import shutil
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from fer_desktop.encryption.file_kind import FileKind, look_at, read_salt
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import open_store
from tests.faults.key_scenes import FIRST_KEY, keys
from tests.faults.kills import killed_runs
from tests.faults.running import Stage
from tests.faults.scenes import DATABASE
from tests.faults.templates import NAME, find_text, make_folder, stale_files
from tests.needs import LINUX

pytestmark = LINUX

MOMENTS: Final = 6
"""In the suite; every moment where FER_DESKTOP_EVERY_FAULT is set."""
BACKUP: Final = f"{DATABASE}.before-upgrade-of-0001.backup"
LEFT_OVER: Final = (".converting", ".outdated", ".conversion")


def make_template(folder: Path, key: DatabaseKey | None) -> Path:
    """A database with a name in it, and backups of it: one of before an upgrade, one by date."""
    make_folder(folder)
    path = folder / DATABASE
    shutil.copy(path, folder / BACKUP)
    with open_store(str(path)) as store:
        store.change_key(key)
        store.copies.back_up()
    return folder


def list_dated(folder: Path) -> list[str]:
    """The backups by date."""
    return sorted(str(path.relative_to(folder)) for path in (folder / f"{DATABASE}.backups").glob("*.sqlite"))


def read_content(path: Path, key: DatabaseKey | None) -> dict[str, list[str]]:
    """Every row of every table, with the tables' own definitions, once SQLite finds the file sound."""
    with closing(open_sqlite(path, key=key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        return {sql: [repr(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name, sql in tables}


def key_of(path: Path) -> DatabaseKey | None:
    assert look_at(path) in (FileKind.CLEAR, FileKind.ENCRYPTED)
    return keys(read_salt(path)) if look_at(path) is FileKind.ENCRYPTED else None


def make_parts_stale(folder: Path) -> None:
    """As the next start finds them, a day later."""
    for part in folder.rglob("*.part"):
        os.utime(part, (time.time() - 86_400,) * 2)


@pytest.mark.parametrize(
    ("scene", "first"), [("encrypt", None), ("decrypt", FIRST_KEY), ("give_another_key", FIRST_KEY)]
)
def test_a_killed_change_of_the_key_leaves_one_complete_database_with_its_backups_and_no_clear_copy(
    stage: Stage, tmp_path: Path, scene: str, first: DatabaseKey | None
) -> None:
    template = make_template(tmp_path / "template", first)
    before, dated = read_content(template / DATABASE, first), list_dated(template)
    assert len(dated) == 1
    found: set[DatabaseKey | None] = set()
    for run in killed_runs(stage, f"tests.faults.key_scenes:{scene}", template, tmp_path / "run", most=MOMENTS):
        path = run.folder / DATABASE
        left = key_of(path)
        make_parts_stale(run.folder)
        with open_store(str(path), keys) as store:
            assert store.key == left, run.at
            assert len(store.list_sessions()) == 3, run.at
        found.add(left)
        assert read_content(path, left) == before, run.at
        assert read_content(run.folder / BACKUP, key_of(run.folder / BACKUP)) == before, run.at
        assert key_of(run.folder / BACKUP) == left, run.at
        assert list_dated(run.folder) == (dated if left == first else []), run.at
        clear = [] if left else [DATABASE, BACKUP, *list_dated(run.folder)]
        assert find_text(run.folder, NAME) == sorted(clear), run.at
        assert stale_files(run.folder) == [], run.at
        assert [each.name for each in run.folder.rglob("*") if each.name.endswith(LEFT_OVER)] == [], run.at
        if "done" in run.outcome.said:
            assert left != first
    assert len(found) == 2, "it was killed on one side of the decision only"

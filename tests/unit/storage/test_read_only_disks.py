"""A database with a log, as a killed program leaves it, is read where nothing can be written."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fer_desktop.storage.reading_copies import ReadingCopies
from fer_desktop.storage.store import Store
from fer_desktop.system.files import beside
from tests.unit.storage.lessons import record, record_lesson, seen

ROOT = Path(__file__).resolve().parents[3]

RECORD_AND_DIE = """
import os, sys
from pathlib import Path
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import open_store
from tests.unit.storage.lessons import record, record_lesson, seen
from tests.unit.storage.protected import KEY
if sys.argv[2] == "encrypted":
    with open_store(sys.argv[1]) as store:
        store.change_key(KEY)
store = open_store(sys.argv[1], lambda _: KEY)
reader = open_sqlite(Path(sys.argv[1]), key=store.key)
reader.execute("BEGIN")
reader.execute("SELECT * FROM sessions").fetchall()
record_lesson(store, [record(second, [seen(1)], names=[(1, "Annabella")]) for second in range(4)])
os._exit(0)
"""
READ = """
import os, sys, tempfile
from pathlib import Path
from fer_desktop.errors import StorageError
from fer_desktop.report.export import export_session
from fer_desktop.storage.store import open_store
from tests.unit.storage.protected import KEY
path, output, end = sys.argv[1:]

def find_copies():
    return [found for found in Path(tempfile.gettempdir()).rglob("copy.sqlite*") if found.is_file()]

with open_store(path, lambda _: KEY) as store:
    (lesson,) = store.list_sessions()
    print(lesson.seconds, [student.name for student in store.students(lesson.id)])
    folders = {found.parent for found in find_copies()}
    export_session(store, lesson.id, format="csv", path=Path(output))
    try:
        store.delete_session(lesson.id)
    except StorageError as error:
        print(error)
    print(len(folders), {found.parent for found in find_copies()} == folders)
    files = find_copies()
    print({oct(found.stat().st_mode & 0o777) for found in files}, oct(files[0].parent.stat().st_mode & 0o777))
    print(any(b"Annabella" in found.read_bytes() for found in files))
    sys.stdout.flush()
    if end == "kill":
        os._exit(0)
"""
READ_ONLY_MOUNT = 'mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && exec "$0" "$@"'
READ_ONLY_MODES = (
    'chmod 400 {folder}/* && chmod 500 {folder} && exec setpriv --bounding-set=-dac_override,-dac_read_search "$0" "$@"'
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    (tmp_path / "temporary").mkdir()
    yield folder
    folder.chmod(0o700)


def run_child(script: str, folder: Path, *arguments: str, prefix: tuple[str, ...] = ()) -> list[str]:
    environment = os.environ | {"TMPDIR": str(folder.parent / "temporary")}
    child = [*prefix, sys.executable, "-c", script, str(folder / "a.db"), *arguments]
    done = subprocess.run(child, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def read(folder: Path, unwritable: str, end: str = "close") -> list[str]:
    unshare = ("unshare", "-rm")
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("needs `unshare -rm`, which is not allowed here")
    prefix = (*unshare, "sh", "-c", unwritable.format(folder=folder))
    return run_child(READ, folder, str(folder.parent / "lesson.csv"), end, prefix=prefix)


def left_in(folder: Path) -> list[Path]:
    return [found for found in (folder.parent / "temporary").rglob("*") if found.is_file()]


@pytest.mark.parametrize("protection", ["clear", "encrypted"])
@pytest.mark.parametrize("unwritable", [READ_ONLY_MOUNT, READ_ONLY_MODES], ids=["mount", "modes"])
def test_it_is_listed_opened_and_exported_and_nothing_is_written_beside_it(
    folder: Path, unwritable: str, protection: str
) -> None:
    run_child(RECORD_AND_DIE, folder, protection)
    assert beside(folder / "a.db", "-wal").stat().st_size > 0
    beside(folder / "a.db", "-shm").unlink()  # as on a disk that was copied
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    lesson, refused, once, modes, clear = read(folder, unwritable)
    assert lesson == "4 ['Annabella']"
    assert "cannot be opened for writing" in refused
    assert once == "1 True"
    assert modes == "{'0o600'} 0o700"
    assert clear == str(protection == "clear")
    assert len((folder.parent / "lesson.csv").read_text(encoding="utf-8").splitlines()) > 4
    folder.chmod(0o700)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert left_in(folder) == []


def test_what_a_kill_left_of_the_copy_is_removed_by_the_next_start(folder: Path) -> None:
    run_child(RECORD_AND_DIE, folder, "clear")
    beside(folder / "a.db", "-shm").unlink()
    read(folder, READ_ONLY_MOUNT, "kill")
    assert left_in(folder)
    run_child("import sys; from fer_desktop.storage.store import open_store; open_store(sys.argv[1]).close()", folder)
    assert left_in(folder) == []


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., ReadingCopies]]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made: list[ReadingCopies] = []

    def make(**options: int) -> ReadingCopies:
        made.append(ReadingCopies(**options))
        return made[-1]

    yield make
    for each in made:
        each.remove_all()


def test_files_that_changed_are_copied_anew_and_the_old_copy_goes_once_nobody_reads_it(
    store: Store, database_path: Path, copies: Callable[..., ReadingCopies]
) -> None:
    all_copies = copies()
    first, same = all_copies.borrow(database_path), all_copies.borrow(database_path)
    assert same is first
    record_lesson(store, [record(0, [seen(1)])])
    second = all_copies.borrow(database_path)
    assert second.path != first.path
    all_copies.give_back(first)
    all_copies.borrow(database_path)
    assert first.path.exists()
    all_copies.give_back(first)
    all_copies.borrow(database_path)
    assert not first.path.parent.exists()
    all_copies.remove_all()
    assert not second.path.parent.exists()


def test_what_is_too_large_is_not_copied(
    store: Store, database_path: Path, copies: Callable[..., ReadingCopies]
) -> None:
    with pytest.raises(OSError, match="larger than"):
        copies(limit=1000).borrow(database_path)

"""A database that cannot be used is left as it is, and the message says what is wrong and what to do."""

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import URL

from fer_desktop.errors import StorageError
from fer_desktop.messages import MessageKey
from fer_desktop.storage.database_url import DEFAULT_FILE_NAME
from fer_desktop.storage.store import Store, open_store
from tests.raising import raises_message
from tests.unit.storage.lessons import record, record_lesson, seen

ROOT = Path(__file__).resolve().parents[3]


def test_no_file_yet_in_a_folder_of_ones_own_is_fine(own_home: Path) -> None:
    with open_store() as store:
        assert store.name == str(own_home / "data" / DEFAULT_FILE_NAME)
    assert (own_home / "data").stat().st_mode & 0o777 == 0o700


def test_an_empty_file_becomes_a_database(url: str, database_path: Path) -> None:
    database_path.touch()
    with open_store(url) as store:
        assert store.list_sessions() == []


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", ":memory:"])
def test_memory_is_no_place_for_lessons(url: str) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_IN_MEMORY):
        open_store(url)


@pytest.mark.parametrize("name", ["a.db", "50% of [it] ü?.db", "a#b.sqlite"])
def test_the_reported_name_opens_the_same_database_again(tmp_path: Path, name: str) -> None:
    with open_store(URL.create("sqlite", database=str(tmp_path / name)).render_as_string()) as store:
        record_lesson(store, [record(0, [seen(1)])])
        reported = store.name
    assert reported == str(tmp_path / name)
    with open_store(reported) as again:
        assert (again.name, len(again.list_sessions())) == (reported, 1)


def test_a_path_may_begin_with_the_home_or_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for path in ("~/a.db", "a.db"):
        with open_store(path) as store:
            assert store.name == str(tmp_path / "a.db")


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("postgresql://h:abc/x", MessageKey.DATABASE_URL_MALFORMED),
        ("sqlite:///{folder}/a.db?colour=red", MessageKey.DATABASE_URL_REJECTED),
        ("sqlite:///{folder}/a.db?timeout=soon", MessageKey.DATABASE_URL_REJECTED),
        ("sqlite:///{folder}/a.db?cached_statements=99999999999999", MessageKey.DATABASE_URL_REJECTED),
        ("{folder}/a\0.db", MessageKey.DATABASE_NOT_CREATED),
    ],
)
def test_a_url_without_sense_is_refused(tmp_path: Path, url: str, key: MessageKey) -> None:
    with raises_message(StorageError, key):
        open_store(url.format(folder=tmp_path))


def test_a_number_beyond_all_databases_is_refused(store: Store) -> None:
    with raises_message(StorageError, MessageKey.NUMBER_TOO_LARGE):
        store.session(10**30)


@pytest.mark.parametrize("url", ["postgresql+pg8000://u:p@localhost/x", "nosuchdb://localhost/x"])
def test_a_missing_driver_is_named(url: str) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_DRIVER_MISSING):
        open_store(url)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with raises_message(StorageError, MessageKey.DATABASE_FOLDER_MISSING):
        open_store(URL.create("sqlite", database=str(tmp_path / "nowhere" / "a.db")).render_as_string())


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be opened for writing"):
        open_store(URL.create("sqlite", database=str(tmp_path)).render_as_string())


def test_some_other_file_is_not_touched(url: str, database_path: Path) -> None:
    content = b"Dear diary, " * 500
    database_path.write_bytes(content)
    with raises_message(StorageError, MessageKey.NOT_A_DATABASE):
        open_store(url)
    assert database_path.read_bytes() == content


def test_a_truncated_database_is_reported(store: Store, url: str, database_path: Path) -> None:
    store.close()
    os.truncate(database_path, 5000)
    with pytest.raises(StorageError, match=r"is damaged|is not a database"):
        open_store(url)
    assert database_path.stat().st_size == 5000


def test_a_damaged_page_is_reported_and_the_rest_can_be_read(store: Store, database_path: Path) -> None:
    session = record_lesson(store, [record(second, [seen(n) for n in range(1, 30)]) for second in range(60)])
    connection = sqlite3.connect(database_path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'samples'").fetchone()
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with database_path.open("r+b") as file:
        file.seek((root - 1) * page_size)
        file.write(b"\xff" * page_size)
    with raises_message(StorageError, MessageKey.DATABASE_DAMAGED):
        store.students(session)
    assert len(store.mood_series(session).seconds) == 60


def test_a_locked_database_is_reported(url: str, database_path: Path) -> None:
    other = sqlite3.connect(database_path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with raises_message(StorageError, MessageKey.DATABASE_LOCKED):
            open_store(url)
    finally:
        other.close()


def test_a_lost_log_file_leaves_the_last_good_state(store: Store, url: str, database_path: Path) -> None:
    record_lesson(store, [record(0, [seen(1)])])
    store.close()
    for suffix in ("-wal", "-shm"):
        database_path.with_name(database_path.name + suffix).unlink(missing_ok=True)
    with open_store(url) as again:
        assert len(again.list_sessions()) == 1


FULL_DISK = """
import signal, sys, time
from tests.unit.storage.lessons import new_session, record, seen
from fer_desktop.errors import StorageError
from fer_desktop.storage.store import open_store
{prepare}
store = open_store(sys.argv[1])
writer = store.begin_session(new_session())
end_s = time.monotonic() + 30
second = 0
while writer.fault is None and time.monotonic() < end_s:
    writer.record(record(second, [seen(n) for n in range(1, 50)]))
    second += 1
    time.sleep(0.002)
sys.stdout.write(str(writer.fault) + "\\n")
{release}
writer.close()
sys.stdout.write(f"{{second}} {{len(store.mood_series(writer.session_id).seconds)}} {{writer.fault}}\\n")
store.close()
"""


def run_child(script: str, *arguments: str, prefix: tuple[str, ...] = ()) -> list[str]:
    child = [*prefix, sys.executable, "-c", script, *arguments]
    done = subprocess.run(child, cwd=ROOT, capture_output=True, text=True, timeout=90, check=True)
    return done.stdout.splitlines()


def test_a_file_that_cannot_grow_is_reported_and_all_is_written_once_it_can(store: Store, url: str) -> None:
    store.close()
    limit = 300_000
    prepare = f"""import resource
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
before = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, before[1]))"""
    release = "resource.setrlimit(resource.RLIMIT_FSIZE, before)"
    fault, end = run_child(FULL_DISK.format(prepare=prepare, release=release), url)
    assert "the disk" in fault
    assert "What was written before is kept" in fault
    handed_in, stored, fault_at_end = end.split()
    assert handed_in == stored
    assert fault_at_end == "None"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != limit


MORE_ROOM = """
import subprocess
kept = writer.kept
sys.stdout.write(f"{kept.recorded} {kept.stored} {kept.rescued}\\n")
subprocess.run(["mount", "-o", "remount,size=20m", sys.argv[2]], check=True)
with open_store(sys.argv[1]) as store:
    sys.stdout.write(f"{len(store.mood_series(1).seconds)} {store.rescued_seconds}\\n")
"""


def test_a_full_disk_is_reported_and_what_it_did_not_take_is_rescued(tmp_path: Path) -> None:
    unshare = ("unshare", "-rm")
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("needs `unshare -rm`, which is not allowed here")
    small = tmp_path / "small"
    small.mkdir()
    mount = f'mount -t tmpfs -o size=400k none {small} && exec "$0" "$@"'
    url = URL.create("sqlite", database=str(small / "a.db")).render_as_string()
    script = FULL_DISK.format(prepare="", release="") + MORE_ROOM
    fault, _, kept, taken_in = run_child(script, url, str(small), prefix=(*unshare, "sh", "-c", mount))
    assert fault.startswith("the disk is full")
    recorded, stored, rescued = map(int, kept.split())
    assert 0 < stored < recorded
    assert rescued == recorded - stored
    assert taken_in.split() == [str(recorded), str(rescued)]


def test_a_read_only_folder_is_reported(tmp_path: Path) -> None:
    unshare = ("unshare", "-rm")
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("needs `unshare -rm`, which is not allowed here")
    mount = f'mount -t tmpfs none {tmp_path} && mount -o remount,ro {tmp_path} && exec "$0" "$@"'
    script = """
import sys
from fer_desktop.errors import StorageError
from fer_desktop.storage.store import open_store
try:
    open_store(sys.argv[1])
except StorageError as error:
    sys.stdout.write(str(error))
"""
    url = URL.create("sqlite", database=str(tmp_path / "a.db")).render_as_string()
    (message,) = run_child(script, url, prefix=(*unshare, "sh", "-c", mount))
    assert "cannot be opened for writing" in message
    assert "--db" in message


READ_ONLY = """
import os, subprocess, sys
from pathlib import Path
from fer_desktop.errors import StorageError
from fer_desktop.report.export import export_session
from fer_desktop.storage.store import open_store
from tests.unit.storage.lessons import record, record_lesson, seen
folder, url, output = sys.argv[1:]
with open_store(url) as store:
    record_lesson(store, [record(second, [seen(1)]) for second in range(4)])
{make_unwritable}
with open_store(url) as store:
    sys.stdout.write(f"{{[each.seconds for each in store.list_sessions()]}}\\n")
    export_session(store, 1, format="csv", path=Path(output))
    for attempt in (lambda: store.delete_session(1), lambda: store.set_roster("Physics", ["Ann"])):
        try:
            attempt()
        except StorageError as error:
            sys.stdout.write(f"{{error}}\\n")
    kept = [(each.seconds, len(store.students(each.id))) for each in store.list_sessions()]
    sys.stdout.write(f"{{kept}}\\n")
"""
FILL = """
with open(os.path.join(folder, "filler"), "wb", buffering=0) as filler:
    try:
        while True:
            filler.write(b"x" * 512)
    except OSError:
        pass
"""


@pytest.mark.parametrize(
    ("make_unwritable", "words"),
    [
        ('subprocess.run(["mount", "-o", "remount,ro", folder], check=True)', "cannot be opened for writing"),
        (FILL, "the disk"),
    ],
    ids=["read-only", "full"],
)
def test_a_database_that_cannot_be_written_is_read_and_exported_and_says_why_nothing_is_deleted(
    tmp_path: Path, make_unwritable: str, words: str
) -> None:
    unshare = ("unshare", "-rm")
    if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("needs `unshare -rm`, which is not allowed here")
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = f'mount -t tmpfs -o size=600k none {folder} && exec "$0" "$@"'
    output = tmp_path / "lesson.csv"
    script = READ_ONLY.format(make_unwritable=make_unwritable)
    seconds, *errors, kept = run_child(
        script, str(folder), str(folder / "a.db"), str(output), prefix=(*unshare, "sh", "-c", mount)
    )
    assert seconds == "[4]"
    assert len(output.read_text(encoding="utf-8").splitlines()) > 4
    assert len(errors) == 2
    assert all(words in error for error in errors)
    assert kept == "[(4, 1)]"

"""Encrypted databases for tests: keys, and what lies on the disk in clear text."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from Cryptodome.Cipher import AES

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

KEY: Final = DatabaseKey(bytes(range(32)), bytes(range(16)))
OTHER_KEY: Final = DatabaseKey(bytes(range(100, 132)), bytes(range(50, 66)))
PAGE_BYTES: Final = 4096
NAME: Final = "Zacharias Quistorp"
NOTE: Final = "asked a question about pendulums"


def record_names(store: Store, seconds: int = 20) -> int:
    """Records a lesson with a student's name and a note; returns its number."""
    note = Event(EventKind.NOTE, 1, NOTE)
    records = [record(second, [seen(1), seen(2)]) for second in range(seconds)]
    records[0] = record(0, [seen(1), seen(2)], [note], [(1, NAME)])
    return record_lesson(store, records, new_session(course="Physics"))


def find_clear_text(folder: Path) -> list[str]:
    """The files below a folder that contain the name or the note."""
    words = (NAME.encode(), NOTE.encode())
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(word in path.read_bytes() for word in words))


@contextmanager
def hold_write_lock(path: Path, key: DatabaseKey | None) -> Iterator[None]:
    """Keeps everybody else from writing into the database."""
    with closing(open_sqlite(path, key=key)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def decrypt_pages(path: Path, key: DatabaseKey) -> bytes:
    """All pages as they lie in the file, also free ones, by AES alone: https://www.zetetic.net/sqlcipher/design/.

    Each ends with 16 bytes of IV and 64 of HMAC; the first begins with the salt.
    """
    content = path.read_bytes()
    pages = [content[start : start + PAGE_BYTES] for start in range(0, len(content), PAGE_BYTES)]
    plain = []
    for number, page in enumerate(pages):
        body, reserve = page[16 if number == 0 else 0 : -80], page[-80:]
        plain.append((b"SQLite format 3\0" if number == 0 else b"") + _decrypt(body, key, reserve[:16]) + reserve)
    return b"".join(plain)


def _decrypt(body: bytes, key: DatabaseKey, iv: bytes) -> bytes:
    return AES.new(key.secret, AES.MODE_CBC, iv).decrypt(body)

"""Shows whether the logs beside a database file were written for it, and sets aside those of another file.

SQLite checks a log against itself only (salts and checksums, https://sqlite.org/fileformat2.html#walformat): it would
write the log that is left of a replaced file into the one that replaced it. The stamps of `stamps.py` make the
difference: a file has a stamp that its log contains, or the one before the first in it.
"""

import os
import shutil
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import BinaryIO, Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.sqlite_driver import open_sqlite
from fer_desktop.storage.stamps import Stamp, int_at, read_header, read_stamp, stamp_of_header
from fer_desktop.system.files import beside, create_private_file

LOG_SUFFIXES: Final = ("-wal", "-shm", "-journal")
_COUNTER_AT: Final = 24
"""Byte of the change counter in the first page."""
_LEAST_PAGE_BYTES: Final = 512
_WAL_HEADER: Final = struct.Struct(">IIII8s8s")
_WAL_FRAME: Final = struct.Struct(">II8s8s")
_WAL_MAGICS: Final = (0x377F0682, 0x377F0683)
_JOURNAL_HEADER: Final = struct.Struct(">8sIIIII")
_JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")


def logs_belong(path: Path, key: DatabaseKey | None) -> bool:
    """Whether SQLite may apply the logs beside the file. Raises `OSError` or `driver_errors()`.

    Logs of which nothing can be said, as empty ones, belong to the file. `key`: of the file.
    """
    return find_log_place(path, key).belongs is not False and _journal_belongs(path, key)


@dataclass(frozen=True, slots=True)
class LogPlace:
    """How a write-ahead log and a file fit together.

    `belongs`: whether the log was written for the file; None where it does not say. `log`: draws a new number when it
    begins anew. `moved`: how many of its commits the file has at least.
    """

    belongs: bool | None
    log: bytes = b""
    moved: int = 0


def find_log_place(path: Path, key: DatabaseKey | None) -> LogPlace:
    """How the log beside a file fits it. Raises `OSError` or `driver_errors()`."""
    log = beside(path, "-wal")
    with suppress(FileNotFoundError):  # another program removed it
        while log.stat().st_size > _WAL_HEADER.size:
            before = _read_file_stamp(path, key)
            with log.open("rb") as file:
                salts, stamps = _read_log_stamps(file, key)
            if not stamps:
                break
            ends = [None if stamps[0] is None else stamps[0].previous, *(each and each.current for each in stamps)]
            if stamps[0] is not None and before.current in ends:
                return LogPlace(True, salts, len(ends) - 1 - ends[::-1].index(before.current))
            if _read_file_stamp(path, key) == before:  # else another program began a new log meanwhile
                return LogPlace(False)
    return LogPlace(None)


def empty_foreign_log(path: Path) -> None:
    """Sets a copy of the write-ahead log aside, and empties it for those that have it open. Raises `OSError`.

    The last of them would move it into the file, under whatever name; from an empty one SQLite moves nothing.
    """
    log = beside(path, "-wal")
    if not log.exists():
        return
    aside = _name_aside(log)
    create_private_file(aside)
    try:
        shutil.copyfile(log, aside)
    finally:
        os.truncate(log, 0)


def set_aside_logs(path: Path) -> None:
    """Gives the logs names under which SQLite does not find them. Raises `OSError`."""
    for suffix in LOG_SUFFIXES:
        log = beside(path, suffix)
        if log.exists():
            os.replace(log, _name_aside(log))


def logs_set_aside(path: Path) -> list[Path]:
    """All logs that were set aside."""
    return [found for suffix in LOG_SUFFIXES for found in path.parent.glob(f"{escape(path.name + suffix)}.set-aside-*")]


def _name_aside(log: Path) -> Path:
    return log.with_name(f"{log.name}.set-aside-{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}")


def _read_file_stamp(path: Path, key: DatabaseKey | None) -> Stamp:
    """The stamp in the file itself, whatever its log says."""
    with closing(open_sqlite(path, query="mode=ro&immutable=1", key=key)) as connection:
        return read_stamp(connection)


def _read_log_stamps(file: BinaryIO, key: DatabaseKey | None) -> tuple[bytes, list[Stamp | None]]:
    """The log's salts, and the stamp of every first page in it, up to what is left of an older log.

    None for a page that has another key; a power cut leaves such pages at the end of a log too.
    """
    log_header = file.read(_WAL_HEADER.size)
    if len(log_header) < _WAL_HEADER.size:  # another program has just begun it
        return b"", []
    magic, _, page_size, _, salts, _ = _WAL_HEADER.unpack(log_header)
    pages = _read_first_pages(file, page_size, salts) if magic in _WAL_MAGICS else ()
    headers = (read_header(page, key) for page in pages)
    return salts, [stamp_of_header(header) if header else None for header in headers]


def _read_first_pages(file: BinaryIO, page_size: int, salts: bytes) -> Iterator[bytes]:
    while len(frame := file.read(_WAL_FRAME.size)) == _WAL_FRAME.size:
        page_number, _, own_salts, _ = _WAL_FRAME.unpack(frame)
        if own_salts != salts:
            return
        if page_number == 1:
            yield file.read(page_size)
        else:
            file.seek(page_size, os.SEEK_CUR)


def _journal_belongs(path: Path, key: DatabaseKey | None) -> bool:
    """A rollback journal has the first page as it was before the transaction, which counts up its change counter.

    The database's file is opened otherwise than by SQLite only beside such a journal: no session is recorded then.
    """
    journal = beside(path, "-journal")
    with suppress(FileNotFoundError):  # there is none, or another program removed it
        while (original := _read_original(journal)) is not None:
            page = _read_page(path, len(original))
            if _page_follows(page, original, key):
                return True
            if (_read_original(journal), _read_page(path, len(original))) == (original, page):
                return False
    return True


def _page_follows(page: bytes, original: bytes, key: DatabaseKey | None) -> bool:
    """Whether a file's first page is that of its journal, or the one of the next commit."""
    header, header_before = read_header(page, key), read_header(original, key)
    if not original:
        return not page or (bool(header) and int_at(header, _COUNTER_AT) <= 1)
    if not header or not header_before:
        return not header
    stamp, stamp_before = stamp_of_header(header), stamp_of_header(header_before)
    counted = int_at(header, _COUNTER_AT) - int_at(header_before, _COUNTER_AT)
    return counted in (0, 1) and stamp_before.current in (stamp.current, stamp.previous)


def _read_original(journal: Path) -> bytes | None:
    with journal.open("rb") as file:
        return _read_first_page(file)


def _read_page(path: Path, size: int) -> bytes:
    with path.open("rb") as file:
        return file.read(max(size, _LEAST_PAGE_BYTES))


def _read_first_page(file: BinaryIO) -> bytes | None:
    """The first page in a rollback journal; b"" if the file was empty before, None if SQLite would not apply it."""
    header = file.read(_JOURNAL_HEADER.size)
    if len(header) < _JOURNAL_HEADER.size:
        return None
    magic, _, _, original_pages, sector_size, page_size = _JOURNAL_HEADER.unpack(header)
    if magic != _JOURNAL_MAGIC:
        return None
    if original_pages == 0:
        return b""
    file.seek(sector_size)
    record_size = 4 + page_size + 4  # number, page, checksum
    while len(record := file.read(record_size)) == record_size:
        if int_at(record, 0) == 1:
            return record[4:-4]
    return None

"""Shows whether the logs beside a database file were written for it, and sets aside those of another file.

SQLite checks a log against itself only (salts and checksums, https://sqlite.org/fileformat2.html#walformat): it would
write the log that is left of a replaced file into the one that replaced it. The stamps of `stamps.py` make the
difference: a file has a stamp that its log contains, or the one before the first in it.
"""

import os
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import BinaryIO, Final

from fer_desktop.storage.stamps import Stamp, int_at, read_stamp, stamp_of_page
from fer_desktop.system.files import beside

LOG_SUFFIXES: Final = ("-wal", "-shm", "-journal")
_COUNTER_AT: Final = 24
"""Byte of the change counter in the first page."""
_DATABASE_HEADER_BYTES: Final = 100
_WAL_HEADER: Final = struct.Struct(">IIII8s8s")
_WAL_FRAME: Final = struct.Struct(">II8s8s")
_WAL_MAGICS: Final = (0x377F0682, 0x377F0683)
_JOURNAL_HEADER: Final = struct.Struct(">8sIIIII")
_JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")

OpenFile = Callable[..., sqlite3.Connection]


def logs_belong(path: Path, open_file: OpenFile) -> bool:
    """Whether SQLite may apply the logs beside the file. Raises `OSError` or `sqlite3.Error`.

    Logs of which nothing can be said, as those of earlier versions, belong to the file. `open_file`: `open_sqlite`.
    """
    return _write_ahead_log_belongs(path, open_file) and _journal_belongs(path)


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


def _write_ahead_log_belongs(path: Path, open_file: OpenFile) -> bool:
    log = beside(path, "-wal")
    with suppress(FileNotFoundError):  # another program removed it
        while log.stat().st_size > _WAL_HEADER.size:
            before = _read_file_stamp(path, open_file)
            with log.open("rb") as file:
                stamps = list(_read_log_stamps(file))
            if not stamps or before.current in {stamps[0].previous, *(stamp.current for stamp in stamps)}:
                return True
            if _read_file_stamp(path, open_file) == before:  # else another program began a new log meanwhile
                return False
    return True


def _read_file_stamp(path: Path, open_file: OpenFile) -> Stamp:
    """The stamp in the file itself, whatever its log says."""
    with closing(open_file(path, query="mode=ro&immutable=1")) as connection:
        return read_stamp(connection)


def _read_log_stamps(file: BinaryIO) -> Iterator[Stamp]:
    """Of every first page in the log, up to what is left of an older log. None of an encrypted one."""
    log_header = file.read(_WAL_HEADER.size)
    if len(log_header) < _WAL_HEADER.size:  # another program has just begun it
        return
    magic, _, page_size, _, salts, _ = _WAL_HEADER.unpack(log_header)
    if magic not in _WAL_MAGICS:
        return
    while len(header := file.read(_WAL_FRAME.size)) == _WAL_FRAME.size:
        page_number, _, own_salts, _ = _WAL_FRAME.unpack(header)
        if own_salts != salts:
            return
        if page_number != 1:
            file.seek(page_size, os.SEEK_CUR)
            continue
        stamp = stamp_of_page(file.read(page_size))
        if stamp is not None:
            yield stamp


def _journal_belongs(path: Path) -> bool:
    """A rollback journal has the first page as it was before the transaction, which counts up its change counter.

    The database's file is opened otherwise than by SQLite only beside such a journal: no session is recorded then.
    """
    journal = beside(path, "-journal")
    with suppress(FileNotFoundError):  # there is none, or another program removed it
        while (original := _read_original(journal)) is not None:
            page = _read_header(path)
            if _page_follows(page, original):
                return True
            if (_read_original(journal), _read_header(path)) == (original, page):
                return False
    return True


def _page_follows(page: bytes, original: bytes) -> bool:
    """Whether a file's first page is that of its journal, or the one of the next commit."""
    if not original:
        return int_at(page, _COUNTER_AT) <= 1
    stamp, stamp_before = stamp_of_page(page), stamp_of_page(original)
    if stamp is None or stamp_before is None:
        return True
    counted = int_at(page, _COUNTER_AT) - int_at(original, _COUNTER_AT)
    return counted in (0, 1) and stamp_before.current in (stamp.current, stamp.previous)


def _read_original(journal: Path) -> bytes | None:
    with journal.open("rb") as file:
        return _read_first_page(file)


def _read_header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_DATABASE_HEADER_BYTES)


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

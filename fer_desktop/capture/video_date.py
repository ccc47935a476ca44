"""When a recording began, by its container and its file: a guess, as neither has to say."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO, Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MP4_EPOCH: Final = datetime(1904, 1, 1, tzinfo=UTC)
_MATROSKA_EPOCH: Final = datetime(2001, 1, 1, tzinfo=UTC)
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Of earlier times programs write zero, or count from another epoch."""
_APART: Final = timedelta(minutes=1)
"""So much later than it was written a file may say that it was made: some round, and clocks are set."""
_MOST_BOXES: Final = 1_000
_MATROSKA: Final = b"\x1a\x45\xdf\xa3"
_MATROSKA_HEAD: Final = 1 << 20
_MATROSKA_DATE: Final = re.compile(rb"\x15\x49\xa9\x66.{0,512}?\x44\x61\x88(.{8})", re.DOTALL)
"""DateUTC, of eight bytes, in the element Info."""


@dataclass(frozen=True, slots=True)
class FileDates:
    """`created`: what the container says, in UTC; None where it says nothing that can be. `written`: the file, last."""

    created: datetime | None
    written: datetime | None


def read_file_dates(path: Path) -> FileDates:
    """The dates of MP4 (and MOV) by ISO/IEC 14496-12, 8.2.2, and of Matroska (and WebM) by RFC 9559, 5.1.2.11."""
    try:
        written = _possible(_EPOCH, path.stat().st_mtime)
        with path.open("rb") as file:
            return FileDates(_read_created(file), written)
    except OSError:
        return FileDates(None, None)


def guess_beginning(dates: FileDates, length_s: float, *, now: datetime) -> datetime:
    """When a recording of that length began, in UTC; so that it has ended by `now`.

    Some programs note when they began, others when they were done. A file is written once the recording is over: what
    is too late for a beginning was the end. Where nothing is known it ended now.
    """
    length, written, created = timedelta(seconds=length_s), dates.written or now, dates.created
    if created is None or created > written + _APART:
        began = written - length
    elif created + length > written + _APART:
        began = created - length
    else:
        began = created
    return min(began, now - length)


def _possible(epoch: datetime, seconds: float) -> datetime | None:
    try:
        found = epoch + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return found if found >= _EARLIEST else None


def _read_created(file: BinaryIO) -> datetime | None:
    head = file.read(8)
    if head[4:] == b"ftyp":
        return _read_mp4(file)
    return _read_matroska(file) if head.startswith(_MATROSKA) else None


def _read_mp4(file: BinaryIO) -> datetime | None:
    movie = _find_box(file, b"moov", 0, file.seek(0, SEEK_END))
    header = movie and _find_box(file, b"mvhd", *movie)
    if not header:
        return None
    file.seek(header[0])
    content = file.read(12)
    is_long = content[:1] == b"\x01"
    return _possible(_MP4_EPOCH, int.from_bytes(content[4 : 12 if is_long else 8]))


def _find_box(file: BinaryIO, kind: bytes, start: int, end: int) -> tuple[int, int] | None:
    """From where to where the content of the first box of a kind lies."""
    for _ in range(_MOST_BOXES):
        file.seek(start)
        head = file.read(16)
        size, content = int.from_bytes(head[:4]), start + 8
        if size == 1:
            size, content = int.from_bytes(head[8:]), start + 16
        after = start + size if size else end
        if not content <= after <= end:
            return None
        if head[4:8] == kind:
            return content, after
        start = after
    return None


def _read_matroska(file: BinaryIO) -> datetime | None:
    found = _MATROSKA_DATE.search(file.read(_MATROSKA_HEAD))
    return _possible(_MATROSKA_EPOCH, int.from_bytes(found[1], signed=True) / 1e9) if found else None

"""When a recording began, by its container and its file."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fer_desktop.capture.video_date import FileDates, guess_beginning, read_file_dates

HELD = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LENGTH = timedelta(minutes=90)
NOW = HELD + timedelta(days=1)


def guess(created: datetime | None, written: datetime | None) -> datetime:
    return guess_beginning(FileDates(created, written), LENGTH.total_seconds(), now=NOW)


def box(kind: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + kind + content


def mp4(seconds: int, *, version: int = 0) -> bytes:
    """`seconds`: since 1904, in the header of the movie, which stands behind the pictures."""
    header = bytes([version, 0, 0, 0]) + seconds.to_bytes(8 if version else 4) + bytes(80)
    pictures = (1).to_bytes(4) + b"mdat" + (16 + 99).to_bytes(8) + bytes(99)
    return box(b"ftyp", b"isom") + pictures + box(b"moov", box(b"free", b"") + box(b"mvhd", header))


def matroska(date: bytes) -> bytes:
    return b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\xff" + b"\x15\x49\xa9\x66\x90\x2a\xd7\xb1\x83abc" + date


def created(folder: Path, content: bytes) -> datetime | None:
    path = folder / "lesson.video"
    path.write_bytes(content)
    return read_file_dates(path).created


SINCE_1904 = int((HELD - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())
SINCE_2001 = int((HELD - datetime(2001, 1, 1, tzinfo=UTC)).total_seconds()) * 10**9


@pytest.mark.parametrize("content", [mp4(SINCE_1904), mp4(SINCE_1904, version=1),
                                     matroska(b"\x44\x61\x88" + SINCE_2001.to_bytes(8))])  # fmt: skip
def test_containers_say_when_they_were_made(tmp_path: Path, content: bytes) -> None:
    assert created(tmp_path, content) == HELD


@pytest.mark.parametrize(
    "content",
    [b"", b"RIFF", bytes(99), mp4(0), mp4(1_700_000_000), mp4(2**63, version=1), mp4(SINCE_1904)[:-90], matroska(b"")],
    ids=["empty", "short", "zeros", "no date", "seconds since 1970", "no year", "cut off", "Matroska without a date"],
)
def test_a_file_that_says_no_possible_date_has_none(tmp_path: Path, content: bytes) -> None:
    assert created(tmp_path, content) is None


def test_a_file_knows_when_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "lesson.avi"
    path.write_bytes(b"RIFF")
    os.utime(path, (HELD.timestamp(), HELD.timestamp()))
    assert read_file_dates(path) == FileDates(None, HELD)
    os.utime(path, (0, 0))
    assert read_file_dates(path) == FileDates(None, None), "a date that nobody set"
    assert read_file_dates(tmp_path / "missing.mp4") == FileDates(None, None)


def test_a_container_that_was_made_at_the_beginning_says_when_it_began() -> None:
    assert guess(HELD, HELD + LENGTH) == HELD
    assert guess(HELD, HELD + timedelta(hours=20)) == HELD, "copied since"


def test_a_container_that_was_made_at_the_end_was_made_its_length_later() -> None:
    assert guess(HELD + LENGTH, HELD + LENGTH) == HELD


def test_without_a_container_s_date_the_recording_ended_when_its_file_was_written() -> None:
    assert guess(None, HELD + LENGTH) == HELD
    assert guess(HELD + timedelta(days=300), HELD + LENGTH) == HELD, "made after it was written"


@pytest.mark.parametrize("written", [None, NOW, NOW + timedelta(days=9)])
def test_no_recording_ends_in_the_future(written: datetime | None) -> None:
    assert guess(None, written) == NOW - LENGTH
    assert guess(NOW, written) == NOW - LENGTH

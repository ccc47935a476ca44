"""Reads small files with a limit; writes files atomically, durably, and readable by their owner only."""

import errno
import logging
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final, TextIO

_log = logging.getLogger(__name__)

_PART_SUFFIX: Final = ".fer-desktop.part"
_NAME_KEPT: Final = 40
"""Letters of a file's name in its temporary name, so that this is never too long."""
_FORMER_PART: Final = r"\.{name}\.[a-z0-9_]{{8}}\.part"
_STALE_AFTER_S: Final = 3600.0
"""No file takes as long to write, so an older part was left by a process that was killed."""


def make_private(path: Path) -> None:
    """Takes the rights of others from an ordinary file that exists. A file system without rights is left as it is."""
    if os.name != "posix":
        return
    with suppress(FileNotFoundError):
        status = path.stat()
        if stat.S_ISREG(status.st_mode) and status.st_mode & 0o077:
            try:
                path.chmod(0o600)
            except OSError as error:
                _log.warning("others may read %s: %s", path, error.strerror)


def beside(path: Path, suffix: str) -> Path:
    """The file of the same name with a suffix: a log, an unfinished copy."""
    return path.with_name(path.name + suffix)


def create_private_file(path: Path) -> None:
    """Makes an empty file that only its owner may read. Raises `OSError`, also where it exists."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def sync_file(path: Path) -> None:
    """Puts the content of a file on the disk. Raises `OSError`."""
    _sync(path, os.O_RDWR)


def sync_folder(folder: Path) -> None:
    """Puts the names in a folder on the disk. Windows does so by itself. Raises `OSError`."""
    if os.name == "posix":
        _sync(folder, os.O_RDONLY)


def sync_and_rename(part: Path, target: Path) -> None:
    """Puts a file in its place once it is on the disk; a kill or a power cut leaves the old one or the new one."""
    sync_file(part)
    os.replace(part, target)
    sync_folder(target.parent)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def open_private(path: Path) -> TextIO:
    """Opens a text file (UTF-8) for writing that only its owner may read, also if it existed. Raises `OSError`."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    make_private(path)
    return os.fdopen(descriptor, "w", encoding="utf-8")


def sweep_parts(folder: Path, *, former_name: str | None = None) -> None:
    """Deletes what killed processes left of files that they were writing. Never raises.

    Only temporary files of this program that are older than an hour; `former_name`: also those that earlier versions
    made of the file of this name.
    """
    former = re.compile(_FORMER_PART.format(name=re.escape(former_name))) if former_name else None
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name.endswith(_PART_SUFFIX) or (former is not None and former.fullmatch(path.name)):
                delete_if_stale(path)


def delete_if_stale(path: Path) -> None:
    """Deletes an ordinary file that was not written for an hour. Never raises."""
    with suppress(OSError):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and time.time() - status.st_mtime > _STALE_AFTER_S:
            path.unlink()


def read_small_file(path: Path, limit: int) -> bytes:
    """The content of an ordinary file. Raises `OSError`, also where it is larger than `limit` bytes.

    A pipe or a device is refused without being read, as it might never end.
    """
    with open(path, "rb", opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is a folder, a pipe or a device, not an ordinary file", str(path))
        content = file.read(limit + 1)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"it is larger than {limit / 1e6:g} MB", str(path))
    return content


def _open_at_once(path: str, flags: int) -> int:
    """Does not wait for the writer of a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextmanager
def replace_file(path: Path) -> Iterator[TextIO]:
    """Opens a text file that replaces `path` when the block ends and is discarded when it fails.

    UTF-8, line ends as written, mode 0600, flushed to disk before it is renamed. Raises `OSError`, also where `path`
    is a folder or a device.
    """
    with _open_temporary(path) as descriptor, open(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replace_binary_file(path: Path) -> Iterator[BinaryIO]:
    """As `replace_file`, for bytes."""
    with _open_temporary(path) as descriptor, open(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _open_temporary(path: Path) -> Iterator[int]:
    """The descriptor of a new file, which is renamed to `path` at the end; the caller closes it."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is a folder or a device, not an ordinary file", str(path))
    sweep_parts(path.parent, former_name=path.name)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:_NAME_KEPT]}.", suffix=_PART_SUFFIX, dir=path.parent)
    try:
        yield descriptor
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise

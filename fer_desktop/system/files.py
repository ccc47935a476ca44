"""Reads small files with a limit; writes files atomically and readable by their owner only."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO


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
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        yield descriptor
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise

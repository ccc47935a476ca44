"""Writes files atomically and readable by their owner only."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO


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

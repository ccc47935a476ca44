"""Files that are either the old one or the whole new one, and that only their owner can read."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO


@contextmanager
def replace_file(path: Path) -> Iterator[TextIO]:
    """Opens a text file that takes the place of `path` when the block ends, and vanishes if it fails.

    UTF-8, line ends as written, mode 0600, flushed to the disk before it is renamed. Raises `OSError`, also where
    a folder or a device stands in the place: a device must not be replaced.
    """
    with _temporary_beside(path) as descriptor, open(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def replace_binary_file(path: Path) -> Iterator[BinaryIO]:
    """As `replace_file`, for bytes."""
    with _temporary_beside(path) as descriptor, open(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _temporary_beside(path: Path) -> Iterator[int]:
    """The descriptor of a new file, which is renamed to `path` at the end; whoever takes it closes it."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "it is a folder or a device, not an ordinary file", str(path))
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        yield descriptor
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise

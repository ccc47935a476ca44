"""Removes files that must not be found again, as far as a program can."""

import os
from pathlib import Path
from typing import Final

_CHUNK: Final = bytes(1 << 20)


def overwrite_and_remove(path: Path) -> None:
    """Overwrites an ordinary file with zeros, on the disk, and removes it; does nothing if there is none.

    A file that has another name too is only removed: it is in use under that. What a solid-state drive or a file system
    that copies on writing keeps, no program reaches. Raises `OSError`.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if status.st_nlink == 1:
        with open(path, "r+b", buffering=0) as file:
            _overwrite(file.fileno(), status.st_size)
    path.unlink(missing_ok=True)


def _overwrite(descriptor: int, size: int) -> None:
    while size > 0:
        size -= os.write(descriptor, _CHUNK[:size])
    os.fsync(descriptor)

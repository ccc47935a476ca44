"""Suppresses what native libraries write to stderr, which the command line keeps for its own lines."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()


@contextmanager
def suppress_stderr() -> Iterator[None]:
    """Redirects file descriptor 2 to the null device within the block, for all threads; for calls that load a library.

    Threads take turns: otherwise the second would save the first one's null device as stderr and restore that.
    """
    with _lock:
        yield from _redirect()


def _redirect() -> Iterator[None]:
    if sys.stderr is not None:  # a windowed program on Windows has none
        sys.stderr.flush()
    try:
        saved = os.dup(2)
    except OSError:
        yield
        return
    with open(os.devnull, "wb") as null_device:
        os.dup2(null_device.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)

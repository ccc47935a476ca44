"""Holds back what native libraries write to stderr: the command line promises that only its own lines stand there."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.RLock()


@contextmanager
def suppress_stderr() -> Iterator[None]:
    """Nothing reaches file descriptor 2 within the block, from any thread. For the few calls that load a library.

    Threads wait for each other: the second would take the first one's nowhere for stderr, and put that back for good.
    """
    with _turn:
        yield from _hold()


def _hold() -> Iterator[None]:
    if sys.stderr is not None:  # a windowed program on Windows has none
        sys.stderr.flush()
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)

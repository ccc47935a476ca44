"""Holds back what native libraries write to stderr: the command line promises that only its own lines stand there."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held_stderr() -> Iterator[None]:
    """Nothing reaches file descriptor 2 within the block, from any thread. For the few calls that load a library."""
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

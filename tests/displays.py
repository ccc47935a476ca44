"""X servers of a test's own, which it may kill."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_FIRST: Final = 200 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_NUMBERS: Final = iter(range(_FIRST, _FIRST + 100))
"""Display numbers that no other process of this run takes, so that no client of a killed server reaches the next."""


class XServer:
    """An Xvfb that listens when it is made.

    It does not reset when its last client leaves: a client that connects during a reset is refused.
    """

    def __init__(self, screen: str) -> None:
        self.name, self._process = _start(screen)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(timeout=60)


@contextmanager
def x_server(screen: str = "1920x1080x24") -> Iterator[XServer]:
    """Runs a server with a screen of `WIDTHxHEIGHTxDEPTH`."""
    server = XServer(screen)
    try:
        yield server
    finally:
        server.kill()


def _start(screen: str) -> tuple[str, subprocess.Popen[bytes]]:
    for number in _NUMBERS:
        command = ["Xvfb", f":{number}", "-displayfd", "1", "-noreset", "-nolisten", "tcp", "-screen", "0", screen]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert process.stdout is not None
        with process.stdout as ready:
            if ready.readline():
                return f":{number}", process
        process.wait(timeout=60)  # the number is taken
    raise AssertionError("no X server starts")

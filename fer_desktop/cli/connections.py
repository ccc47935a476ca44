"""Watches which network sockets this process has open."""

import ipaddress
import threading
from types import TracebackType
from typing import Final

_PERIOD_S: Final = 0.05


class ConnectionWatch:
    """Looks at the sockets of this process and its children many times a second, from `with` until `stop`."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="connections", daemon=True)

    def __enter__(self) -> "ConnectionWatch":
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> frozenset[str]:
        """Looks once more and ends; every address seen, as `address:port`. May be called twice."""
        self._stopping.set()
        self._thread.join()
        return frozenset(self._seen)

    def _run(self) -> None:
        while True:
            self._look()
            if self._stopping.wait(_PERIOD_S):
                self._look()
                return

    def _look(self) -> None:
        import psutil

        own = psutil.Process()
        for process in (own, *own.children(recursive=True)):
            try:
                connections = process.net_connections(kind="inet")
            except psutil.Error:  # a child has ended
                continue
            ends = [end for each in connections for end in (each.laddr, each.raddr) if end]
            self._seen |= {f"{end.ip}:{end.port}" for end in ends if not _is_loopback(end.ip)}


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback

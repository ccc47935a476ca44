"""A network between a program and a PostgreSQL server that breaks at the worst moment."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_COMMIT: Final = b"COMMIT\0"


class BrokenLine:
    """Forwards connections from `port` to a server, and cuts those in which the answer to a commit is due."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._cuts = 0
        self._open: list[socket.socket] = []
        self._guard = threading.Lock()
        threading.Thread(target=self._accept, name="broken line", daemon=True).start()

    @property
    def cuts_left(self) -> int:
        """How many commits will still lose their answer."""
        with self._guard:
            return self._cuts

    def cut_next_commits(self, count: int) -> None:
        """The next commits are carried out by the server, and their answers are lost."""
        with self._guard:
            self._cuts = count

    def close(self) -> None:
        """Closes everything."""
        for each in (self._listener, *self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                client.close()
                continue
            self._open += [client, server]
            answer_lost = threading.Event()
            for target in (self._forward_requests, self._forward_answers):
                threading.Thread(target=target, args=(client, server, answer_lost), daemon=True).start()

    def _forward_requests(self, client: socket.socket, server: socket.socket, answer_lost: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if _COMMIT in data and self._take_cut():
                    answer_lost.set()
                server.sendall(data)
        _hang_up(client, server)

    def _forward_answers(self, client: socket.socket, server: socket.socket, answer_lost: threading.Event) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if answer_lost.is_set():
                    break
                client.sendall(data)
        _hang_up(client, server)

    def _take_cut(self) -> bool:
        with self._guard:
            if not self._cuts:
                return False
            self._cuts -= 1
            return True


def _hang_up(*ends: socket.socket) -> None:
    for each in ends:
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@contextmanager
def broken_line(server_port: int) -> Iterator[BrokenLine]:
    """A line from its start to its end."""
    line = BrokenLine(server_port)
    try:
        yield line
    finally:
        line.close()

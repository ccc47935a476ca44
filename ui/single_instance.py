"""A single instance for each database: a second start of the program raises the window of the first."""

import hashlib
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from PySide6.QtCore import QEventLoop, QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from fer_desktop.system.folders import APP, data_folder, make_private_folder

_log = logging.getLogger(__name__)

_TIMEOUT_MS: Final = 3000
"""For a running instance to open its socket and to answer."""
_REPLY: Final = b"heard"


class SingleInstance(QObject):
    """A lock on a database, and a local socket by which another start requests the window, `raise_requested`.

    The socket is reachable by the same user on this computer only.
    """

    raise_requested = Signal()

    def __init__(self, database: str) -> None:
        """`database`: its name, from the store."""
        super().__init__()
        with suppress(OSError):  # without the folder there is no lock, which must not prevent a start
            make_private_folder(data_folder())
        owner = f"{data_folder()} {database}"
        self._socket_name = f"{APP}-{hashlib.sha256(owner.encode()).hexdigest()[:16]}"
        self._lock = QLockFile(str(data_folder() / f"{self._socket_name}.lock"))
        self._lock.setStaleLockTime(0)  # not stale by age, as lessons may be long
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._acquired = False

    def acquire(self, *, timeout_ms: int = 0) -> bool:
        """Returns False if another instance has the lock; True also if locking is impossible."""
        if self._acquired:
            return True
        if not self._lock.tryLock(timeout_ms) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._socket_name)  # left behind by a crash
        if not self._server.listen(self._socket_name):
            _log.debug("a second start will not be noticed: %s", self._server.errorString())
        self._acquired = True
        return True

    def acquire_or_raise_running(self) -> bool:
        """Returns False if another instance has the lock and answers: its window was raised."""
        return self.acquire() or not self.raise_running()

    def raise_running(self) -> bool:
        """Requests the window of the running instance; returns False without an answer."""
        _allow_foreground()
        socket, answered, patience = QLocalSocket(), QEventLoop(), QTimer()
        for signal in (socket.readyRead, socket.errorOccurred, patience.timeout):
            signal.connect(lambda *_: answered.quit())
        socket.connectToServer(self._socket_name)
        if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
            return False
        patience.start(_TIMEOUT_MS)
        answered.exec()
        patience.stop()
        return socket.readAll().data() == _REPLY

    def release(self) -> None:
        """Releases the lock and closes the socket."""
        self._server.close()
        self._lock.unlock()
        self._acquired = False

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_REPLY)
            caller.flush()  # the caller disconnects once it has read it
        self.raise_requested.emit()


@contextmanager
def claim_instance(database: str) -> Iterator[SingleInstance | None]:
    """The lock on a database; None if another instance has it, whose window is then raised.

    An instance that does not answer, as it hangs or is closing, is waited for and then ignored: a second window does
    no harm, while a program that does not open is useless. One that was still opening the lessons answers when asked
    again, by `acquire_or_raise_running`.
    """
    instance = SingleInstance(database)
    if not instance.acquire_or_raise_running():
        yield None
        return
    instance.acquire(timeout_ms=_TIMEOUT_MS)
    try:
        yield instance
    finally:
        instance.release()


def _allow_foreground() -> None:
    """On Windows only the foreground program can allow another one to take the foreground."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)

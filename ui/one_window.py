"""One window for each database: a second start of the program brings the first one's window to the front."""

import getpass
import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from fer_desktop.folders import APP, data_folder, make_private_folder

_log = logging.getLogger(__name__)

_PATIENCE_MS: Final = 3000
"""For the first start to open its door, and for it to hear the knock."""


class OneWindow(QObject):
    """The right to be the window over a database. A door of this computer alone, which no network reaches.

    `wanted()`: the program was started once more.
    """

    wanted = Signal()

    def __init__(self, database: str) -> None:
        """`database`: its name, as the store tells it."""
        super().__init__()
        with suppress(OSError):  # then the lock cannot be kept, which is no reason not to open
            make_private_folder(data_folder())
        whose = f"{getpass.getuser()} {data_folder()} {database}"
        self._door = f"{APP}-{hashlib.sha256(whose.encode()).hexdigest()[:16]}"
        self._lock = QLockFile(str(data_folder() / f"{self._door}.lock"))
        self._lock.setStaleLockTime(0)  # however long a lesson lasts; the lock of a dead process is none
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._hear)

    def take(self) -> bool:
        """Whether this is the only one. Where the lock cannot be kept at all, it is taken to be."""
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._door)  # a crash leaves it
        if not self._server.listen(self._door):
            _log.debug("a second start will not be heard: %s", self._server.errorString())
        return True

    def knock(self) -> None:
        """Asks the window that is open to come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._door)
        if socket.waitForConnected(_PATIENCE_MS):
            socket.disconnectFromServer()

    def release(self) -> None:
        self._server.close()
        self._lock.unlock()

    def _hear(self) -> None:
        while self._server.hasPendingConnections():
            self._server.nextPendingConnection().deleteLater()
        self.wanted.emit()


@contextmanager
def only_window(database: str) -> Iterator[OneWindow | None]:
    """The right to be the window over a database; None where one is open, which then comes to the front."""
    one = OneWindow(database)
    if not one.take():
        one.knock()
        yield None
        return
    try:
        yield one
    finally:
        one.release()

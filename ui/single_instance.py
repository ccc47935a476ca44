"""One window for each database: a second start of the program brings the first one's window to the front."""

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
"""For a first start that is under way to open its door, and to hear the knock."""
_REPLY: Final = b"heard"


class SingleInstance(QObject):
    """The right to be the window over a database. A door of this computer alone, which no network reaches.

    `raise_requested()`: the program was started once more.
    """

    raise_requested = Signal()

    def __init__(self, database: str) -> None:
        """`database`: its name, as the store tells it."""
        super().__init__()
        with suppress(OSError):  # then the lock cannot be kept, which is no reason not to open
            make_private_folder(data_folder())
        owner = f"{data_folder()} {database}"
        self._socket_name = f"{APP}-{hashlib.sha256(owner.encode()).hexdigest()[:16]}"
        self._lock = QLockFile(str(data_folder() / f"{self._socket_name}.lock"))
        self._lock.setStaleLockTime(0)  # however long a lesson lasts; the lock of a dead process is none
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def acquire(self, *, timeout_ms: int = 0) -> bool:
        """Whether this is the only one. Where the lock cannot be kept at all, it is taken to be."""
        if not self._lock.tryLock(timeout_ms) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._socket_name)  # a crash leaves it
        if not self._server.listen(self._socket_name):
            _log.debug("a second start will not be heard: %s", self._server.errorString())
        return True

    def raise_running(self) -> bool:
        """Asks the window that is open to come to the front. False where nobody answers."""
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
        self._server.close()
        self._lock.unlock()

    def _answer(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.disconnected.connect(caller.deleteLater)
            caller.write(_REPLY)
            caller.flush()  # the caller hangs up once it has read it
        self.raise_requested.emit()


@contextmanager
def claim_instance(database: str) -> Iterator[SingleInstance | None]:
    """The right to be the window over a database; None where one is open, which then comes to the front.

    One that holds the right and does not answer, as it hangs or is closing, is waited for and then passed over: two
    windows harm nobody, and a program that does not open is of no use.
    """
    instance = SingleInstance(database)
    if not instance.acquire():
        if instance.raise_running():
            yield None
            return
        instance.acquire(timeout_ms=_TIMEOUT_MS)
    try:
        yield instance
    finally:
        instance.release()


def _allow_foreground() -> None:
    """Windows lets only the program that the user works with hand the front on to another one."""
    if sys.platform == "win32":
        import ctypes

        any_process = -1
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)

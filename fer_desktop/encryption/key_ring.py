"""Keeps keys in the system's keyring: Secret Service or KWallet, the Keychain, the Windows Credential Manager."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from fer_desktop.encryption.key import KEY_BYTES, DatabaseKey
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE: Final = "FER Desktop lessons"
SERVER_SERVICE: Final = "FER Desktop database"
"""Under which the user keeps the password of a database server, as with `keyring set SERVICE URL`."""
_LEAST_PRIORITY: Final = 1
"""Below it are the backends that keep nothing, or keep it in clear text (keyring's documentation of priorities)."""

Value = TypeVar("Value")


class KeyRing:
    """The keys of this user's databases, by salt. Every method raises `StorageError` only."""

    def __init__(self, backend: "KeyringBackend") -> None:
        self._backend = backend

    @property
    def name(self) -> str:
        """The keyring as `doctor` shows it."""
        return str(self._backend.name)

    def find(self, salt: bytes) -> DatabaseKey | None:
        """The key of the file that begins with `salt`; None if it is not kept here."""
        text = self._ask(lambda: self._backend.get_password(_SERVICE, salt.hex()))
        try:
            secret = bytes.fromhex(text or "")
        except ValueError:
            return None
        return DatabaseKey(secret, salt) if len(secret) == KEY_BYTES else None

    def find_server_password(self, database: str) -> str | None:
        """The password of a database on a server, by its URL without password; None if it is not kept here."""
        return self._ask(lambda: self._backend.get_password(SERVER_SERVICE, database))

    def keep(self, key: DatabaseKey) -> None:
        """Keeps a key, and reads it again to be sure."""
        self._ask(lambda: self._backend.set_password(_SERVICE, key.salt.hex(), key.secret.hex()))
        if self.find(key.salt) != key:
            raise _make_error("it does not return what was put into it")

    def forget(self, salt: bytes) -> None:
        """Removes a key; does nothing if it is not kept here."""
        if self.find(salt) is not None:
            self._ask(lambda: self._backend.delete_password(_SERVICE, salt.hex()))

    def _ask(self, call: Callable[[], Value]) -> Value:
        try:
            return call()
        except Exception as error:  # each backend raises errors of its own
            raise _make_error(str(error) or type(error).__name__) from error


def open_key_ring() -> KeyRing:
    """The system's keyring. Raises `StorageError` where there is none that protects what it keeps."""
    from keyring import get_keyring

    backend = get_keyring()
    if backend.priority < _LEAST_PRIORITY:
        raise StorageError(Message(MessageKey.KEYRING_MISSING))
    return KeyRing(backend)


def _make_error(reason: str) -> StorageError:
    return StorageError(Message(MessageKey.KEYRING_UNUSABLE, reason=reason))

"""Turns the encryption of a store on and off, and keeps its key where the user chose."""

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum

from fer_desktop.encryption.key import MIN_PASSWORD_LENGTH, DatabaseKey, derive_key
from fer_desktop.encryption.key_ring import KeyRing, open_key_ring
from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.copying import Progress
from fer_desktop.storage.store import Store


class Protection(StrEnum):
    """Whether the lessons are encrypted, and where their key is."""

    OFF = "off"
    KEYRING = "keyring"
    PASSWORD = "password"


def make_password_key(password: str) -> DatabaseKey:
    """A new key from a password. Raises `SettingsError` if that is too short."""
    if len(password) < MIN_PASSWORD_LENGTH:
        raise SettingsError(Message(MessageKey.PASSWORD_TOO_SHORT, letters=MIN_PASSWORD_LENGTH))
    return derive_key(password)


class StoreProtection:
    """The encryption of one store. Asking the keyring may take as long as the user takes to unlock it."""

    def __init__(self, store: Store, open_ring: Callable[[], KeyRing] = open_key_ring) -> None:
        self._store = store
        self._open_ring = open_ring

    @property
    def encrypted(self) -> bool:
        """Whether the lessons are encrypted."""
        return self._store.key is not None

    def read_state(self) -> Protection:
        """Whether they are, and where the key is."""
        if self._store.key is None:
            return Protection.OFF
        with suppress(StorageError):
            if self._open_ring().find(self._store.key.salt) == self._store.key:
                return Protection.KEYRING
        return Protection.PASSWORD

    def find_keyring_problem(self) -> Message | None:
        """Why there is no keyring for the key; None where there is one."""
        try:
            self._open_ring()
        except StorageError as error:
            return error.message
        return None

    def opens_nothing(self, key: DatabaseKey) -> bool:
        """Whether the lessons surely do not have this key; False in doubt."""
        return self._store.is_key_known and self._store.key != key

    def protect(self, key: DatabaseKey, *, in_keyring: bool, on_progress: Progress = lambda _: None) -> None:
        """Encrypts the lessons, or gives them another key. `in_keyring`: the keyring keeps it; else it is a password's.

        The keyring has the key before anything is encrypted with it, and the old one until nothing is any more; both
        where that is not known. Raises `StorageError`.
        """
        old = self._store.key
        if in_keyring:
            self._open_ring().keep(key)
        try:
            self._store.change_key(key, on_progress=on_progress)
        finally:
            if self._store.is_key_known:
                self._forget(old if self._store.key == key else key)

    def unprotect(self, *, on_progress: Progress = lambda _: None) -> None:
        """Decrypts the lessons, and forgets their key. Raises `StorageError`."""
        old = self._store.key
        if old is None:
            raise StorageError(Message(MessageKey.NOT_ENCRYPTED))
        self._store.change_key(None, on_progress=on_progress)
        self._forget(old)

    def _forget(self, key: DatabaseKey | None) -> None:
        with suppress(StorageError):  # a keyring that is gone or locked: the key opens nothing any more
            if key is not None:
                self._open_ring().forget(key.salt)

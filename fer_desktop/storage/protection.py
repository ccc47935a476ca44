"""Turns the encryption of a store on and off, and keeps its key where the user chose."""

from contextlib import suppress

from fer_desktop.encryption.key import MIN_PASSWORD_LENGTH, DatabaseKey, derive_key
from fer_desktop.encryption.key_ring import KeyRing, open_key_ring
from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.storage.copying import Progress
from fer_desktop.storage.store import Store


def make_password_key(password: str) -> DatabaseKey:
    """A new key from a password. Raises `SettingsError` if that is too short."""
    if len(password) < MIN_PASSWORD_LENGTH:
        raise SettingsError(Message(MessageKey.PASSWORD_TOO_SHORT, letters=MIN_PASSWORD_LENGTH))
    return derive_key(password)


def protect_store(
    store: Store, key: DatabaseKey, *, ring: KeyRing | None, on_progress: Progress = lambda _: None
) -> None:
    """Encrypts the store, or gives it another key. `ring`: keeps the key; None for a password.

    The ring has the key before anything is encrypted with it, and the old one until nothing is any more. Raises
    `StorageError`.
    """
    old = store.key
    if ring is not None:
        ring.keep(key)
    try:
        store.change_key(key, on_progress=on_progress)
    finally:
        outdated = old if store.key == key else key
        if outdated is not None:
            _forget(outdated)


def unprotect_store(store: Store, *, on_progress: Progress = lambda _: None) -> None:
    """Decrypts the store, and forgets its key. Raises `StorageError`."""
    old = store.key
    if old is None:
        raise StorageError(Message(MessageKey.NOT_ENCRYPTED))
    store.change_key(None, on_progress=on_progress)
    _forget(old)


def is_kept_in_ring(key: DatabaseKey) -> bool:
    """Whether the system's keyring has the key, so that nobody needs to type anything."""
    try:
        return open_key_ring().find(key.salt) == key
    except StorageError:
        return False


def _forget(key: DatabaseKey) -> None:
    with suppress(StorageError):  # a keyring that is gone or locked: the key opens nothing any more
        open_key_ring().forget(key.salt)

"""Where the key of an encrypted database comes from when it is opened."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import DatabaseKey, read_key
from fer_desktop.encryption.key_ring import KeyRing, open_key_ring
from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.files import read_small_file

KEY_VARIABLE: Final = "FER_DESKTOP_KEY"
KEY_FILE_VARIABLE: Final = "FER_DESKTOP_KEY_FILE"
_MAX_FILE_BYTES: Final = 10_000

KeySource = Callable[[bytes], DatabaseKey | None]
"""Gets the salt of a file; returns its key, or None if this source does not have it. Raises `StorageError`."""


def find_key(salt: bytes) -> DatabaseKey | None:
    """The key from the environment, else from the system's keyring: all that needs no answer from the user."""
    return try_sources((key_from_environment, key_from_ring), salt)


def try_sources(sources: Sequence[KeySource], salt: bytes) -> DatabaseKey | None:
    """The key of the first source that has it."""
    return next((key for source in sources if (key := source(salt)) is not None), None)


def key_from_environment(salt: bytes, environment: Mapping[str, str] = os.environ) -> DatabaseKey | None:
    """From `FER_DESKTOP_KEY`, or the first line of the file `FER_DESKTOP_KEY_FILE`: a password or a recovery key."""
    text = environment.get(KEY_VARIABLE) or read_key_file(environment.get(KEY_FILE_VARIABLE))
    return read_key(text, salt) if text else None


def key_from_ring(salt: bytes, open_ring: Callable[[], KeyRing] = open_key_ring) -> DatabaseKey | None:
    """From the system's keyring; None where there is none, or it cannot be asked: there are other ways."""
    try:
        return open_ring().find(salt)
    except StorageError:
        return None


def find_server_password(database: str, open_ring: Callable[[], KeyRing] = open_key_ring) -> str | None:
    """From the system's keyring, by the database's URL without password; None where it is not kept, as above."""
    try:
        return open_ring().find_server_password(database)
    except StorageError:
        return None


def read_key_file(name: str | None) -> str | None:
    """The first line of a file; None without a name, or if it is empty. Raises `StorageError`."""
    if not name:
        return None
    try:
        text = read_small_file(Path(name), _MAX_FILE_BYTES).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise StorageError(Message(MessageKey.KEY_FILE_UNREADABLE, path=name, reason=reason)) from error
    return text.split("\n", 1)[0].rstrip("\r") or None

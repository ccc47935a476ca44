"""Scenes that change the key of a database, for `test_killed_key_changes.py`."""

from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.storage.store import open_store
from tests.faults.scenes import DATABASE, Say, run_as_command

FIRST_KEY: Final = DatabaseKey(bytes(range(32)), bytes(range(16)))
SECOND_KEY: Final = DatabaseKey(bytes(range(100, 132)), bytes(range(50, 66)))


def keys(salt: bytes) -> DatabaseKey | None:
    return {each.salt: each for each in (FIRST_KEY, SECOND_KEY)}.get(salt)


def encrypt(folder: Path, say: Say) -> int:
    return change_key(folder, FIRST_KEY, say)


def decrypt(folder: Path, say: Say) -> int:
    return change_key(folder, None, say)


def give_another_key(folder: Path, say: Say) -> int:
    return change_key(folder, SECOND_KEY, say)


def change_key(folder: Path, key: DatabaseKey | None, say: Say) -> int:
    """Changes the key, and says when that is done."""

    def act() -> int:
        with open_store(str(folder / DATABASE), keys) as store:
            store.change_key(key)
        say("done")
        return 0

    return run_as_command(act)

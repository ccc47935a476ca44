"""The folder of recordings whose analysis has not been finished: what was seen in their segments so far."""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from fer_desktop.errors import StorageError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.file_hold import FileHold, hold_file
from fer_desktop.system.files import beside
from fer_desktop.system.folders import data_folder

_KEPT_S: Final = 7 * 24 * 3600.0
"""Whoever has not gone on with an analysis for a week will not."""


def unfinished_folder(path: Path | None) -> Path:
    """Beside the database; of one on a server (None), in the data folder. It may not exist."""
    return data_folder() / "unfinished" if path is None else beside(path, ".unfinished")


def remove_unfinished(path: Path | None) -> None:
    """Removes all that nobody is working on: after a deletion they could keep what was deleted.

    Raises `StorageError`.
    """
    for folder in list_unfinished_folders(unfinished_folder(path)):
        try:
            remove_unless_held(folder)
        except OSError as error:
            message = Message(MessageKey.UNFINISHED_NOT_REMOVED, path=str(folder), reason=str(error.strerror))
            raise StorageError(message) from error


def sweep_unfinished(folder: Path) -> None:
    """Removes those with which nobody has gone on for a week. Never raises."""
    for each in list_unfinished_folders(folder):
        with suppress(OSError):
            if time.time() - each.stat().st_mtime > _KEPT_S:
                remove_unless_held(each)


def hold_unfinished(folder: Path) -> FileHold | None:
    """Keeps others from working in a folder of one analysis; None where somebody does. Raises `OSError`."""
    return hold_file(_lock_of(folder))


def unfinished_locks(path: Path | None) -> list[Path]:
    """The files that analyses into a database hold locked while they live. Raises `StorageError`."""
    folder = unfinished_folder(path)
    try:
        return [lock for each in list_unfinished_folders(folder) if (lock := _lock_of(each)).exists()]
    except OSError as error:
        message = Message(MessageKey.UNFINISHED_NOT_REMOVED, path=str(folder), reason=str(error.strerror))
        raise StorageError(message) from error


def list_unfinished_folders(folder: Path) -> list[Path]:
    """One an analysis. Raises `OSError`."""
    return [each for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []


def remove_unless_held(folder: Path) -> None:
    """Removes the folder of an analysis that nobody goes on with at the moment. Raises `OSError`."""
    hold = hold_unfinished(folder)
    if hold is not None:
        try:
            shutil.rmtree(folder)
        finally:
            hold.release()


def _lock_of(folder: Path) -> Path:
    return beside(folder, ".lock")

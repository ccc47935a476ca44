"""Recordings whose analysis in the window has not been finished, to be offered again."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.sealed_file import seal, unseal
from fer_desktop.errors import FerDesktopError, SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.recording.work_folder import SEGMENT_SUFFIX
from fer_desktop.storage.unfinished import hold_unfinished, list_unfinished_folders, remove_unless_held
from fer_desktop.system.files import replace_binary_file

_NOTE: Final = "recording"


@dataclass(frozen=True, slots=True)
class UnfinishedRecording:
    """`path`: of the recording. `done`: of its `segments`. `folder`: where they are kept."""

    path: Path
    done: int
    segments: int
    folder: Path


def note_recording(folder: Path, path: Path, segments: int, *, key: DatabaseKey | None) -> None:
    """Notes in the folder of an analysis which recording it reads; encrypted with the database's key if it has one.

    Raises `SourceError`.
    """
    content = json.dumps({"path": str(path.resolve()), "segments": segments}).encode()
    try:
        with replace_binary_file(folder / _NOTE) as file:
            file.write(content if key is None else seal(content, key))
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(Message(MessageKey.WORK_FOLDER_UNUSABLE, path=str(folder), reason=reason)) from error


def list_unfinished(root: Path, *, key: DatabaseKey | None) -> Sequence[UnfinishedRecording]:
    """Those with which nobody goes on at the moment, the newest first; without those whose note cannot be read."""
    folders = sorted(list_unfinished_folders(root), key=lambda folder: folder.stat().st_mtime, reverse=True)
    return [found for folder in folders if (found := _read(folder, key)) is not None]


def discard_unfinished(recording: UnfinishedRecording) -> None:
    """Removes what was read of it. Raises `SourceError`."""
    try:
        remove_unless_held(recording.folder)
    except OSError as error:
        message = Message(
            MessageKey.UNFINISHED_NOT_REMOVED, path=str(recording.folder), reason=error.strerror or str(error)
        )
        raise SourceError(message) from error


def _read(folder: Path, key: DatabaseKey | None) -> UnfinishedRecording | None:
    with suppress(OSError, ValueError, KeyError, TypeError, FerDesktopError):
        hold = hold_unfinished(folder)
        if hold is None:
            return None
        hold.release()
        content = (folder / _NOTE).read_bytes()
        plain = json.loads(content if key is None else unseal(content, key))
        done = len(list(folder.glob(f"*{SEGMENT_SUFFIX}")))
        return UnfinishedRecording(Path(plain["path"]), done, int(plain["segments"]), folder)
    return None

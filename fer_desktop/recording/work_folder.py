"""The segments of one recording that are finished, kept so that a killed analysis goes on where it was."""

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Final

from fer_desktop.capture.video_segment import VideoPlan
from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.sealed_file import seal, unseal
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.recording.packing import SeenSegment, hide_names, unpack_segment
from fer_desktop.recording.task import SegmentTask
from fer_desktop.storage.unfinished import hold_unfinished, sweep_unfinished
from fer_desktop.system.files import replace_binary_file
from fer_desktop.system.folders import make_private_folder

_SALT: Final = "salt"
SEGMENT_SUFFIX: Final = ".segment"
"""Of the files of finished segments."""


class WorkFolder:
    """Private to this user, encrypted with the database's key where it has one, locked until the end of the block.

    Names that must not be stored are kept as digests; so that they are comparable, those of segments that are read
    later are replaced, too, where the analysis goes on with kept segments.
    """

    def __init__(
        self, root: Path, name: str, *, find_key: Callable[[], DatabaseKey | None], names_allowed: bool
    ) -> None:
        """`name`: of the analysis, as `name_analysis` has it. `find_key`: gives the database's key as it is now; called
        once the folder is held, as then nobody changes it any more. Raises `SourceError`, and what `find_key` raises.
        """
        self.path = root / name
        self._names_allowed = names_allowed
        try:
            make_private_folder(root)
            sweep_unfinished(root)
            self._hold = hold_unfinished(self.path)
            if self._hold is None:
                raise SourceError(Message(MessageKey.ANALYSIS_IN_PROGRESS))
            make_private_folder(self.path)
            self._salt = self._make_salt()
        except OSError as error:
            raise _explain(error, self.path) from error
        try:
            self._key = find_key()
        except BaseException:
            self._hold.release()
            raise
        self.finished = self._find_finished()
        self._hides = not names_allowed and bool(self.finished)

    def __enter__(self) -> "WorkFolder":
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        if self._hold is not None:
            self._hold.release()

    def keep(self, number: int, content: bytes) -> SeenSegment:
        """Stores what was seen in a segment, packed; gives it as it is to be identified. Raises `SourceError`."""
        kept = content if self._names_allowed else hide_names(content, self._salt)
        try:
            with replace_binary_file(self._path(number)) as file:
                file.write(kept if self._key is None else seal(kept, self._key))
        except OSError as error:
            raise _explain(error, self.path) from error
        return unpack_segment(kept if self._hides else content)

    def take(self, number: int) -> SeenSegment:
        """A segment that an earlier run has kept. Raises `SourceError`."""
        return self._read(number)

    def remove(self) -> None:
        """The analysis is done."""
        shutil.rmtree(self.path, ignore_errors=True)

    def _find_finished(self) -> frozenset[int]:
        """Those that can be read; others are read from the recording again."""
        numbers = {int(path.stem) for path in self.path.glob(f"*{SEGMENT_SUFFIX}") if path.stem.isdecimal()}
        return frozenset(number for number in numbers if self._is_sound(number))

    def _is_sound(self, number: int) -> bool:
        try:
            self._read(number)
        except (SourceError, ValueError):
            return False
        return True

    def _read(self, number: int) -> SeenSegment:
        try:
            content = self._path(number).read_bytes()
        except OSError as error:
            raise _explain(error, self.path) from error
        return unpack_segment(content if self._key is None else unseal(content, self._key))

    def _path(self, number: int) -> Path:
        return self.path / f"{number}{SEGMENT_SUFFIX}"

    def _make_salt(self) -> bytes:
        path = self.path / _SALT
        if not path.exists():
            with replace_binary_file(path) as file:
                file.write(secrets.token_bytes(16))
        return path.read_bytes()


def name_analysis(task: SegmentTask, plan: VideoPlan, *, names_allowed: bool) -> str:
    """The same for the same recording, program, models and options, and for nothing else. `task`: any of it."""
    options = [asdict(task.file), task.program, task.fps, task.expressions_on, names_allowed, asdict(plan)]
    return hashlib.sha256(json.dumps(options).encode()).hexdigest()[:32]


def _explain(error: OSError, folder: Path) -> SourceError:
    return SourceError(Message(MessageKey.WORK_FOLDER_UNUSABLE, path=str(folder), reason=error.strerror or str(error)))

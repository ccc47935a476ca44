"""What a process needs to know to read one segment of a recording."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fer_desktop import __version__
from fer_desktop.capture.video_segment import Segment
from fer_desktop.errors import SourceError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.model_files import MODEL_FILES, ModelUse, check_model_files

_ENDS_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """By which another process recognises a file: its size, and the SHA-256 of its first and last megabyte."""

    bytes: int
    digest: str


@dataclass(frozen=True, slots=True)
class SegmentTask:
    """`path`: of the video, as the process that reads it finds it. `program`: as `describe_program` has it.

    `threads`: that share the work of a frame; None: a few.
    """

    path: str
    file: FileIdentity
    program: str
    segment: Segment
    fps: float | None
    expressions_on: bool
    threads: int | None


def identify_file(path: Path) -> FileIdentity:
    """Raises `SourceError` where the file cannot be read."""
    try:
        size = path.stat().st_size
        with path.open("rb") as content:
            digest = hashlib.sha256(content.read(_ENDS_BYTES))
            content.seek(max(0, size - _ENDS_BYTES))
            digest.update(content.read(_ENDS_BYTES))
    except FileNotFoundError as error:
        raise SourceError(Message(MessageKey.NO_FILE, path=str(path))) from error
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}") from error
    return FileIdentity(size, digest.hexdigest())


@cache
def describe_program(*, expressions_on: bool) -> str:
    """Version and models of this program, all of them checked. Raises `ModelError`."""
    uses = [ModelUse.FACES, ModelUse.NAMES, *([ModelUse.EXPRESSIONS] if expressions_on else [])]
    for use in uses:
        check_model_files(use)
    models = hashlib.sha256("".join(file.sha256 for file in MODEL_FILES if file.use in uses).encode())
    return f"{__version__}, models {models.hexdigest()[:12]}"

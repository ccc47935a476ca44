"""The form of a rescue file: the only place that reads and writes one.

A file is one part of a recording, as JSON lines: a header, the entries in order, and a last line once the session has
ended. It grows by whole lines, each batch flushed to the disk; a line that a kill cut short is no entry. Only its owner
may read it. That of an encrypted database is encrypted as a whole, and written anew as a whole to grow.
"""

import errno
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fer_desktop.encryption.key import DatabaseKey
from fer_desktop.encryption.sealed_file import is_sealed, seal, unseal
from fer_desktop.messages import Message
from fer_desktop.storage.entries import Entry
from fer_desktop.storage.values import NewSession
from fer_desktop.system.files import replace_binary_file

FORMAT_VERSION: Final = 2
_FORMAT: Final = "fer-desktop rescue"
_END: Final = "interrupted"
_WRITTEN_WHOLE: Final = 1
"""The version whose files have no number of the first entry, and always a last line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rescue file's contents. `recording`: names the recording; `part`: counts its files from 1.

    `first`: the number of its first entry in the recording; None in a file of version 1, which has the `session_id`
    instead, where the session had begun. `interrupted`: set in the last part of a session that was closed.
    """

    recording: str
    part: int
    first: int | None
    session: NewSession
    entries: tuple[Entry, ...]
    interrupted: bool | None = None
    session_id: int | None = None


def write_part(path: Path, database_name: str, part: Part, key: DatabaseKey | None) -> int:
    """Writes a whole file under another name, which is then renamed; returns its size, unencrypted. Raises `OSError`.

    `key`: of the database.
    """
    return _write_whole(path, "".join(_encode(line) for line in _list_lines(database_name, part)).encode(), key)


def _write_whole(path: Path, content: bytes, key: DatabaseKey | None) -> int:
    with replace_binary_file(path) as file:
        file.write(content if key is None else seal(content, key))
    return len(content)


def extend_part(
    path: Path, size: int, entries: Iterable[Entry], *, interrupted: bool | None, key: DatabaseKey | None
) -> int:
    """Adds entries to a file of `size` bytes; returns its new size. Raises `OSError`; the file keeps what it had.

    Bytes after `size` are what a failed attempt left.
    """
    lines = "".join(_encode(line) for line in _list_rows(entries, interrupted)).encode()
    if key is not None:
        return _write_whole(path, _read_content(path, key)[:size] + lines, key)
    with open(path, "r+b", buffering=0) as file:
        file.truncate(size)
        file.seek(size)
        written = 0
        while written < len(lines):
            written += file.write(lines[written:]) or 0
        os.fsync(file.fileno())
    return size + len(lines)


def _read_content(path: Path, key: DatabaseKey | None) -> bytes:
    """Raises `ValueError` for what is damaged, `OSError` for what cannot be read now."""
    content = path.read_bytes()
    if not is_sealed(content):
        return content
    if key is None:
        raise OSError(errno.EACCES, "it belongs to an encrypted database", str(path))
    return unseal(content, key)


def read_part(path: Path, key: DatabaseKey | None) -> Part:
    """Raises `ValueError` for what is damaged or no rescue file, `OSError` for what cannot be read now."""
    try:
        header, *rows = (json.loads(line) for line in _read_content(path, key).split(b"\n")[:-1])
        if header["format"] != _FORMAT:
            raise ValueError(f"{path} is no rescue file")
        if header["version"] > FORMAT_VERSION:
            raise OSError(errno.ENOTSUP, "a newer version of FER Desktop wrote it", str(path))
        return _make_part(header, rows)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} is no rescue file") from error


def read_database_name(path: Path, key: DatabaseKey | None) -> str:
    """The database whose session it is, as it was named then. Raises as `read_part`."""
    try:
        return str(json.loads(_read_content(path, key).split(b"\n", 1)[0])["database"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path} is no rescue file") from error


def _make_part(header: dict[str, Any], rows: list[dict[str, Any]]) -> Part:
    ended = bool(rows) and _END in rows[-1]
    end = rows.pop() if ended else {_END: None}
    if header["version"] == _WRITTEN_WHOLE and end.get("entries") != len(rows):
        raise ValueError("the file is incomplete")
    started_at = datetime.fromisoformat(header["session"]["started_at"])
    source = Message.from_json(header["session"]["source"])
    return Part(
        header["recording"],
        header["part"],
        header.get("first"),
        NewSession(**header["session"] | {"started_at": started_at, "source": source}),
        tuple(Entry.from_plain(row) for row in rows),
        end[_END],
        header.get("session_id"),
    )


def _encode(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _list_lines(database_name: str, part: Part) -> Iterator[dict[str, Any]]:
    session = {field.name: getattr(part.session, field.name) for field in fields(part.session)}
    session |= {"started_at": part.session.started_at.isoformat(), "source": part.session.source.to_json()}
    yield {
        "format": _FORMAT,
        "version": FORMAT_VERSION,
        "database": database_name,
        "recording": part.recording,
        "part": part.part,
        "first": part.first,
        "session": session,
    }
    yield from _list_rows(part.entries, part.interrupted)


def _list_rows(entries: Iterable[Entry], interrupted: bool | None) -> Iterator[dict[str, Any]]:
    for entry in entries:
        yield entry.to_plain()
    if interrupted is not None:
        yield {_END: interrupted}

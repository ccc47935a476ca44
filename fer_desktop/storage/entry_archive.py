"""All entries that a recording made so far, compressed, in memory: for a database that loses those it had."""

import json
import zlib
from typing import Final

from fer_desktop.storage.entries import Entry

_BLOCK: Final = 60
"""Entries that are compressed together: 49 students for 90 minutes take some 7 MB."""


class EntryArchive:
    """Entries, numbered from 0. For one thread at a time."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._newest: list[Entry] = []

    def add(self, entry: Entry) -> None:
        """Adds an entry."""
        self._newest.append(entry)
        if len(self._newest) == _BLOCK:
            self._blocks.append(_pack(self._newest))
            self._newest = []

    def read(self) -> list[Entry]:
        """All of them, in their order. Takes some 0.2 s for 20 minutes of 49 students."""
        return [entry for block in self._blocks for entry in _unpack(block)] + self._newest

    def clear(self) -> None:
        """Forgets all."""
        self._blocks, self._newest = [], []


def _pack(entries: list[Entry]) -> bytes:
    return zlib.compress(json.dumps([entry.to_plain() for entry in entries]).encode())


def _unpack(block: bytes) -> list[Entry]:
    return [Entry.from_plain(plain) for plain in json.loads(zlib.decompress(block))]

"""Keyrings for tests: in memory, and in a file that several processes share."""

import json
import os
from pathlib import Path
from typing import Final

from keyring.backend import KeyringBackend

FILE_VARIABLE: Final = "FER_DESKTOP_TEST_KEYRING"


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given while the test runs, or fails with the error that it was made with."""

    priority = 5

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self._error = error

    def get_password(self, service: str, username: str) -> str | None:
        if self._error is not None:
            raise self._error
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[(service, username)]


class FileKeyring(KeyringBackend):
    """Keeps what it is given in the file that `FER_DESKTOP_TEST_KEYRING` names."""

    priority = 5

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write(self._read() | {f"{service} {username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service} {username}"]
        self._write(kept)

    def _read(self) -> dict[str, str]:
        path = Path(os.environ[FILE_VARIABLE])
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        return kept

    def _write(self, kept: dict[str, str]) -> None:
        Path(os.environ[FILE_VARIABLE]).write_text(json.dumps(kept))

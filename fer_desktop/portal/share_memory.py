"""What was shared last, so that *Watch again* needs no question: a file of its own beside the settings.

The desktop gives a new token at each start, on the thread that captures, while the settings belong to the windows.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from fer_desktop.system.files import read_small_file, replace_file
from fer_desktop.system.folders import config_folder, make_private_folder

_log = logging.getLogger(__name__)

SharedKind = Literal["window", "monitor"]
SHARED_KINDS: Final[tuple[SharedKind, ...]] = get_args(SharedKind)

FILE_NAME: Final = "shared-screen.json"
_MAX_BYTES: Final = 10_000


@dataclass(frozen=True, slots=True)
class LastShare:
    """`token`: the desktop's word for the window or monitor; it neither names nor opens it for another program."""

    kind: SharedKind
    token: str


class ShareMemory:
    """Reads and writes the file. Any thread; never raises, as watching goes on without it."""

    def __init__(self, path: Path | None = None) -> None:
        """`path`: by default beside the settings."""
        self._path = path or config_folder() / FILE_NAME

    def load(self) -> LastShare | None:
        """None where nothing was shared, or the file cannot be read."""
        try:
            values = json.loads(read_small_file(self._path, _MAX_BYTES))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(values, dict):
            return None
        kind, token = values.get("kind"), values.get("token")
        if kind not in SHARED_KINDS or not isinstance(token, str) or not token:
            return None
        return LastShare(kind, token)

    def keep(self, share: LastShare) -> None:
        """Replaces the last one: its token has been used up."""
        try:
            make_private_folder(self._path.parent)
            with replace_file(self._path) as file:
                json.dump({"kind": share.kind, "token": share.token}, file)
        except OSError as error:
            _log.info("what was shared is not remembered: %s", error)

    def forget(self) -> None:
        """Deletes the file."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            _log.info("what was shared is not forgotten: %s", error)

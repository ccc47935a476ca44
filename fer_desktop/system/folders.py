"""The folders of settings and data; both are under FER_DESKTOP_HOME where that is set."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

import platformdirs

APP: Final = "fer-desktop"
HOME_VARIABLE: Final = "FER_DESKTOP_HOME"


def config_folder() -> Path:
    """The folder of the settings. It may not exist yet."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / "config" if home else platformdirs.user_config_path(APP, appauthor=False)


def data_folder() -> Path:
    """The folder of the default database. It may not exist yet."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / "data" if home else platformdirs.user_data_path(APP, appauthor=False)


def temporary_folder(purpose: str) -> Path:
    """The folder of this user for one purpose in the system's temporary folder. It may not exist, or not be own."""
    user = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    return Path(tempfile.gettempdir()) / f"{APP}-{purpose}{user}"


def make_private_folder(folder: Path) -> None:
    """Creates the folder, for this user only, unless it exists. Raises `OSError`.

    From the program's own folders the rights of others are taken; a folder that the user named is left as it is.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder in (config_folder(), data_folder()) and folder.stat().st_mode & 0o077:
        with suppress(PermissionError):
            folder.chmod(0o700)


def require_own_folder(folder: Path, *, make: bool = True) -> None:
    """Raises `OSError` unless the folder is this user's own: anybody may create one in the temporary folder."""
    if make:
        make_private_folder(folder)
    status = folder.lstat()
    if hasattr(os, "getuid") and (folder.is_symlink() or status.st_uid != os.getuid() or status.st_mode & 0o022):
        raise PermissionError(f"others may write in {folder}")

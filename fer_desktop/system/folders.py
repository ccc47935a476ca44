"""The folders of settings and data; both are under FER_DESKTOP_HOME where that is set."""

import os
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


def make_private_folder(folder: Path) -> None:
    """Creates the folder, for this user only, unless it exists. Raises `OSError`.

    From the program's own folders the rights of others are taken; a folder that the user named is left as it is.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "posix" and folder in (config_folder(), data_folder()) and folder.stat().st_mode & 0o077:
        with suppress(PermissionError):
            folder.chmod(0o700)

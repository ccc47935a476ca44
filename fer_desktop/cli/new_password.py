"""Asks for a new password on the command line. It is never an argument, which other programs could read."""

import os
import sys
from collections.abc import Callable
from getpass import getpass
from typing import Final

from fer_desktop.encryption.key_sources import read_key_file
from fer_desktop.errors import SettingsError

NEW_PASSWORD_FILE_VARIABLE: Final = "FER_DESKTOP_NEW_PASSWORD_FILE"


def ask_new_password(ask: Callable[[str], str] = getpass) -> str:
    """From the file that `FER_DESKTOP_NEW_PASSWORD_FILE` names, else asked twice. Raises `SettingsError`."""
    name = os.environ.get(NEW_PASSWORD_FILE_VARIABLE)
    if name:
        return read_key_file(name) or ""
    if not sys.stdin.isatty():
        raise SettingsError(f"there is no terminal to ask for a password; {NEW_PASSWORD_FILE_VARIABLE} names a file")
    password = ask("New password: ")
    if ask("The same once more: ") != password:
        raise SettingsError("the two passwords differ; nothing was changed")
    return password

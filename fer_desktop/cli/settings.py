"""The user's settings on the command line."""

import sys
from typing import TYPE_CHECKING

from fer_desktop.cli.run import PROGRAM

if TYPE_CHECKING:
    from fer_desktop.settings import Settings


def load_settings_or_defaults() -> "Settings":
    """The user's settings. Where they cannot be used: the defaults, with a line on stderr, as the place is lost too."""
    from fer_desktop.settings import load_settings

    settings, notice = load_settings()
    if notice:
        sys.stderr.write(f"{PROGRAM}: {notice}\n")
    return settings

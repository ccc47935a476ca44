"""The user's settings on the command line."""

import sys
from typing import TYPE_CHECKING

from fer_desktop.cli.run import PROGRAM

if TYPE_CHECKING:
    from fer_desktop.settings import Settings


def load_settings_aloud() -> "Settings":
    """The settings; one line on stderr where they could not be used, as then the place of the class is gone too."""
    from fer_desktop.settings import load_settings

    settings, notice = load_settings()
    if notice:
        sys.stderr.write(f"{PROGRAM}: {notice}\n")
    return settings

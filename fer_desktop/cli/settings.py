"""The user's settings on the command line."""

import sys
from typing import TYPE_CHECKING

from fer_desktop.cli.run import PROGRAM

if TYPE_CHECKING:
    from fer_desktop.settings import Settings


def load_settings_or_defaults() -> "Settings":
    """The user's settings, as far as they can be read, with a line on stderr where something is wrong with them."""
    from fer_desktop.messages import ENGLISH
    from fer_desktop.settings import load_settings

    settings, notice = load_settings()
    if notice:
        sys.stderr.write(f"{PROGRAM}: {ENGLISH.render(notice)}\n")
    return settings

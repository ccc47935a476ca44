"""The user's settings on the command line."""

from typing import TYPE_CHECKING

from fer_desktop.cli.language import print_notice

if TYPE_CHECKING:
    from fer_desktop.settings import Settings


def load_settings_or_defaults() -> "Settings":
    """The user's settings, as far as they can be read, with a line on stderr where something is wrong with them."""
    from fer_desktop.settings import load_settings

    settings, notice = load_settings()
    if notice:
        print_notice(notice)
    return settings

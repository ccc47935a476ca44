"""The language of the command line's messages. What it prints as JSON, and data that it exports, stay English."""

import os
from collections.abc import Mapping

from fer_desktop.cli.run import print_line
from fer_desktop.messages import Language, Message, pick_language

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""By precedence, as POSIX has it: the first that is set counts."""


def user_language(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of the settings, or of the system's locale. `environment`: of the process."""
    from fer_desktop.settings import peek_settings

    return pick_language(peek_settings()[0].language, _read_locale(environment))


def print_notice(notice: Message) -> None:
    """Writes a line to stderr in the user's language."""
    print_line(user_language().render(notice))


def _read_locale(environment: Mapping[str, str]) -> str:
    """Such as "hi_IN", without encoding and modifier; empty where no variable is set."""
    values = (environment.get(name) for name in _LOCALE_VARIABLES)
    locale = next(filter(None, values), "")
    return locale.partition(".")[0].partition("@")[0]

"""Texts of what is wrong with the settings file."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.SETTINGS_BROKEN: _T(
        mark("Your settings file is damaged. Everything readable is used. The old file: {path}."), {"path": str}
    ),
    MessageKey.SETTINGS_LOST: _T(
        mark("These settings could not be read and are back at their defaults: {names}. The old file: {path}."),
        {"names": str, "path": str},
    ),
    MessageKey.SETTINGS_UNREADABLE: _T(
        mark("Your settings could not be read ({reason}: {path})."), {"reason": str, "path": str}
    ),
    MessageKey.SETTINGS_NOT_CONFIRMED: _T(mark("Your settings were damaged and are not confirmed yet.")),
    MessageKey.SETTINGS_UNCONFIRMED: _T(
        mark(
            "{damage} Until you check and save the settings in the window, expressions are off, only class totals are "
            "saved, and old lessons are not deleted."
        ),
        {"damage": object},
    ),
}

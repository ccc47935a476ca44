"""Texts of why a calendar cannot be read."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.CALENDAR_UNREADABLE: _T(
        mark("{path} cannot be read ({reason}); choose another calendar file (.ics)"), {"path": str, "reason": str}
    ),
    MessageKey.CALENDAR_UNKNOWN: _T(
        mark("{path} is no calendar; save your calendar as .ics and choose that file"), {"path": str}
    ),
    MessageKey.CALENDAR_DAMAGED: _T(mark("{path} is damaged; save your calendar as .ics again"), {"path": str}),
    MessageKey.CALENDAR_TOO_LARGE: _T(mark("{path} is too large; is it the file that you meant?"), {"path": str}),
    MessageKey.CALENDAR_EMPTY: _T(
        mark("{path} has no events at a time of day in the coming year; choose another calendar"), {"path": str}
    ),
}

"""Texts of the faults of a session, and of notices while it goes on."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.CAPTURE_FAILED: _T(
        mark("Something went wrong while capturing the picture ({error}). Start again."), {"error": str}
    ),
    MessageKey.ANALYSIS_FAILED: _T(
        mark("Something went wrong while reading the faces ({error}). Start again."), {"error": str}
    ),
    MessageKey.RECORDING_STOPPED: _T(mark("Recording has stopped: {error}"), {"error": object}),
    MessageKey.NAMES_UNREADABLE: _T(mark("Names cannot be read: {error}"), {"error": object}),
    MessageKey.FACES_UNREADABLE: _T(mark("Faces cannot be found: {error}"), {"error": object}),
    MessageKey.EXPRESSIONS_UNREADABLE: _T(mark("Expressions cannot be read: {error}"), {"error": object}),
    MessageKey.RECORD_INCOMPLETE: _T(
        mark("The lesson was interrupted, so its record is incomplete: {error}"), {"error": object}
    ),
    MessageKey.PROGRAM_STALLED: _T(
        mark("the program did not run. Was the computer overloaded, or the program stopped?")
    ),
    MessageKey.ANALYSIS_STALLED: _T(mark("the faces of one picture took very long. Is the computer overloaded?")),
    MessageKey.CLOCK_SET_FORWARD: _T(mark("the clock was set forward by {seconds:duration}"), {"seconds": int}),
    MessageKey.CLOCK_SET_BACK: _T(mark("the clock was set back by {seconds:duration}"), {"seconds": int}),
    MessageKey.TIME_ZONE_CHANGED: _T(
        mark("the time zone changed from {before} to {after}"), {"before": str, "after": str}
    ),
    MessageKey.KEPT_IN_MEMORY: _T(mark("Kept in memory until it can be saved: {error}"), {"error": object}),
    MessageKey.KEPT_IN_FILE: _T(mark("Kept in {file} until it can be saved: {error}"), {"file": str, "error": object}),
    MessageKey.LITTLE_SPACE: _T(
        mark("Only {free_mb} MB are left on the disk with your lessons. Free some space"), {"free_mb": int}
    ),
}

"""Texts of why an exported lesson cannot be imported, and of what was left out of it."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.IMPORT_UNREADABLE: _T(
        mark("{path} cannot be read ({reason}); name a lesson that was exported as JSON"),
        {"path": str, "reason": object},
    ),
    MessageKey.IMPORT_NO_LESSON: _T(
        mark("{path} is no exported lesson; export the lesson as JSON and name that file"), {"path": str}
    ),
    MessageKey.IMPORT_NEWER: _T(
        mark("{path} comes from a newer version of this program; update it here, then import the lesson again"),
        {"path": str},
    ),
    MessageKey.IMPORT_DAMAGED: _T(
        mark("{path} is damaged ({reason}); export the lesson again"), {"path": str, "reason": object}
    ),
    MessageKey.IMPORT_UNFINISHED: _T(
        mark("{path} was exported while its lesson was being recorded; stop the lesson and export it again"),
        {"path": str},
    ),
    MessageKey.IMPORT_OF_STUDENT: _T(
        mark("{path} holds one student alone; export the whole lesson as JSON"), {"path": str}
    ),
    MessageKey.IMPORT_TOO_OLD: _T(
        mark("the lesson in {path} is older than {days} days, after which your settings delete lessons"),
        {"path": str, "days": int},
    ),
    MessageKey.IMPORT_IN_FUTURE: _T(
        mark("the lesson in {path} lies in the future by this computer's clock; set the clock right and try again"),
        {"path": str},
    ),
    MessageKey.IMPORT_WITHOUT_EXPRESSIONS: _T(
        mark("Expressions were left out: the law of the lesson's place does not allow them, or its place is unknown.")
    ),
    MessageKey.IMPORT_WITHOUT_STUDENTS: _T(mark("Only the class as a whole was kept, as your settings say.")),
    MessageKey.IMPORT_WITHOUT_NAMES: _T(mark("Names were left out, as your settings do not keep names.")),
}

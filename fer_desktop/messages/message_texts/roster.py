"""Texts of why a roster cannot be read, and of what was guessed or left out in it."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.ROSTER_EMPTY: _T(mark("{path} is empty; choose a CSV file with one student per line"), {"path": str}),
    MessageKey.ROSTER_UNREADABLE: _T(
        mark("{path} cannot be read ({reason}); choose a CSV file"), {"path": str, "reason": str}
    ),
    MessageKey.ROSTER_TOO_LARGE: _T(mark("{path} is too large; is it the file that you meant?"), {"path": str}),
    MessageKey.ROSTER_NOT_TEXT: _T(
        mark("{path} is no text; save it as CSV (UTF-8) and choose that file"), {"path": str}
    ),
    MessageKey.ROSTER_LINE_TOO_LONG: _T(
        mark("line {line} of the file cannot be read (it is too long); mend or remove it"), {"line": int}
    ),
    MessageKey.ROSTER_LINE_UNREADABLE: _T(
        mark("line {line} of the file cannot be read ({reason}); mend or remove it"), {"line": int, "reason": str}
    ),
    MessageKey.ROSTER_TOO_MANY_LINES: _T(
        mark("the file has more than {limit} lines; is it the file that you meant?"), {"limit": int}
    ),
    MessageKey.ROSTER_TOO_MANY_COLUMNS: _T(
        mark("line {line} of the file has {count} columns; is it the file that you meant?"),
        {"line": int, "count": int},
    ),
    MessageKey.ROSTER_WITHOUT_NAMES: _T(
        mark("{path} has no names in it; choose a CSV file with one student per line"), {"path": str}
    ),
    MessageKey.ROSTER_TOO_MANY_NAMES: _T(
        mark("{path} has {count} names; is it the file that you meant?"), {"path": str, "count": int}
    ),
    MessageKey.ROSTER_NAME_BROKEN: _T(
        mark(
            "line {line}: a cell in quotes goes on to line {end}, in the middle of a name; close the quotes or remove "
            "them"
        ),
        {"line": int, "end": int},
    ),
    MessageKey.CALL_REPORT_UNKNOWN: _T(
        mark("{path} is no participant report of Zoom, Teams or Meet; download the report of the call as CSV"),
        {"path": str},
    ),
    MessageKey.CALL_REPORT_EMPTY: _T(
        mark("{path} names no participant; download the report of the call again"), {"path": str}
    ),
    MessageKey.CALL_REPORT_GUESSED: _T(
        mark("the titles of the columns are not known; names and times are read by what they look like")
    ),
    MessageKey.LIST_WITHOUT_KEY: _T(
        mark("{path} has no column {columns}; download the list of students from {service} as CSV"),
        {"path": str, "columns": str, "service": str},
    ),
    MessageKey.ROSTER_CELL_BROKEN: _T(
        mark("line {line}: a cell in quotes goes on to line {end}; names in between would be missing"),
        {"line": int, "end": int},
    ),
    MessageKey.ROSTER_FIRST_NAMES_ONLY: _T(
        mark('only the column "{title}" is read, so the names are halves; give the last names a title too'),
        {"title": str},
    ),
    MessageKey.ROSTER_LAST_NAMES_ONLY: _T(
        mark('only the column "{title}" is read, so the names are halves; give the first names a title too'),
        {"title": str},
    ),
    MessageKey.ROSTER_COLUMNS_JOINED: _T(
        mark("columns {first} and {second} are read as one name; a header would make it certain"),
        {"first": int, "second": int},
    ),
    MessageKey.ROSTER_LINE_WITHOUT_NAME: _T(mark("line {line} has no name and is skipped"), {"line": int}),
    MessageKey.ROSTER_LINE_REPEATED: _T(
        mark("line {line} is skipped: {name} is already in line {before}"),
        {"line": int, "name": str, "before": int},
    ),
    MessageKey.ROSTER_NAMESAKE: _T(
        mark("line {line}: {name} is also in line {before} and counts as another student"),
        {"line": int, "name": str, "before": int},
    ),
}

"""Texts of why a session cannot be exported."""

from typing import Final

from fer_desktop.messages.keys import MessageKey
from fer_desktop.messages.message_texts.message_text import MessageText, Texts
from fer_desktop.messages.texts import mark

_T = MessageText

TEXTS: Final[Texts] = {
    MessageKey.NO_ATTENDANCE: _T(
        mark("lesson {session} has class totals only, so it has no attendance"), {"session": int}
    ),
    MessageKey.EXPORT_TO_FOLDER: _T(mark("{path} is a folder; name a file in it"), {"path": str}),
    MessageKey.EXPORT_FOLDER_MISSING: _T(
        mark("the folder {path} does not exist; create it or name another one"), {"path": str}
    ),
    MessageKey.EXPORT_NOT_WRITTEN: _T(
        mark("{path} cannot be written ({reason}); name another place or make room"), {"path": str, "reason": str}
    ),
    MessageKey.ZIP_IS_ENCRYPTED: _T(
        mark("only encrypted exports are ZIP files: use a name such as {name} together with --encrypt"),
        {"name": str},
    ),
    MessageKey.EXPORT_FORMAT_UNKNOWN: _T(
        mark("the ending of {name} names no format; use one of {endings}, or say which format you want"),
        {"name": str, "endings": str},
    ),
    MessageKey.EXPORT_PART_NOT_CSV: _T(
        mark("only CSV files are written in parts: the other formats hold the attendance anyway")
    ),
    MessageKey.ATTENDANCE_WITHOUT_STUDENTS: _T(
        mark("the attendance is of individual students; it cannot be written without them")
    ),
    MessageKey.STUDENT_WITHOUT_STUDENTS: _T(
        mark("choose either one student or the class without individual students, not both")
    ),
    MessageKey.REPORT_OF_STUDENT: _T(
        mark("a report is of a whole lesson; what is saved of one student can be exported as CSV or JSON")
    ),
    MessageKey.PDF_UNAVAILABLE: _T(
        mark("PDF files are made by the program with windows, which is not here; choose HTML")
    ),
    MessageKey.PARQUET_UNAVAILABLE: _T(
        mark(
            "Parquet files need the package pyarrow (some 150 MB), which is not installed: `pip install "
            "'fer-desktop[parquet]'` brings it; or choose CSV, which holds the same"
        )
    ),
}

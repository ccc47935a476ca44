"""Writes a session to a file of any format, completely or not at all, readable by its owner only."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Final

from fer_desktop.encryption.key import MIN_PASSWORD_LENGTH
from fer_desktop.errors import SettingsError, StorageError
from fer_desktop.expression.figures import read_model_figures
from fer_desktop.messages import ENGLISH, Language, Message, MessageKey
from fer_desktop.ports import PdfWriter
from fer_desktop.report.content import Report
from fer_desktop.report.csv_export import write_attendance_csv, write_csv
from fer_desktop.report.encrypted_zip import ENDING, replace_encrypted_file
from fer_desktop.report.extract import Extract, read_extract
from fer_desktop.report.json_export import write_json
from fer_desktop.report.lesson_report import make_report
from fer_desktop.report.pages import make_pdf_document, write_html
from fer_desktop.report.parquet_export import write_parquet
from fer_desktop.storage.store import Store
from fer_desktop.system.files import replace_binary_file, replace_file
from fer_desktop.types import ExportFormat, ExportPart

_Opener = Callable[[Path], AbstractContextManager[Any]]
_Writer = tuple[_Opener, Callable[[Extract, Any], None]]

FORMATS: Final[tuple[ExportFormat, ...]] = ("html", "pdf", "csv", "json", "parquet")
_FOR_READING: Final = ("html", "pdf")


def export_session(
    store: Store,
    session_id: int,
    *,
    format: ExportFormat,
    path: Path,
    student: int | None = None,
    part: ExportPart = "all",
    individuals: bool = True,
    password: str | None = None,
    write_pdf: PdfWriter | None = None,
    language: Language = ENGLISH,
) -> None:
    """Writes the session, or what is stored of one student alone, to `path`, replacing a file there.

    `part`: "attendance" for a CSV file of who was seen. `individuals`: False for the class without its students, which
    sessions of class totals are anyway. `password`: of the ZIP file that `path` becomes; None for a plain file.
    `language`: of a report; data is in English. Raises `SettingsError` for options that exclude each other or need a
    missing package, and `StorageError` if there is no such session or student, no attendance, no such folder, no right
    to write there, or no room.
    """
    _check_request(format, student=student, part=part, individuals=individuals)
    open_file, write = _pick_writer(format, part, write_pdf, language)
    text_language = language if format in _FOR_READING else ENGLISH
    extract = read_extract(store, session_id, student=student, individuals=individuals, language=text_language)
    if part == "attendance" and not extract.individuals:
        raise StorageError(Message(MessageKey.NO_ATTENDANCE, session=session_id))
    if password is not None:
        open_file = _encrypt_with(password, format, open_file)
    write_whole(path, open_file, partial(write, extract))


def _encrypt_with(password: str, format: ExportFormat, open_plain: _Opener) -> _Opener:
    if len(password) < MIN_PASSWORD_LENGTH:
        raise SettingsError(Message(MessageKey.PASSWORD_TOO_SHORT, letters=MIN_PASSWORD_LENGTH))
    text = open_plain is replace_file
    return partial(replace_encrypted_file, password=password, inner_ending=format, text=text)


def write_whole(path: Path, open_file: _Opener, write: Callable[[Any], None]) -> None:
    """Writes the whole file or leaves `path` as it was. Raises `StorageError`."""
    if path.is_dir():
        raise StorageError(Message(MessageKey.EXPORT_TO_FOLDER, path=str(path)))
    try:
        with open_file(path) as file:
            write(file)
    except FileNotFoundError as error:
        raise StorageError(Message(MessageKey.EXPORT_FOLDER_MISSING, path=str(path.parent))) from error
    except OSError as error:
        message = Message(MessageKey.EXPORT_NOT_WRITTEN, path=str(path), reason=str(error.strerror))
        raise StorageError(message) from error


def guess_format(path: Path) -> ExportFormat:
    """The format by the file's ending, or by the one before ".zip". Raises `SettingsError` if that is of none."""
    plain = path.with_suffix("") if path.suffix.lower() == ENDING else path
    for format in FORMATS:
        if plain.suffix.lower() == f".{format}":
            return format
    endings = ", ".join(f".{format}" for format in FORMATS)
    raise SettingsError(Message(MessageKey.EXPORT_FORMAT_UNKNOWN, name=path.name, endings=endings))


def _check_request(format: ExportFormat, *, student: int | None, part: ExportPart, individuals: bool) -> None:
    if part == "attendance" and format != "csv":
        raise SettingsError(Message(MessageKey.EXPORT_PART_NOT_CSV))
    if part == "attendance" and not individuals:
        raise SettingsError(Message(MessageKey.ATTENDANCE_WITHOUT_STUDENTS))
    if student is not None and not individuals:
        raise SettingsError(Message(MessageKey.STUDENT_WITHOUT_STUDENTS))
    if student is not None and format in _FOR_READING:
        raise SettingsError(Message(MessageKey.REPORT_OF_STUDENT))


def _pick_writer(format: ExportFormat, part: ExportPart, write_pdf: PdfWriter | None, language: Language) -> _Writer:
    if part == "attendance":
        return replace_file, write_attendance_csv
    if format == "pdf":
        return replace_binary_file, _make_pdf_writer(write_pdf, language)
    writers: dict[ExportFormat, _Writer] = {
        "html": (replace_file, lambda extract, file: write_html(_make_report(extract, language), file)),
        "csv": (replace_file, write_csv),
        "json": (replace_file, write_json),
        "parquet": (replace_binary_file, write_parquet),
    }
    return writers[format]


def _make_pdf_writer(write_pdf: PdfWriter | None, language: Language) -> Callable[[Extract, BinaryIO], None]:
    if write_pdf is None:
        raise SettingsError(Message(MessageKey.PDF_UNAVAILABLE))
    return lambda extract, file: write_pdf(make_pdf_document(_make_report(extract, language)), file)


def _make_report(extract: Extract, language: Language) -> Report:
    figures = read_model_figures() if extract.session.expressions_on else None
    return make_report(extract, figures=figures, made_at=datetime.now().astimezone(), language=language)

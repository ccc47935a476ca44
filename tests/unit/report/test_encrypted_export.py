"""An encrypted export is a ZIP file that opens with its password alone, in this program's library and in others."""

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import BinaryIO, Final

import pytest
import pyzipper

from fer_desktop.errors import SettingsError
from fer_desktop.messages import MessageKey
from fer_desktop.ports import PdfDocument
from fer_desktop.report.export import export_session, guess_format
from fer_desktop.storage.store import Store
from fer_desktop.types import ExportFormat
from tests.raising import raises_message
from tests.unit.storage.protected import find_clear_text, record_names

PASSWORD: Final = "vier Wörter für Ölfässer"


def write_pdf(_document: PdfDocument, file: BinaryIO) -> None:
    file.write(b"%PDF-1.4 of a lesson")


def read_entry(path: Path, password: str) -> tuple[str, bytes]:
    with pyzipper.AESZipFile(path) as archive:
        archive.setpassword(password.encode())
        (name,) = archive.namelist()
        return name, archive.read(name)


@pytest.mark.parametrize("format", ["html", "pdf", "csv", "json", "parquet"])
def test_it_holds_what_the_plain_file_would(store: Store, tmp_path: Path, format: ExportFormat) -> None:
    session = record_names(store)
    plain, path = tmp_path / f"plain.{format}", tmp_path / f"lesson.{format}.zip"
    for target, password in ((plain, None), (path, PASSWORD)):
        export_session(store, session, format=format, path=target, password=password, write_pdf=write_pdf)
    name, content = read_entry(path, PASSWORD)
    assert name == f"lesson.{format}"
    assert len(content) == len(plain.read_bytes())
    if format in ("csv", "pdf"):
        assert content == plain.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600


def test_another_password_opens_nothing(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv.zip"
    export_session(store, record_names(store), format="csv", path=path, password=PASSWORD)
    with pytest.raises(RuntimeError, match="Bad password"):
        read_entry(path, "another password")
    with zipfile.ZipFile(path) as archive, pytest.raises((RuntimeError, NotImplementedError)):
        archive.read("lesson.csv")


def test_it_is_encrypted_with_aes_of_256_bits(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lesson.json.zip"
    export_session(store, record_names(store), format="json", path=path, password=PASSWORD)
    with zipfile.ZipFile(path) as archive:
        (entry,) = archive.infolist()
    assert entry.compress_type == 99, "AES, by https://www.winzip.com/aes_info"
    strength = entry.extra[entry.extra.index(b"\x01\x99") + 8]
    assert strength == 3, "256 bits"


def test_nothing_of_it_is_in_clear_text_beside_it(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    export_session(store, record_names(store), format="json", path=folder / "lesson.json.zip", password=PASSWORD)
    assert find_clear_text(folder) == []
    assert [path.name for path in folder.iterdir()] == ["lesson.json.zip"]


def test_other_programs_open_it(store: Store, tmp_path: Path) -> None:
    seven_zip = shutil.which("7z") or shutil.which("7zz") or shutil.which("bsdtar")
    if seven_zip is None:
        pytest.skip("needs 7-Zip or bsdtar, another tool of the operating system")
    path = tmp_path / "lesson.csv.zip"
    export_session(store, record_names(store), format="csv", path=path, password=PASSWORD)
    (tmp_path / "x").mkdir()
    command: list[str | Path] = [seven_zip, "x", f"-p{PASSWORD}", f"-o{tmp_path / 'x'}", path]
    if seven_zip.endswith("bsdtar"):
        command = [seven_zip, "-x", "--passphrase", PASSWORD, "-C", tmp_path / "x", "-f", path]
    subprocess.run(command, check=True, capture_output=True)
    assert (tmp_path / "x" / "lesson.csv").read_bytes() == read_entry(path, PASSWORD)[1]


def test_a_short_password_is_refused_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "lesson.csv.zip"
    with raises_message(SettingsError, MessageKey.PASSWORD_TOO_SHORT):
        export_session(store, record_names(store), format="csv", path=path, password="short")
    assert not path.exists()


def test_the_format_stands_before_the_ending_of_the_zip_file() -> None:
    assert guess_format(Path("lesson.pdf.zip")) == "pdf"
    with raises_message(SettingsError, MessageKey.EXPORT_FORMAT_UNKNOWN):
        guess_format(Path("lesson.zip"))

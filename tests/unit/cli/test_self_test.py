"""The self-test of the doctor fails where a promise is not kept."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest

from fer_desktop.cli import self_test
from fer_desktop.cli.connections import ConnectionWatch
from fer_desktop.cli.self_test import CheckFailed, CheckSkipped, ReadingTally
from fer_desktop.errors import StorageError
from fer_desktop.ports import PdfDocument, PdfWriter
from fer_desktop.simulation.drawing import truth_at
from fer_desktop.simulation.script import make_script
from fer_desktop.storage.engine import connect_database
from fer_desktop.storage.store import Store, open_store
from fer_desktop.storage.values import SessionSummary
from fer_desktop.types import EXPRESSIONS, Box, FaceDetection, FaceReading, Frame, FrameResult, StageTimes
from tests.needs import LINUX
from tests.unit.storage.lessons import new_session, record, record_lesson, seen

SCRIPT = make_script(students=4, seconds=5)
PICTURE = np.zeros((720, 1280, 3), np.uint8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(str(folder / "self-test.sqlite")) as opened:
        yield opened


class KeepingStore(Store):
    """Deletes nothing, as a database that only marks its rows."""

    def delete_session(self, session_id: int) -> SessionSummary:
        return self.session(session_id)


def read_face(box: Box, expression: str) -> FaceReading:
    probabilities = np.array([each.value == expression for each in EXPRESSIONS], np.float32)
    return FaceReading(FaceDetection(box, 0.9, 0.9, np.zeros((4, 2), np.float32)), 1, probabilities)


def judge(faces: list[FaceReading]) -> str:
    tally = ReadingTally(SCRIPT)
    tally.count(FrameResult(Frame(0, 0.0, PICTURE), (), tuple(faces), StageTimes(0, 0, 0, 0)))
    return tally.judge()


def make_pdf_writer(content: bytes) -> PdfWriter:
    def write(_document: PdfDocument, file: BinaryIO) -> None:
        file.write(content)

    return write


def drawn_faces(expression: str | None = None) -> list[FaceReading]:
    tiles = truth_at(SCRIPT, 0.0, 1280, 720)
    return [read_face(each.face, expression or str(each.expression)) for each in tiles if each.face is not None]


def test_a_class_read_as_drawn_passes() -> None:
    assert judge(drawn_faces()) == "4 of 4 faces found, 4 of 4 expressions as drawn"


@pytest.mark.parametrize(
    ("faces", "words"),
    [
        ([], "0 of 4 faces found"),
        (drawn_faces()[:2], "2 of 4 faces found"),
        ([*drawn_faces(), read_face(Box(0, 0, 4, 4), "happy")], "1 found where none is"),
        (drawn_faces("disgust"), "of 4 expressions as drawn"),
    ],
    ids=["none", "half", "a false one", "other expressions"],
)
def test_a_class_read_badly_fails(faces: list[FaceReading], words: str) -> None:
    with pytest.raises(CheckFailed, match=words):
        judge(faces)


def test_a_stored_name_fails(folder: Path) -> None:
    (folder / "self-test.sqlite").write_bytes(b"\0\0Chloe Dubois\0")
    with pytest.raises(CheckFailed, match="stored: Chloe Dubois"):
        self_test.check_names_absent(folder, ["Chloe Dubois", "Pedro Alves"])
    assert self_test.check_names_absent(folder, ["Pedro Alves"]) == "1 were read, and none is stored"


def test_where_no_name_was_read_nothing_is_proven(folder: Path) -> None:
    with pytest.raises(CheckFailed, match="no name was read"):
        self_test.check_names_absent(folder, [])


def test_a_picture_beside_the_database_fails(store: Store, folder: Path) -> None:
    self_test.check_only_database(folder)
    (folder / "frame.dat").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(CheckFailed, match=r"also written: frame\.dat"):
        self_test.check_only_database(folder)


@LINUX
def test_a_file_that_others_can_read_fails(folder: Path) -> None:
    path = folder / "lesson.html"
    path.touch(mode=0o600)
    assert "0600" in self_test.check_modes([folder, path])
    path.chmod(0o640)
    with pytest.raises(CheckFailed, match=r"lesson\.html can be opened by others: its mode is 0640"):
        self_test.check_modes([folder, path])


def test_a_session_that_is_deleted_leaves_no_word(store: Store, folder: Path) -> None:
    assert "in no file" in self_test.check_deletion(store, folder)


def test_a_session_that_stays_after_its_deletion_fails(store: Store, folder: Path) -> None:
    with KeepingStore(connect_database(store.name)) as keeping, pytest.raises(CheckFailed, match="still in a file"):
        self_test.check_deletion(keeping, folder)


def test_exports_are_files_of_their_kind(store: Store, folder: Path) -> None:
    session = record_lesson(store, [record(second, [seen(1)]) for second in range(3)], new_session())
    words = self_test.check_exports(store, session, folder, make_pdf_writer(b"%PDF-1.4"))
    assert words.startswith("html ")
    with pytest.raises(CheckFailed, match=r"lesson\.pdf is no PDF file"):
        self_test.check_exports(store, session, folder, make_pdf_writer(b"nothing"))


def test_a_connection_to_another_computer_fails() -> None:
    with ConnectionWatch() as watch, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("0.0.0.0", 0))
        seen_addresses = watch.stop()
    with pytest.raises(CheckFailed, match=r"connected: 0\.0\.0\.0:"):
        self_test.check_connections(seen_addresses)


def test_a_connection_within_this_computer_is_fine() -> None:
    with ConnectionWatch() as watch, socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        made.listen()
        assert self_test.check_connections(watch.stop()) == "no connection to another computer"


def test_errors_and_skips_are_findings() -> None:
    def fail() -> str:
        raise StorageError("the disk is full")

    def skip() -> str:
        raise CheckSkipped("there is no display")

    failed, skipped, done = (self_test.run_check(check) for check in (fail, skip, lambda: "fine"))
    assert (failed.ok, failed.words) == (False, "the disk is full")
    assert (skipped.ok, skipped.words, skipped.details) == (True, "not checked: there is no display", {"skipped": True})
    assert (done.ok, done.words) == (True, "fine")


@LINUX
def test_no_display_skips_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    with pytest.raises(CheckSkipped, match="there is no display"):
        self_test.check_screen()

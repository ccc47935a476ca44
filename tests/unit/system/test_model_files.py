"""Every model file is checked by its hash before it runs."""

import re
from importlib.metadata import distribution, version
from pathlib import Path

import pytest

from fer_desktop.errors import ModelError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.model_files import (
    FACE_DETECTION,
    MEDIAPIPE,
    MODEL_FILES,
    TEXT_FINDER,
    ModelFile,
    ModelUse,
    check_model_file,
    check_model_files,
)
from fer_desktop.vision.names.text_networks import SHIPPED_FOLDER as NAMES_FOLDER
from models.loading import SHIPPED_FOLDER as EXPRESSIONS_FOLDER
from tests.damage import flip_bit

ROOT = Path(__file__).resolve().parents[3]
FROM_MEDIAPIPE = [file for file in MODEL_FILES if MEDIAPIPE in file.source]
FACES_FOLDER = ROOT / "fer_desktop" / "vision" / "shipped"
DOCUMENTS = {"MODEL_CARD.md", "LICENSE-Apache-2.0.txt", "learning_curve.png", "log.csv"}


@pytest.mark.parametrize("file", MODEL_FILES, ids=lambda file: file.name)
def test_the_installed_file_is_that_of_the_manifest(file: ModelFile) -> None:
    assert check_model_file(file).stat().st_size == file.bytes


@pytest.mark.parametrize("use", list(ModelUse))
def test_the_files_of_each_use_are_whole(use: ModelUse) -> None:
    check_model_files(use)


@pytest.mark.parametrize(
    "folder",
    [FACES_FOLDER, NAMES_FOLDER, NAMES_FOLDER / "scripts", EXPRESSIONS_FOLDER],
    ids=["faces", "names", "scripts", "expressions"],
)
def test_every_shipped_file_but_documents_is_in_the_manifest(folder: Path) -> None:
    listed = {file.name for file in MODEL_FILES if (folder / file.name).is_file()}
    assert {path.name for path in folder.iterdir() if path.is_file()} - DOCUMENTS == listed


def test_every_file_is_listed_once_with_its_licence_and_source() -> None:
    assert len({file.path for file in MODEL_FILES}) == len({file.sha256 for file in MODEL_FILES}) == len(MODEL_FILES)
    assert all(file.licence and file.source for file in MODEL_FILES)


def test_no_other_model_of_mediapipe_is_opened() -> None:
    sources = [path for path in (ROOT / "fer_desktop").rglob("*.py") if path.name != "model_files.py"]
    named = re.compile(r'\w\.tflite"')
    assert [path.name for path in sources if named.search(path.read_text(encoding="utf-8"))] == []


def test_the_files_are_those_of_mediapipes_wheel() -> None:
    assert f"mediapipe {version('mediapipe')}" == MEDIAPIPE
    wheel = distribution("mediapipe").files or []
    originals = {path.name: path.read_binary() for path in wheel if path.suffix == ".tflite"}
    for file in FROM_MEDIAPIPE:
        assert check_model_file(file).read_bytes() == originals[file.name]


@pytest.mark.parametrize("file", FROM_MEDIAPIPE, ids=lambda file: file.name)
def test_the_card_has_the_hash_of_each_of_them_and_the_licence_stands_beside_it(file: ModelFile) -> None:
    assert f"`{file.sha256}`" in (FACES_FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "Apache License" in (FACES_FOLDER / "LICENSE-Apache-2.0.txt").read_text(encoding="utf-8")


def test_a_flipped_bit_is_reported_with_what_to_do(tmp_path: Path) -> None:
    copy = tmp_path / FACE_DETECTION.name
    copy.write_bytes(check_model_file(FACE_DETECTION).read_bytes())
    flip_bit(copy)
    with pytest.raises(ModelError) as raised:
        check_model_file(FACE_DETECTION, tmp_path)
    detail = Message(MessageKey.MODEL_FILE_DAMAGED, file="face_detection_short_range.tflite", package="FER Desktop")
    assert raised.value.message == Message(MessageKey.FACES_UNREADABLE, error=detail)


def test_a_missing_file_is_reported_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as raised:
        check_model_file(TEXT_FINDER, tmp_path)
    detail = Message(MessageKey.MODEL_FILE_MISSING, file="text_finder.tflite", package="FER Desktop")
    assert raised.value.message == Message(MessageKey.NAMES_UNREADABLE, error=detail)


def test_a_file_is_hashed_once_in_a_process(tmp_path: Path) -> None:
    copy = tmp_path / TEXT_FINDER.name
    copy.write_bytes(check_model_file(TEXT_FINDER).read_bytes())
    assert check_model_file(TEXT_FINDER, tmp_path) == copy
    flip_bit(copy)
    assert check_model_file(TEXT_FINDER, tmp_path) == copy

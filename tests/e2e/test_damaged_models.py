"""A model file that is missing or damaged ends the run with its name, or names it in a notice; never in silence."""

import json
from pathlib import Path

import pytest

from fer_desktop.simulation.drawing import draw_scene
from fer_desktop.simulation.script import make_script
from fer_desktop.system.model_files import MODEL_FILES, ModelFile, ModelUse
from fer_desktop.system.opencv import cv2
from tests.damage import flip_bit
from tests.e2e.program import run_program

CLASS = ("analyze", "simulated:students=4,seconds=2", "--place", "US", "--json")
FACE_FILES = [file for file in MODEL_FILES if file.use is ModelUse.FACES]


@pytest.mark.parametrize("file", FACE_FILES, ids=lambda file: file.name)
def test_a_flipped_bit_in_a_face_model_ends_the_session_with_a_fault(program: Path, file: ModelFile) -> None:
    flip_bit(program / "fer_desktop" / file.path)
    done = run_program(*CLASS, program=program)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Faces cannot be found: the model file {file.name} is damaged. Install FER Desktop" in done.stderr


def test_whole_face_models_of_the_copy_are_used(program: Path) -> None:
    done = run_program(*CLASS, program=program)
    assert json.loads(done.stdout)["students"] == 4


def test_a_damaged_expression_model_ends_the_session_with_a_fault(program: Path) -> None:
    flip_bit(program / "models" / "shipped" / "fernet.json")
    done = run_program(*CLASS, program=program)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Expressions cannot be read: the model file fernet.json is damaged" in done.stderr


def test_where_the_law_forbids_expressions_their_network_is_not_even_opened(program: Path, tmp_path: Path) -> None:
    for name in ("fernet.json", "fernet.keras", "fernet.tflite"):
        (program / "models" / "shipped" / name).unlink()
    cv2.imwrite(str(tmp_path / "class.png"), draw_scene(make_script(students=4), 0.0, 1280, 720))
    done = run_program("analyze", str(tmp_path / "class.png"), "--place", "FR", "--json", program=program)
    assert (done.returncode, json.loads(done.stdout)["expressions_on"]) == (0, False)


def test_the_session_goes_on_without_names_and_says_why(program: Path) -> None:
    (program / "fer_desktop" / "vision" / "names" / "shipped" / "text_finder.tflite").unlink()
    done = run_program(*CLASS, program=program)
    assert json.loads(done.stdout)["students"] == 4
    assert "Names cannot be read: the model file text_finder.tflite is missing. Install FER Desktop" in done.stderr


def test_pictures_are_read_without_names_and_it_says_why_once(program: Path, tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        cv2.imwrite(str(tmp_path / name), draw_scene(make_script(students=4), 0.0, 1280, 720))
    flip_bit(program / "fer_desktop" / "vision" / "names" / "shipped" / "text_recogniser.tflite")
    done = run_program("detect", str(tmp_path / "one.png"), str(tmp_path / "two.png"), "--place", "US", program=program)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)
    assert done.stderr.count("Names cannot be read: the model file text_recogniser.tflite is damaged") == 1

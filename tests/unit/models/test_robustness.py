"""The pictures of a test set, changed as in a video call."""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fer_desktop.types import Image
from models.card import read_card
from models.card_page import render_card
from models.evaluation.robustness import CHANGES, measure_robustness
from models.loading import SHIPPED_FOLDER
from tests.drawn_faces import draw_face_like, make_face_set, write_csv
from tests.unit.models.test_model_commands import run, write_votes


@pytest.fixture
def csv_path(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "faces.csv", make_face_set([0, 3, 6, 6], "PublicTest"))


@pytest.mark.parametrize("name", CHANGES)
def test_each_change_is_the_same_every_time_and_only_the_first_is_none(name: str) -> None:
    image = draw_face_like(3)
    before = image.copy()
    changed: Image = CHANGES[name](image)
    assert (changed.shape, changed.dtype) == (image.shape, image.dtype)
    assert np.array_equal(changed, CHANGES[name](image))
    assert np.array_equal(image, before)
    assert np.array_equal(changed, image) == (name == "none")


def test_faces_are_misaligned_differently() -> None:
    misalign = CHANGES["landmarks about 2 px off"]
    image = draw_face_like(3)
    other = image.copy()
    other[0, 0] ^= 64
    assert not np.array_equal(misalign(image)[8:40, 8:40], misalign(other)[8:40, 8:40])


def test_the_row_without_a_change_has_the_figures_of_the_pictures(shipped_model: Any) -> None:
    faces = make_face_set([6, 6, 3, 0], "PublicTest")
    votes = 10 * np.eye(7, dtype=np.float32)[faces.labels]
    rows = measure_robustness(shipped_model, faces, votes)
    assert [row.change for row in rows] == list(CHANGES)
    assert all(row.neutral_called_negative in (0.0, 0.5, 1.0) for row in rows)
    assert measure_robustness(shipped_model, faces, None)[0].votes_accuracy is None


def test_the_table_is_printed_and_written_into_the_card_on_request(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "model"))
    votes = write_votes(tmp_path / "votes.csv", rows=4, most="neutral")
    before = read_card(model)
    words = ("evaluate", "--data", csv_path, "--votes", votes, "--model", model, "--changes")
    assert run(*words) == 0
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == ["change", *CHANGES]
    assert read_card(model) == before
    assert run(*words, "--into-card", "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    card = read_card(model)
    assert [row.model_dump() for row in card.robustness] == rows
    page = (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert page == render_card(card)
    assert "neutral called negative" in page


@pytest.mark.parametrize(
    ("words", "what"),
    [(("--changes", "--flips"), "--changes is for one network"), (("--into-card",), "--into-card goes with --changes")],
)
def test_options_that_do_not_go_together_are_refused(
    csv_path: Path, words: tuple[str, ...], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("evaluate", "--data", csv_path, *words) == 2
    assert what in capsys.readouterr().err

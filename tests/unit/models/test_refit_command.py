"""`refit` as the command line runs it: on a handful of drawn faces, and on the data of the shipped network."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from data.class_folders import list_pictures, read_class_folders
from data.people import find_shown_half, read_people
from fer_desktop.cli import run_commands
from fer_desktop.cli.command import Command
from fer_desktop.system.opencv import cv2
from models.card import LearnedCard, hash_pictures, read_card, write_card
from models.card_page import render_card
from models.commands import COMMANDS
from models.evaluation.predictors import predict
from models.heads import Head
from models.labels import LABELS
from models.loading import SHIPPED_FOLDER, load_model
from tests.drawn_faces import draw_face_like, make_face_set, write_csv

HAPPY = LABELS.index("happy")
NOTHING = Command("nothing", "does nothing", lambda _parser: None, lambda _arguments: 0)
VOTES_HEADER = "neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"


def run(*words: str | Path) -> int:
    return run_commands(COMMANDS, NOTHING, [str(word) for word in words])


@pytest.fixture
def options(tmp_path: Path) -> dict[str, str | Path]:
    """The command's options: FER2013 and FER+ of drawn faces, six photographs of four people, and the shipped start."""
    parts = make_face_set([0, 3, 6, 4, 1, 2, 5, 3]), make_face_set([0, 3, 6, 3], "PublicTest", first_seed=20)
    rows = "\n".join("7,3,0,0,0,0,0,0,0,0" for part in parts for _ in part.labels)
    (tmp_path / "votes.csv").write_text(f"{VOTES_HEADER}\n{rows}\n", encoding="utf-8")
    people = ["file,person"]
    for seed, name in enumerate(("angry", "angry", "happy", "happy", "sad", "neutral")):
        (tmp_path / "photographs" / name).mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(tmp_path / "photographs" / name / f"{seed}.png"), draw_face_like(40 + seed))
        people.append(f"{name}/{seed}.png,{seed % 4}")
    (tmp_path / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    return {
        "--data": write_csv(tmp_path / "faces.csv", *parts),
        "--votes": tmp_path / "votes.csv",
        "--folder": tmp_path / "photographs",
        "--people": tmp_path / "people.csv",
        "--start": SHIPPED_FOLDER,
        "--out": tmp_path / "model",
        "--record": "Drawn faces",
        "--folds": "2",
    }


def refit(options: dict[str, str | Path]) -> int:
    return run("refit", *(word for pair in options.items() for word in pair))


def test_refit_writes_a_model_folder_with_its_origin(
    options: dict[str, str | Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refit(options) == 0
    assert "photographs, by 2 folds of people" in capsys.readouterr().out
    out, start = tmp_path / "model", read_card(SHIPPED_FOLDER)
    model, card = load_model(out)
    names = ("fernet.keras", "fernet.tflite", "fernet.json", "MODEL_CARD.md", "log.csv", "learning_curve.png")
    assert {path.name for path in out.iterdir()} == set(names)
    assert card.refit is not None
    assert (card.refit.photographs, card.refit.people, card.refit.start_sha256) == (6, 4, start.weights_sha256)
    assert card.refit.command.startswith("fer-desktop refit --data faces.csv --votes votes.csv --folder photographs")
    assert str(tmp_path) not in card.model_dump_json()
    assert card.training.command == start.training.command
    assert card.training.learned == start.list_learned(), "the start had been refitted with other photographs"
    assert card.list_learned()[-1] == LearnedCard(sha256=card.refit.photographs_sha256, everybody=True)
    (outside,) = card.outside
    assert (outside.pictures, outside.n, outside.folds, tuple(outside.heads)) == ("Drawn faces", 6, 2, tuple(Head))
    page = (out / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert page == render_card(card)
    assert "in 2 folds" in page
    assert card.refit.command in page
    assert "Learned from pictures from elsewhere (all), here or in a network before it" in page
    assert f"`{start.list_learned()[0].sha256}`" in page
    crops = make_face_set([0, 3, 6]).images
    before, _ = load_model(SHIPPED_FOLDER)
    moved = np.log(predict(model, crops, Head.LABELS) / predict(before, crops, Head.LABELS))
    assert moved - moved[:, :1] == pytest.approx((moved - moved[:, :1])[:1].repeat(3, axis=0), abs=1e-3)
    rare = moved[0] - moved[0, HAPPY]
    assert np.delete(rare, HAPPY) == pytest.approx(np.full(6, 0.2 * np.log(2)), abs=1e-3), "happy is twice as frequent"
    assert np.abs(predict(model, crops, Head.VOTES) - predict(before, crops, Head.VOTES)).max() > 0.01


def test_photographs_on_which_the_network_was_trained_are_not_measured(
    options: dict[str, str | Path], tmp_path: Path
) -> None:
    start = tmp_path / "start"
    shutil.copytree(SHIPPED_FOLDER, start)
    card = read_card(start)
    trained = card.training.model_copy(update={"recipe": card.training.recipe | {"photograph_share": 0.1}})
    write_card(card.model_copy(update={"training": trained}), start)
    assert refit(options | {"--start": start}) == 0
    out = read_card(tmp_path / "model")
    people = read_people(Path(options["--people"]), list_pictures(Path(options["--folder"])))
    assert out.outside[0].n == int((~find_shown_half(people)).sum()) < 6
    assert out.refit is not None
    assert out.refit.photographs == 6
    page = (tmp_path / "model" / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "trained on photographs of other people from the same source" in page


def write_start(options: dict[str, str | Path], folder: Path, *, everybody: bool) -> LearnedCard:
    """The shipped network as if it, or one before it, had learned from the photographs of `options`."""
    photographs = read_class_folders(Path(options["--folder"]))
    learned = LearnedCard(sha256=hash_pictures(photographs.images), everybody=everybody)
    shutil.copytree(SHIPPED_FOLDER, folder)
    card = read_card(folder)
    trained = card.training.model_copy(update={"learned": (learned,)})
    write_card(card.model_copy(update={"training": trained}), folder)
    return learned


def test_people_from_whom_an_earlier_network_learned_are_not_measured(
    options: dict[str, str | Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    learned = write_start(options, tmp_path / "start", everybody=False)
    assert refit(options | {"--start": tmp_path / "start"}) == 0
    out = read_card(tmp_path / "model")
    people = read_people(Path(options["--people"]), list_pictures(Path(options["--folder"])))
    assert out.outside[0].n == int((~find_shown_half(people)).sum()) < 6
    assert learned in out.training.learned
    capsys.readouterr()
    words = ("--data", options["--folder"], "--model", tmp_path / "start", "--record", "Drawn faces")
    assert run("evaluate", *words) == 2
    assert "was fitted to these pictures or to a part of them" in capsys.readouterr().err


def test_nobody_is_measured_whom_an_earlier_refit_had(
    options: dict[str, str | Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_start(options, tmp_path / "start", everybody=True)
    assert refit(options | {"--start": tmp_path / "start"}) == 2
    assert "leaves nobody to measure on" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_figures_on_the_photographs_of_a_refit_are_not_recorded_as_unknown_ones(
    options: dict[str, str | Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refit(options) == 0
    card = read_card(tmp_path / "model")
    words = ("--data", options["--folder"], "--model", tmp_path / "model", "--record")
    assert run("evaluate", *words, "Drawn faces") == 2
    assert "was fitted to these pictures" in capsys.readouterr().err
    assert read_card(tmp_path / "model") == card
    (tmp_path / "photographs" / "sad" / "4.png").unlink()
    (tmp_path / "photographs" / "happy" / "9.png").write_bytes(
        (tmp_path / "photographs" / "happy" / "2.png").read_bytes()
    )
    assert run("evaluate", *words, "Other faces") == 0, "another set of pictures is measured"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"--people": "nowhere.csv"}, "no file nowhere.csv"),
        ({"--folder": "nowhere"}, "no folder nowhere"),
        ({"--start": "nowhere"}, "one model card"),
        ({"--folds": "1"}, "--folds is at least 2"),
        ({"--folds": "5"}, "4 people cannot be divided into 5 folds"),
        ({"--record": " "}, "what the photographs are"),
    ],
)
def test_bad_use_is_one_line_and_leaves_no_folder(
    options: dict[str, str | Path],
    changed: dict[str, str | Path],
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert refit(options | changed) == 2
    captured = capsys.readouterr()
    assert reason in captured.err
    assert captured.err.count("\n") == 1
    assert not (tmp_path / "model").exists()

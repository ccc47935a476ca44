"""`train` and `evaluate` as the command line runs them, on a handful of drawn faces."""

import json
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import numpy as np
import pytest

from data.class_folders import read_class_folders
from fer_desktop.cli import run_commands
from fer_desktop.cli.command import Command
from fer_desktop.expression import make_classifier
from fer_desktop.system.opencv import cv2
from models.architectures.registry import ARCHITECTURES
from models.architectures.resnet50 import build_resnet14, build_resnet50
from models.card import LearnedCard, hash_pictures, read_card, write_card
from models.card_page import render_card
from models.commands import COMMANDS
from models.evaluation.predictors import predict
from models.heads import Head
from models.labels import LABELS
from models.loading import SHIPPED_FOLDER, load_model
from tests.drawn_faces import draw_face_like, make_face_set, write_csv

DISTILLED = ("--start", SHIPPED_FOLDER, "--teacher", SHIPPED_FOLDER)
NOTHING = Command("nothing", "does nothing", lambda _parser: None, lambda _arguments: 0)


def run(*words: str | Path) -> int:
    return run_commands(COMMANDS, NOTHING, [str(word) for word in words])


@pytest.fixture(scope="module")
def csv_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parts = make_face_set([0, 3, 6, 4, 1, 2, 5, 3]), make_face_set([0, 3, 6, 3], "PublicTest", first_seed=5)
    return write_csv(tmp_path_factory.mktemp("data") / "faces.csv", *parts)


def write_votes(path: Path, *, rows: int, most: str) -> Path:
    """FER+ votes of which eight in ten are the same for every row."""
    names = ("neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF")
    cells = ",".join("8" if name == most else "2" if name == "happiness" else "0" for name in names)
    lines = [",".join(("Usage", "Image name", *names)), *(f"Training,fer{row}.png,{cells}" for row in range(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_evaluate_prints_the_documented_object(csv_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", "--data", csv_path, "--usage", "PublicTest", "--json") == 0
    captured = capsys.readouterr()
    figures = json.loads(captured.out)
    assert captured.err == ""
    documented = {"n", "accuracy", "accuracy_ci95", "balanced_accuracy", "macro_f1", "per_class", "confusion"}
    assert documented | {"parameters", "macs", "seconds"} <= set(figures)
    assert figures["n"] == 4
    assert 0 <= figures["accuracy_ci95"][0] <= figures["accuracy"] <= figures["accuracy_ci95"][1] <= 1
    assert tuple(figures["per_class"]) == LABELS
    assert set(figures["per_class"]["happy"]) == {"precision", "recall", "f1", "support"}
    assert [sum(row) for row in figures["confusion"]] == [1, 0, 0, 2, 0, 0, 1]
    # Drawn with seeds 5 to 8; the first three are training pictures too.
    assert figures["without_copies"]["n"] == 1


def test_evaluate_prints_lines_without_json(csv_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", "--data", csv_path) == 0
    out = capsys.readouterr().out
    assert out.startswith("fernet ")
    assert "95 % interval" in out
    assert all(label in out for label in LABELS)


@pytest.fixture(scope="module")
def folder_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A test set of two angry, two happy and one neutral face, in sizes and colours of their own."""
    folder = tmp_path_factory.mktemp("data") / "faces"
    for seed, name in enumerate(("Anger", "Anger", "happy", "happy", "neutral")):
        (folder / name).mkdir(parents=True, exist_ok=True)
        image = cv2.resize(draw_face_like(seed), (40 + 20 * seed, 50 + 20 * seed))
        cv2.imwrite(str(folder / name / f"{seed}.png"), cv2.cvtColor(image, cv2.COLOR_GRAY2BGR) if seed % 2 else image)
    return folder


def test_evaluate_measures_each_head_on_class_folders(folder_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", "--data", folder_path, "--json") == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    figures = json.loads(captured.out)
    assert (figures["n"], figures["skipped"], figures["shown"]) == (5, 0, "votes")
    assert figures["missing"] == ["disgust", "fear", "sad", "surprise"]
    assert tuple(figures["heads"]) == ("labels", "votes")
    for name, value in figures["heads"]["votes"].items():
        assert figures[name] == value, "the figures of the head that the program shows stand on top"
    for head in figures["heads"].values():
        assert {"accuracy", "accuracy_ci95", "balanced_accuracy", "ece", "brier"} <= set(head)
        assert [sum(row) for row in head["confusion"]] == [2, 0, 0, 2, 0, 0, 1]
        assert tuple(head["per_class"]) == ("angry", "happy", "neutral")
        recalls = [one["recall"] for one in head["per_class"].values()]
        assert head["balanced_accuracy"] == pytest.approx(sum(recalls) / 3, abs=1e-4)
        assert set(head["valence"]) == {"negative", "neutral", "positive", "mean"}


def test_evaluate_prints_a_table_of_the_heads(folder_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("evaluate", "--data", folder_path) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "on faces: 5 pictures of 3 of 7 expressions" in lines[0]
    assert lines[1].split() == ["head", "labels", "votes", "(shown)"]
    names = [line.split("  ")[0] for line in lines]
    assert {"accuracy", "balanced accuracy", "negative found", "calibration error", "angry", "neutral"} <= set(names)
    assert "disgust" not in names
    assert max(map(len, lines)) < 100


def test_evaluate_records_the_figures_of_a_folder_in_the_card(
    folder_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "model"))
    write_card(read_card(model).model_copy(update={"outside": ()}), model)
    for pictures in ("Drawn faces", "Other faces", "Drawn faces"):
        assert run("evaluate", "--data", folder_path, "--model", model, "--record", pictures, "--json") == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    card = read_card(model)
    assert [measured.pictures for measured in card.outside] == ["Other faces", "Drawn faces"]
    measured = card.outside[-1]
    assert (measured.n, measured.shown) == (5, Head.VOTES)
    assert {head.value: one.model_dump(mode="json") for head, one in measured.heads.items()} == figures["heads"]
    page = (model / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert page == render_card(card)
    assert page.index("## Outside FER2013") < page.index("Other faces (5 pictures)") < page.index("Drawn faces (5")


def test_evaluate_skips_damaged_pictures_with_one_line(
    folder_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(folder_path, tmp_path / "faces"))
    (folder / "happy" / "damaged.jpg").write_bytes(b"no picture")
    assert run("evaluate", "--data", folder, "--json") == 0
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "1 file skipped" in captured.err
    figures = json.loads(captured.out)
    assert (figures["n"], figures["skipped"]) == (5, 1)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("evaluate", "--data", "nowhere.csv"), "no file nowhere.csv"),
        (("evaluate", "--data", "nowhere"), "no folder nowhere"),
        (("evaluate", "--data", "EMPTY"), "holds no pictures"),
        (("evaluate", "--data", "FOLDER", "--usage", "PublicTest"), "leave them out for a folder"),
        (("evaluate", "--data", "CSV", "--usage", "PrivateTest"), "no rows with usage PrivateTest"),
        (("evaluate", "--data", "CSV", "--model", "nowhere"), "one model card"),
        (("train", "--data", "CSV", "--out", "OUT", "--recipe", "best"), "no recipe 'best'"),
        (("train", "--data", "nowhere.csv", "--out", "OUT"), "no file nowhere.csv"),
        (("train", "--data", "CSV", "--votes", "nowhere.csv", "--out", "OUT"), "no file nowhere.csv"),
        (("train", "--data", "CSV", "--folder", "nowhere", "--out", "OUT"), "no folder nowhere"),
        (("train", "--data", "CSV", "--out", "OUT", "--augmentation", "none"), "no augmentation 'none'"),
        (("train", "--data", "CSV", "--out", "OUT", "--teacher", "nowhere"), "takes no --teacher"),
        (("train", "--data", "CSV", "--out", "OUT", "--recipe", "fernet-distilled"), "needs --teacher"),
        (("train", "--data", "CSV", "--out", "OUT", "--recipe", "cnn", "--start", SHIPPED_FOLDER), "trains a cnn"),
        (("train", "--data", "CSV", "--out", "OUT", "--start", "nowhere"), "one model card"),
        (("train", "--data", "CSV", "--out", "OUT", "--recipe", "cnn-finish"), "needs --start"),
        (
            ("train", "--data", "CSV", "--out", "OUT", "--recipe", "fernet-two-heads", *DISTILLED),
            "needs --votes",
        ),
        (("evaluate", "--data", "CSV", "--baseline", "fer", "--flips"), "leave out --model and --flips"),
        (("evaluate", "--data", "CSV", "--record", "faces"), "is for a folder of pictures"),
        (("evaluate", "--data", "FOLDER", "--record", "faces", "--flips"), "for the card of one network"),
        (("evaluate", "--data", "FOLDER", "--record", " "), "says what the pictures are"),
        (("explain", "nowhere.png", "--out", "OUT.png"), "nowhere.png cannot be read"),
        (("explain", "nowhere.png", "--out", "OUT"), "ends in .png"),
    ],
)
def test_bad_use_is_one_line_and_exit_code_2(
    words: tuple[str, ...],
    reason: str,
    csv_path: Path,
    folder_path: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {
        "CSV": csv_path,
        "FOLDER": folder_path,
        "EMPTY": empty,
        "OUT": tmp_path / "out",
        "OUT.png": tmp_path / "out.png",
    }
    assert run(*(places.get(word, word) for word in words)) == 2
    captured = capsys.readouterr()
    assert reason in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("epochs", ["0", "-1", "many", "1.5"])
def test_epochs_must_be_a_whole_number(epochs: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("train", "--data", "x", "--out", "y", "--epochs", epochs) == 2
    error = capsys.readouterr().err
    assert "whole number" in error
    assert error.count("\n") == 1


def test_train_writes_a_folder_that_evaluate_reads(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model"
    train = ("train", "--data", csv_path, "--out", out, "--epochs", "1", "--seed", "4")
    assert run(*train) == 0
    assert {path.name for path in out.iterdir()} == {
        "fernet.keras",
        "fernet.tflite",
        "fernet.json",
        "MODEL_CARD.md",
        "log.csv",
        "learning_curve.png",
        "run",
    }
    assert any((out / "run" / "events").iterdir())  # for TensorBoard
    assert "4 pictures" in capsys.readouterr().out
    card = read_card(out)
    assert card.training.command.endswith("--data faces.csv --out FOLDER --recipe fernet --epochs 1 --seed 4")
    assert str(tmp_path) not in card.model_dump_json()
    assert (card.training.pictures, sum(step.removed for step in card.training.cleaning)) == (5, 3)
    assert run("evaluate", "--data", csv_path, "--model", out, "--json") == 0
    assert json.loads(capsys.readouterr().out)["accuracy"] == card.metrics["PublicTest"].accuracy
    assert run(*train) == 2
    assert "--resume" in capsys.readouterr().err


def test_the_arguments_load_no_heavy_package() -> None:
    program = (
        "import sys; from models.commands import COMMANDS;"
        "heavy = {'numpy', 'keras', 'tensorflow', 'pydantic', 'rich', 'cv2'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[3])


def test_keras_loads_with_a_clean_stderr() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from models.backend import keras; keras.layers.Dense(1)"],
        check=True,
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_every_option_has_help() -> None:
    for command in COMMANDS:
        parser = ArgumentParser()
        command.add_arguments(parser)
        assert all(action.help for action in parser._actions)


def test_votes_are_measured_beside_the_labels(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    votes = write_votes(tmp_path / "votes.csv", rows=12, most="neutral")
    assert run("evaluate", "--data", csv_path, "--votes", votes, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    by_votes = figures["ferplus_majority"]
    assert [sum(row) for row in figures["confusion"]] == [1, 0, 0, 2, 0, 0, 1]
    assert [sum(row) for row in by_votes["confusion"]] == [0, 0, 0, 0, 0, 0, 4]
    assert run("evaluate", "--data", csv_path, "--votes", votes) == 0
    assert "What most of FER+'s ten taggers saw: 4 pictures" in capsys.readouterr().out


def write_photographs(folder: Path) -> dict[str, Path]:
    """Options that name eight photographs of eight people."""
    (folder / "wild" / "sad").mkdir(parents=True)
    for seed in range(8):
        cv2.imwrite(str(folder / "wild" / "sad" / f"{seed}.png"), draw_face_like(60 + seed))
    lines = ["file,person", *(f"sad/{seed}.png,{seed}" for seed in range(8))]
    (folder / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {"--photographs": folder / "wild", "--people": folder / "people.csv"}


def test_a_second_head_is_trained_measured_and_used(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The run starts from a network with the labels head only."""
    votes, out, one = write_votes(tmp_path / "votes.csv", rows=12, most="sadness"), tmp_path / "model", tmp_path / "one"
    assert run("train", "--data", csv_path, "--out", one, "--epochs", "1") == 0
    assert read_card(one).votes == {}
    words = ("--out", out, "--recipe", "fernet-two-heads", "--epochs", "1", "--start", one, "--teacher", SHIPPED_FOLDER)
    assert run("train", "--data", csv_path, "--votes", votes, *words) == 0
    card = read_card(out)
    assert (card.metrics["PublicTest"].n, card.votes["PublicTest"].n) == (4, 4)
    assert card.training.votes_offsets is not None
    assert all(row.votes_accuracy is not None for row in card.robustness)
    page = (out / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "What most of ten people saw" in page
    assert "Calibration of the votes" in page
    crops = make_face_set([0, 3]).images
    whole = predict(load_model(out)[0], crops, Head.VOTES)
    assert make_classifier(out).classify(crops) == pytest.approx(whole, abs=0.1)
    photographs = (word for pair in write_photographs(tmp_path).items() for word in pair)
    again = ("--out", tmp_path / "none", "--recipe", "fernet-photographs", "--start", out, "--teacher", one)
    assert run("train", "--data", csv_path, "--votes", votes, *again, *photographs) == 2
    assert "needs teachers with a votes head" in capsys.readouterr().err


def test_photographs_of_half_of_the_people_train_the_votes_head(csv_path: Path, tmp_path: Path) -> None:
    votes, out = write_votes(tmp_path / "votes.csv", rows=12, most="sadness"), tmp_path / "model"
    photographs = (word for pair in write_photographs(tmp_path).items() for word in pair)
    words = ("--out", out, "--recipe", "fernet-photographs", "--epochs", "1", *DISTILLED, *photographs)
    assert run("train", "--data", csv_path, "--votes", votes, *words) == 0
    training = read_card(out).training
    assert training.pictures == 5 + 4
    assert any(line.startswith("4 photographs from elsewhere, of half of the people") for line in training.data)
    assert "--photographs wild --people people.csv --start shipped" in training.command
    own, of_start = training.learned
    assert (own.everybody, of_start) == (False, read_card(SHIPPED_FOLDER).list_learned()[0])
    assert own.sha256 == hash_pictures(read_class_folders(tmp_path / "wild").images), "all, not the half that was shown"
    words = ("--out", tmp_path / "last", "--epochs", "1", "--recipe", "fernet-two-heads", "--start", out)
    assert run("train", "--data", csv_path, "--votes", votes, *words, "--teacher", SHIPPED_FOLDER) == 0
    assert read_card(tmp_path / "last").training.learned == (own, of_start)


@pytest.mark.parametrize(("left_out", "recipe"), [("--people", "fernet-photographs"), ("", "fernet-two-heads")])
def test_photographs_are_for_recipes_that_use_them_with_their_people(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], left_out: str, recipe: str
) -> None:
    votes, options = write_votes(tmp_path / "votes.csv", rows=12, most="sadness"), write_photographs(tmp_path)
    photographs = (word for pair in options.items() if pair[0] != left_out for word in pair)
    words = ("--out", tmp_path / "model", "--recipe", recipe, *DISTILLED, *photographs)
    assert run("train", "--data", csv_path, "--votes", votes, *words) == 2
    assert "--photographs and --people" in capsys.readouterr().err
    assert not (tmp_path / "model").exists()


def test_several_models_and_mirrored_faces_are_averaged(csv_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = []
    for words in ((), ("--model", SHIPPED_FOLDER, "--model", SHIPPED_FOLDER), ("--flips",)):
        assert run("evaluate", "--data", csv_path, "--json", *words) == 0
        figures.append(json.loads(capsys.readouterr().out))
    one, twice, flipped = figures
    assert (twice["parameters"], twice["macs"]) == (2 * one["parameters"], 2 * one["macs"])
    assert (flipped["parameters"], flipped["macs"]) == (one["parameters"], 2 * one["macs"])
    assert twice["confusion"] == one["confusion"]


def test_a_report_holds_pictures_and_the_most_confident_mistakes(csv_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    assert run("evaluate", "--data", csv_path, "--report", folder) == 0
    assert {path.name for path in folder.iterdir()} == {"confusion.png", "reliability.png", "mistakes.csv"}


def test_a_network_learns_from_folders_and_teacher_networks(csv_path: Path, tmp_path: Path) -> None:
    happy = tmp_path / "mine" / "Happiness"
    happy.mkdir(parents=True)
    for seed in (50, 51):
        cv2.imwrite(str(happy / f"{seed}.png"), draw_face_like(seed))
    out = tmp_path / "model"
    words = ("--out", out, "--recipe", "fernet-distilled", "--teacher", SHIPPED_FOLDER, "--folder", happy.parent)
    assert run("train", "--data", csv_path, "--augmentation", "paper", "--epochs", "1", *words) == 0
    training = read_card(out).training
    assert training.pictures == 5 + 2
    pictures = hash_pictures(read_class_folders(happy.parent).images)
    assert training.learned[0] == LearnedCard(sha256=pictures, everybody=True)
    assert run("evaluate", "--data", happy.parent, "--model", out, "--record", "mine") == 2, "they are not unseen"
    assert "folder mine: 2 more training pictures" in training.data
    assert "teacher networks (shipped)" in training.data[-1]
    assert "--folder mine --teacher shipped --out FOLDER --recipe fernet-distilled --augmentation paper" in (
        training.command
    )


def test_a_run_from_other_weights_records_them(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "model"
    assert run("train", "--data", csv_path, "--out", out, "--epochs", "1", "--start", SHIPPED_FOLDER) == 0
    training = read_card(out).training
    assert "--start shipped --out FOLDER --recipe fernet" in training.command
    assert training.recipe["start_sha256"] == read_card(SHIPPED_FOLDER).weights_sha256
    capsys.readouterr()
    assert run("train", "--data", csv_path, "--out", out, "--epochs", "1", "--resume") == 2, "with random ones"
    assert "holds a run with another recipe" in capsys.readouterr().err


def test_a_run_resumes_with_its_teachers_only(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, out = tmp_path / "other", tmp_path / "model"
    assert run("train", "--data", csv_path, "--out", other, "--epochs", "1") == 0
    words = ("train", "--data", csv_path, "--out", out, "--recipe", "fernet-distilled", "--epochs", "1")
    assert run(*words, "--teacher", SHIPPED_FOLDER) == 0
    monkeypatch.setattr("data.fer2013.read_fer2013", None)  # it is refused before the data is read
    assert run(*words, "--teacher", other, "--resume") == 2
    assert "holds a run with another recipe" in capsys.readouterr().err
    assert run(*words, "--teacher", SHIPPED_FOLDER) == 2
    assert "add --resume" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["--start", "--teacher"])
def test_a_network_is_not_overwritten_by_one_that_learns_from_it(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    source = shutil.copytree(SHIPPED_FOLDER, tmp_path / "source")
    before = {path.name: path.read_bytes() for path in source.iterdir()}
    recipe = ("--recipe", "fernet-distilled", "--teacher", SHIPPED_FOLDER)
    assert run("train", "--data", csv_path, "--out", source, *recipe, option, source) == 2
    assert "choose another folder for --out" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in source.iterdir()} == before


def test_a_folder_with_another_network_is_refused(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(SHIPPED_FOLDER, tmp_path / "taken")
    assert run("train", "--data", csv_path, "--out", folder, "--recipe", "cnn") == 2
    assert "holds another network (fernet.json)" in capsys.readouterr().err


def test_folders_of_the_same_name_are_all_learned(csv_path: Path, tmp_path: Path) -> None:
    for index, parent in enumerate(("one", "two")):
        (tmp_path / parent / "train" / "happy").mkdir(parents=True)
        cv2.imwrite(str(tmp_path / parent / "train" / "happy" / "1.png"), draw_face_like(70 + index))
    out, folders = tmp_path / "model", [tmp_path / parent / "train" for parent in ("one", "two")]
    words = ("--epochs", "1", "--folder", folders[0], "--folder", folders[1])
    assert run("train", "--data", csv_path, "--out", out, *words) == 0
    assert read_card(out).training.pictures == 5 + 2


def test_a_deep_network_starts_from_a_shallow_one(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After one step the moving average is still the initial weights."""
    monkeypatch.setitem(ARCHITECTURES, "resnet14", lambda: build_resnet14((8, 16), units=32))
    monkeypatch.setitem(ARCHITECTURES, "resnet50", lambda: build_resnet50((8, 16), (2, 2), units=32))
    shallow, deep = tmp_path / "shallow", tmp_path / "deep"
    words = ("train", "--data", csv_path, "--teacher", SHIPPED_FOLDER)
    assert run(*words, "--out", shallow, "--recipe", "resnet14-brief", "--epochs", "1") == 0
    assert run(*words, "--out", deep, "--recipe", "resnet50-brief", "--epochs", "1") == 2
    assert "needs --start: the folder of a trained resnet14 or resnet50" in capsys.readouterr().err
    assert run(*words, "--out", deep, "--recipe", "resnet50-brief", "--epochs", "1", "--start", shallow) == 0
    assert read_card(deep).training.recipe["start_sha256"] == read_card(shallow).weights_sha256
    kernels = [load_model(folder)[0].get_layer("stage2_block1_second").get_weights()[0] for folder in (shallow, deep)]
    assert np.array_equal(*kernels)


def test_explain_draws_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    face, out = tmp_path / "face.png", tmp_path / "why.png"
    cv2.imwrite(str(face), draw_face_like(1))
    assert run("explain", face, "--out", out) == 0
    assert cv2.imread(str(out)) is not None
    words = capsys.readouterr().out.split()
    assert set(LABELS) & {word.strip(",") for word in words}


def test_quantise_adds_the_model_that_a_folder_lacks(
    csv_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "model"))
    (folder / "fernet.tflite").unlink()
    write_card(read_card(folder).model_copy(update={"quantised": None}), folder)
    assert run("quantise", folder, "--data", csv_path) == 0
    quantised = read_card(folder).quantised
    assert quantised is not None
    assert quantised.bytes == (folder / "fernet.tflite").stat().st_size
    assert "fernet.tflite" in (folder / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out.startswith(f"{folder / 'fernet.tflite'}: 0.9 MB, the same expression for ")

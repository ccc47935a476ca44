"""The card: round trip, page, and the checks of a model folder before Keras loads it. None needs TensorFlow."""

import errno
import hashlib
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.errors import ModelError
from fer_desktop.expression.figures import summarise_model
from fer_desktop.types import UNCERTAIN_EXPRESSIONS
from models.card import ModelCard, read_card, write_card
from models.card_page import render_card
from models.labels import LABELS
from models.loading import SHIPPED_FOLDER, check_model_folder, load_model

WEIGHTS = b"stands for weights"
QUANTISED = b"stands for a quantised model"


@pytest.fixture
def card() -> ModelCard:
    """The shipped card, with the hashes of `WEIGHTS` and `QUANTISED`."""
    shipped = read_card(SHIPPED_FOLDER)
    assert shipped.quantised is not None
    quantised = shipped.quantised.model_copy(update={"sha256": hashlib.sha256(QUANTISED).hexdigest()})
    return shipped.model_copy(update={"weights_sha256": hashlib.sha256(WEIGHTS).hexdigest(), "quantised": quantised})


@pytest.fixture
def folder(tmp_path: Path, card: ModelCard) -> Path:
    (tmp_path / card.weights_file).write_bytes(WEIGHTS)
    (tmp_path / "fernet.tflite").write_bytes(QUANTISED)
    write_card(card, tmp_path)
    return tmp_path


def test_a_card_survives_the_round_trip(folder: Path, card: ModelCard) -> None:
    assert read_card(folder) == card


def test_a_card_stays_whole_where_it_cannot_be_replaced(
    folder: Path, card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill_disk(path: Path, text: str, **_options: str) -> None:
        path.write_bytes(text[:10].encode())
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fill_disk)
    with pytest.raises(OSError, match="No space left"):
        write_card(card.model_copy(update={"version": "9"}), folder)
    assert read_card(folder) == card
    assert not list(folder.glob("*.partial"))


def test_a_folder_that_matches_its_card_is_accepted(folder: Path, card: ModelCard) -> None:
    assert check_model_folder(folder) == card


def test_tampered_weights_are_refused(folder: Path, card: ModelCard) -> None:
    (folder / card.weights_file).write_bytes(WEIGHTS[:-1] + b"S")
    with pytest.raises(ModelError, match=r"damaged.*install FER Desktop again"):
        load_model(folder)


def test_a_tampered_quantised_model_is_refused(folder: Path) -> None:
    (folder / "fernet.tflite").write_bytes(QUANTISED[:-1] + b"S")
    with pytest.raises(ModelError, match=r"fernet\.tflite is damaged.*install FER Desktop again"):
        load_model(folder)


def test_missing_weights_are_refused(folder: Path, card: ModelCard) -> None:
    (folder / card.weights_file).unlink()
    with pytest.raises(ModelError, match=r"missing.*install FER Desktop again"):
        load_model(folder)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"name": "fernet"}', "\x00\xff"])
def test_an_invalid_card_is_refused(folder: Path, text: str) -> None:
    (folder / "fernet.json").write_text(text, encoding="latin-1")
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(folder)


def test_a_folder_without_a_card_or_with_two_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "other.json").write_text("{}")
    with pytest.raises(ModelError, match=r"one model card .*not 2"):
        load_model(folder)
    with pytest.raises(ModelError, match=r"one model card .*not 0"):
        load_model(tmp_path / "nothing")


def test_other_expressions_are_refused(folder: Path, card: ModelCard) -> None:
    write_card(card.model_copy(update={"labels": LABELS[::-1]}), folder)
    with pytest.raises(ModelError, match="other expressions"):
        load_model(folder)


def test_another_input_is_refused(folder: Path, card: ModelCard) -> None:
    changed = card.input.model_copy(update={"shape": (64, 64, 1)})
    write_card(card.model_copy(update={"input": changed}), folder)
    with pytest.raises(ModelError, match=r"\(64, 64, 1\), not \(48, 48, 1\)"):
        load_model(folder)


def test_weights_that_match_their_card_but_hold_no_model_are_refused(folder: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(folder)


def test_other_weights_have_another_title(card: ModelCard) -> None:
    assert card.title.startswith(f"{card.name} {card.version} (")
    assert card.model_copy(update={"weights_sha256": "0" * 64}).title != card.title


def test_a_network_without_a_votes_head_has_no_summary(card: ModelCard) -> None:
    with pytest.raises(ModelError, match="was not measured by what people see"):
        summarise_model(card.model_copy(update={"votes": {}}))


def test_the_summary_has_the_figures_of_the_head_that_is_shown_on_other_photographs(card: ModelCard) -> None:
    measured = card.outside[0]
    head = measured.heads[measured.shown]
    confusion = np.array(head.confusion)
    negative = [LABELS.index(name) for name in ("angry", "disgust", "fear", "sad")]
    outside = summarise_model(card).figures.outside
    assert outside is not None
    assert outside.pictures == measured.n == confusion.sum()
    found = (outside.negative, outside.neutral, outside.positive)
    assert found == (head.valence.negative, head.valence.neutral, head.valence.positive)
    called = confusion[:, negative].sum()
    assert outside.negative_right == pytest.approx(confusion[np.ix_(negative, negative)].sum() / called)


def test_legends_mark_the_expressions_that_were_tested_on_few_faces_and_are_often_missed() -> None:
    by_expression = summarise_model(read_card(SHIPPED_FOLDER)).figures.by_expression
    few = {name for name, figures in by_expression.items() if figures.pictures < 100 and figures.recall < 0.75}
    assert few == set(UNCERTAIN_EXPRESSIONS)


def test_photographs_without_negative_faces_say_nothing_to_a_teacher(card: ModelCard) -> None:
    measured = card.outside[0]
    heads = {
        name: head.model_copy(update={"valence": head.valence.model_copy(update={"negative": None})})
        for name, head in measured.heads.items()
    }
    bare = card.model_copy(update={"outside": (measured.model_copy(update={"heads": heads}),)})
    assert summarise_model(bare).figures.outside is None
    assert summarise_model(card.model_copy(update={"outside": ()})).figures.outside is None


def test_the_page_shows_all_figures_and_limits(card: ModelCard) -> None:
    page = render_card(card)
    figures = card.metrics["PublicTest"]
    low, high = figures.accuracy_ci95
    for text in (
        f"{figures.accuracy:.1%}",
        f"{low:.1%} to {high:.1%}",
        card.weights_sha256,
        card.training.command,
        *card.known_failures,
        *card.fairness,
        *card.law,
        *LABELS,
    ):
        assert text in page
    assert all(f"| {name} | {one.precision:.2f} | {one.recall:.2f}" in page for name, one in figures.per_class.items())


def test_the_shipped_folder_is_complete_and_small_and_its_page_is_rendered_from_its_card() -> None:
    card = check_model_folder(SHIPPED_FOLDER)
    assert card.weights_bytes == (SHIPPED_FOLDER / card.weights_file).stat().st_size <= 10_000_000
    assert (SHIPPED_FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8") == render_card(card)
    assert card.labels == LABELS

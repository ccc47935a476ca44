"""The page of promises names tests that exist, and the README repeats what was measured."""

import ast
import re
from pathlib import Path
from typing import Final

import pytest

from models.card import EvaluationCard, HeadCard, read_card
from models.loading import SHIPPED_FOLDER

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
README: Final = (ROOT / "README.md").read_text(encoding="utf-8").replace("**", "")
TESTS: Final = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS: Final = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| promise |")]


def list_tests(path: Path) -> set[str]:
    """The test functions of a file, also those in classes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize(("path", "test"), TESTS, ids=lambda part: part)
def test_every_test_that_the_page_names_exists(path: str, test: str) -> None:
    assert (ROOT / path).is_file()
    assert test in list_tests(ROOT / path)


def test_every_promise_has_its_proof() -> None:
    assert len(ROWS) > 40
    assert [row for row in ROWS if "::test_" not in row] == []


def test_the_readme_leads_to_the_page() -> None:
    assert "](docs/promises.md)" in README


def describe_accuracy(card: EvaluationCard | HeadCard) -> tuple[str, str]:
    low, high = card.accuracy_ci95
    return f"{card.accuracy:.1%}".replace("%", " %"), f"{low:.1%} to {high:.1%}".replace("%", "")


def test_the_readme_has_the_figures_outside_fer2013_of_the_model_card() -> None:
    (news,) = read_card(SHIPPED_FOLDER).outside
    shown = news.heads[news.shown]
    (row,) = [line for line in README.splitlines() if line.startswith("| outside FER2013")]
    found = (shown.valence.negative, shown.valence.neutral, shown.valence.positive)
    assert f" {news.n:,} news photographs" in row
    assert all(text in row for text in describe_accuracy(shown))
    assert f"{shown.balanced_accuracy:.1%}".replace("%", " %") in row
    assert "{:.1f}, {:.1f} and {:.1f} %".format(*(100 * share for share in found if share is not None)) in row


def test_the_readme_has_the_figures_of_the_model_card() -> None:
    card = read_card(SHIPPED_FOLDER)
    for measured in (card.votes["PublicTest"], card.metrics["PublicTest"]):
        share, interval = describe_accuracy(measured)
        assert any(share in line and interval in line for line in README.splitlines()), (share, interval)

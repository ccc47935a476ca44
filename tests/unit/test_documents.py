"""The documents name files that exist, and their links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
CODE: Final = ("fer_desktop", "ui", "models", "data", "tests", "tools", "installers")
DOCUMENTS: Final = sorted(
    [
        ROOT / "README.md",
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "models").rglob("*.md"),
        *(ROOT / "data").rglob("*.md"),
    ]
)
FILE_NAMES: Final = {path.name for folder in CODE for path in (ROOT / folder).rglob("*.*")} | {"main.py"}
SOURCES: Final = [path for folder in CODE for path in (ROOT / folder).rglob("*.py")]

OF_THE_SCENES: Final = {"tools/gallery_sim.py", "data/faces/faces.csv", "data/screens"}
"""In the folder that the gallery benchmark is given, which is not part of the project."""


def paths_in(text: str) -> Iterator[str]:
    """Source files in backticks, with or without a folder, and folders of the code."""
    yield from re.findall(r"`([\w./-]+\.(?:py|sh|toml|html))`", text)
    yield from re.findall(rf"`((?:{'|'.join(CODE)}|docs)/[\w./-]+)`", text)


def exists(path: str, document: Path) -> bool:
    """Paths start at the root, in the engine, or where the document lies; a bare name may lie anywhere."""
    if "/" not in path:
        return path in FILE_NAMES or (ROOT / path).exists()
    return path in OF_THE_SCENES or any(
        (folder / path).exists() for folder in (ROOT, ROOT / "fer_desktop", document.parent)
    )


def anchor_of(heading: str) -> str:
    """The anchor that a Markdown renderer gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [path for path in paths_in(text) if not exists(path, document)] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    for target, anchor in re.findall(
        r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)", document.read_text(encoding="utf-8")
    ):
        linked = document.parent / target if target else document
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in map(anchor_of, headings), f"{target}#{anchor}"


def test_every_document_that_the_code_names_exists() -> None:
    named = {
        name
        for path in SOURCES
        for name in re.findall(r"\bdocs/[\w/-]+\.(?:md|svg)\b", path.read_text(encoding="utf-8"))
    }
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. "), path.name


def test_the_glossary_explains_each_term_once() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    terms = [
        term.strip()
        for row in re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)
        if row != "term"
        for term in row.split(",")
    ]
    assert len(terms) > 80
    assert len(terms) == len(set(terms)), "a term stands twice"


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    assert [name for name in re.findall(r"`(\w+)`", glossary) if name not in code] == []

"""The page and the picture of the architecture show the code as it is."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED: Final = re.findall(r"`((?:fer_desktop|ui|models|data|tools)(?:/[\w./]+)?|main\.py)`", PAGE)
PACKAGES: Final = sorted(
    folder.parent.relative_to(ROOT).as_posix() for folder in (ROOT / "fer_desktop").glob("*/__init__.py")
)


WAY: Final = ("capture", "vision", "expression", "engagement", "session", "storage", "analysis", "report")
"""The packages whose files the page names one by one; of `storage` without the migrations."""
FILES_OF_THE_WAY: Final = sorted(
    path.relative_to(ROOT).as_posix()
    for package in WAY
    for path in (ROOT / "fer_desktop" / package).rglob("*.py")
    if path.name != "__init__.py" and "migrations" not in path.parts
)


@pytest.mark.parametrize("name", sorted(set(NAMED)))
def test_everything_that_the_page_names_exists(name: str) -> None:
    assert (ROOT / name).exists()


def test_each_file_of_the_way_is_named_once() -> None:
    counts = Counter(NAMED)
    assert {name: counts[name] for name in FILES_OF_THE_WAY if counts[name] != 1} == {}


def test_no_file_of_the_engine_is_named_twice() -> None:
    counts = Counter(name for name in NAMED if name.startswith("fer_desktop/") and name.endswith(".py"))
    assert [name for name, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("package", [*PACKAGES, "ui", "models", "data"])
def test_every_package_is_named(package: str) -> None:
    assert any(name == package or name.startswith(f"{package}/") for name in NAMED)


def test_the_picture_shows_the_imports_as_they_are() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "architecture_picture.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")

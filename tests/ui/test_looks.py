"""Every window matches its reference picture, within the limits that `looks/compare.py` states.

`looks/variants.py` lists which themes, languages and scales are compared. Where a window is meant to look different,
`make looks` writes the references again, to be reviewed. `FER_DESKTOP_LOOKS=folder` keeps the pictures in full size.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from tests.ui.looks.compare import FONTS, REFERENCES, find_difference, read_image, read_reference
from tests.ui.looks.variants import DRAWN_ONLY, LOOKS, SCREENS, Look

ROOT: Final = Path(__file__).resolve().parents[2]
DRAWING_LIMIT_S: Final = 900


def identify(look: Look) -> str:
    return f"{look.name}-{look.variant.screen.name}"


@pytest.fixture(scope="module")
def drawn(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """The folder of each screen's pictures, drawn at the same time, each by a process of its own."""
    missing = set(FONTS) - set(QFontDatabase.families())
    if missing:
        pytest.skip(f"the references were drawn with fonts that are not installed: {', '.join(sorted(missing))}")
    folders = {screen: tmp_path_factory.mktemp(f"looks-{screen}") for screen in SCREENS}
    processes = {screen: start_drawing(screen, folder) for screen, folder in folders.items()}
    try:
        for screen, process in processes.items():
            _, errors = process.communicate(timeout=DRAWING_LIMIT_S)
            assert process.returncode == 0, f"drawing on the screen {screen!r} failed:\n{errors[-2000:]}"
        yield folders
    finally:
        for process in processes.values():
            process.kill()
            process.communicate()  # closes its pipe, too


def start_drawing(screen: str, folder: Path) -> "subprocess.Popen[str]":
    kept = os.environ.get("FER_DESKTOP_LOOKS")
    full_size = [str(Path(kept) / screen)] if kept else []
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.looks.render", *full_size, "--screen", screen, "--small", str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("look", LOOKS, ids=identify)
def test_a_window_matches_its_reference(drawn: Mapping[str, Path], look: Look) -> None:
    image = read_image(drawn[look.variant.screen.name] / f"{look.name}.png")
    reference = read_reference(look.name)
    assert image is not None, "it was not drawn"
    assert reference is not None, "it has no reference yet: run `make looks`, and review the picture"
    difference = find_difference(image, reference, look.variant.limits)
    assert difference is None, f"{identify(look)}: {difference}. If that is meant, run `make looks`"


def test_every_other_scene_is_drawn_in_hindi_without_an_error(drawn: Mapping[str, Path]) -> None:
    names = {path.stem for path in drawn["plain"].glob("*.png")}
    assert {look.name for look in DRAWN_ONLY} <= names


def test_every_reference_is_compared() -> None:
    assert {path.stem for path in REFERENCES.glob("*.webp")} <= {look.name for look in LOOKS}

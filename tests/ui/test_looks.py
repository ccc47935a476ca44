"""Every window as it looked when somebody last looked at it: both themes, both languages, three scales of the screen.

Where a window is meant to look different, `make looks` writes the pictures anew, to be looked at.
`FER_DESKTOP_LOOKS=folder` keeps all pictures of a run in full, a folder a scale.
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

from tests.ui.looks.compare import (
    ANOTHER_SCALE,
    FONTS,
    LANGUAGES,
    REFERENCES,
    SAME_SCALE,
    SCALES,
    THEMES,
    find_difference,
    read_image,
    read_reference,
)
from tests.ui.looks.scenes import SCENES

ROOT: Final = Path(__file__).resolve().parents[2]
DRAWING_LIMIT_S: Final = 240
PICTURES: Final = [
    (scene, theme, language, scale)
    for scale in SCALES
    for scene in SCENES
    for language in LANGUAGES
    for theme in THEMES
    if scale == SCALES[0] or SCENES[scene].every_scale
]


@pytest.fixture(scope="module")
def drawn(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Path]]:
    """The folder of each scale's pictures; all scales are drawn at once, each by a program of its own."""
    missing = set(FONTS) - set(QFontDatabase.families())
    if missing:
        pytest.skip(f"the pictures were drawn with fonts that are not here: {', '.join(sorted(missing))}")
    folders = {scale: tmp_path_factory.mktemp(f"looks-{scale}") for scale in SCALES}
    programs = {scale: start_drawing(scale, folder) for scale, folder in folders.items()}
    try:
        for scale, program in programs.items():
            _, said = program.communicate(timeout=DRAWING_LIMIT_S)
            assert program.returncode == 0, f"drawing at scale {scale} failed:\n{said[-2000:]}"
        yield folders
    finally:
        for program in programs.values():
            program.kill()
            program.wait()


def start_drawing(scale: str, folder: Path) -> "subprocess.Popen[str]":
    kept = os.environ.get("FER_DESKTOP_LOOKS")
    scenes = sorted({scene for scene, _, _, drawn_at in PICTURES if drawn_at == scale})
    where = ([str(Path(kept) / scale)] if kept else []) + ["--small", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ui.looks.render", *where, "--only", *scenes],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(("scene", "theme", "language", "scale"), PICTURES, ids=["-".join(each) for each in PICTURES])
def test_a_window_looks_as_it_did(drawn: Mapping[str, Path], scene: str, theme: str, language: str, scale: str) -> None:
    name = f"{scene}-{theme}-{language}"
    image, reference = read_image(drawn[scale] / f"{name}.png"), read_reference(name)
    assert image is not None, "it was not drawn"
    assert reference is not None, "nobody has looked at it yet: run `make looks`, and look at it"
    limits = SAME_SCALE if scale == SCALES[0] else ANOTHER_SCALE
    difference = find_difference(image, reference, limits)
    assert difference is None, f"{name} at scale {scale}: {difference}. If that is meant, run `make looks`"


def test_there_is_no_picture_of_what_is_no_longer_drawn() -> None:
    drawn = {f"{scene}-{theme}-{language}" for scene, theme, language, _ in PICTURES}
    assert {path.stem for path in REFERENCES.glob("*.webp")} <= drawn

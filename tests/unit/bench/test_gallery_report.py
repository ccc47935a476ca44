"""What the benchmark prints and draws, and the scenes that it plans."""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fer_desktop.bench.gallery.command import BENCH_GALLERY
from fer_desktop.bench.gallery.drawing import Drawer
from fer_desktop.bench.gallery.plan import (
    Section,
    plan_face_scenes,
    plan_hard_scenes,
    plan_identity_scenes,
    plan_name_scenes,
)
from fer_desktop.bench.gallery.rows import Row, ScoredScene, Unit, pool_scenes
from fer_desktop.bench.gallery.scenes import PROJECT_FOLDER, STYLES
from fer_desktop.bench.gallery.scores import Measure, Ratio
from fer_desktop.bench.gallery.table import describe_row, print_rows
from fer_desktop.capture.pictures import load_picture
from fer_desktop.errors import SettingsError
from fer_desktop.types import Box
from tests.unit.bench.galleries import make_truth, see, see_face

ROW = Row(Section.FACES, "face recall", "36 pictures", 0.9975, bar=0.998, note="48 of 49 in zoom-49")


@pytest.mark.parametrize(
    ("unit", "value", "bar", "met"),
    [
        (Unit.SHARE, 0.99, 0.99, True),
        (Unit.SHARE, 0.98999, 0.99, False),
        (Unit.ERROR, 0.02, 0.02, True),
        (Unit.MILLISECONDS, 46, 45, False),
        (Unit.SECONDS, 0.8, 1.0, True),
        (Unit.COUNT, 24, None, None),
    ],
)
def test_a_bar_is_met_from_its_own_side(unit: Unit, value: float, bar: float | None, met: bool | None) -> None:
    assert replace(ROW, unit=unit, value=value, bar=bar).met is met


def test_bars_and_values_carry_their_units() -> None:
    times = replace(ROW, unit=Unit.MILLISECONDS, value=512.3, bar=700)
    assert (ROW.bar_text, ROW.value_text) == ("≥ 0.9980", "0.9975")
    assert (times.bar_text, times.value_text) == ("≤ 700 ms", "512 ms")
    assert replace(ROW, bar=None).bar_text == ""


def test_scenes_are_pooled_and_the_weakest_is_named() -> None:
    """49 and 25 faces: one missed of 74, not the mean of two shares."""
    recall, unread = Measure.FACE_RECALL, Measure.NAMES_UNREAD
    scenes = [
        ScoredScene("large", {recall: Ratio(48, 49), unread: Ratio(0, 49)}),
        ScoredScene("small", {recall: Ratio(25, 25), unread: Ratio(2, 25)}),
    ]
    found, unread_row = pool_scenes(Section.FACES, "2 pictures", scenes, {recall: 0.98})
    assert (found.what, found.value, found.bar, found.met) == ("face recall", 73 / 74, 0.98, True)
    assert found.note == "48 of 49 in large"
    assert (unread_row.value, unread_row.unit, unread_row.note) == (2 / 74, Unit.ERROR, "2 of 25 in small")


def test_a_flawless_measure_has_no_weakest_scene() -> None:
    (row,) = pool_scenes(Section.FACES, "", [ScoredScene("one", {Measure.FACE_RECALL: Ratio(9, 9)})], {})
    assert (row.value, row.bar, row.note) == (1.0, None, "")


def test_the_table_holds_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([ROW, replace(ROW, section=Section.TIME, what="layout found", unit=Unit.SECONDS, value=0.4, bar=1)])
    printed = capsys.readouterr().out
    for text in ("face recall", "36 pictures", "≥ 0.9980", "0.9975", "48 of 49 in zoom-49", "layout found", "0.4 s"):
        assert text in printed


def test_a_row_for_programs() -> None:
    assert describe_row(ROW) == {
        "section": "faces",
        "what": "face recall",
        "on": "36 pictures",
        "value": 0.9975,
        "unit": "share",
        "bar": 0.998,
        "met": False,
        "note": "48 of 49 in zoom-49",
    }


def test_every_section_can_be_chosen() -> None:
    parser = argparse.ArgumentParser()
    BENCH_GALLERY.add_arguments(parser)
    everything = parser.parse_args(["--scenes", "there"])
    assert sorted(everything.only) == sorted(Section)


def test_the_plan_covers_styles_sizes_and_seeds() -> None:
    faces = plan_face_scenes(quick=False)
    assert {scene.style for scene in faces} == set(STYLES)
    assert {(scene.students, scene.width) for scene in faces} == {(25, 1920), (25, 1366), (49, 1920), (49, 1366)}
    assert len(faces) == 2 * 3 * 2 * 3
    assert {(scene.width, scene.quality) for scene in plan_hard_scenes(quick=False)} == {
        (width, quality) for width in (1280, 1024) for quality in (20, 25, 30)
    }
    assert set(plan_name_scenes(quick=True)) < set(plan_face_scenes(quick=True)) < set(faces)
    assert {planned.scene.seconds for planned in plan_identity_scenes(quick=False)} == {180}
    assert {planned.bar for planned in plan_identity_scenes(quick=True)} == {0.99, 0.95, 0.98}


def test_correct_boxes_are_green_and_wrong_ones_red(tmp_path: Path) -> None:
    truth = make_truth(3)
    seen = see(truth, first=1)
    seen = replace(seen, faces=(*seen.faces, see_face(Box(150, 80, 18, 18))))
    image = np.zeros((120, 340, 3), np.uint8)
    Drawer(tmp_path / "drawn").draw("picture", image, seen, truth)
    drawn = load_picture(tmp_path / "drawn" / "picture.jpg").astype(int)

    def is_red(x: int, y: int) -> bool:
        blue, green, red = drawn[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).mean(0).tolist()
        return bool(red > green + blue)

    assert is_red(1, 50)  # the tile that was missed
    assert is_red(50, 31)  # its face
    assert not is_red(160, 30)  # a face found
    assert is_red(159, 81)  # a face invented
    assert image.sum() == 0  # drawn on a copy


def test_without_a_folder_nothing_is_drawn(tmp_path: Path) -> None:
    drawer = Drawer(None)
    drawer.draw("picture", np.zeros((120, 340, 3), np.uint8), see(make_truth(3)), None)
    assert not drawer.is_drawing
    assert list(tmp_path.glob("*.jpg")) == []


def test_nothing_is_drawn_into_the_project() -> None:
    with pytest.raises(SettingsError, match="inside the project"):
        Drawer(PROJECT_FOLDER / "docs" / "pictures")


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="choose another folder"):
        Drawer(tmp_path / "file" / "drawn")

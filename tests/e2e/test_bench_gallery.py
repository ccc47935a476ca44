"""The gallery benchmark on rendered photographs and real screenshots, where they lie beside the checkout."""

from pathlib import Path

from fer_desktop.app import build_analyzer
from fer_desktop.bench.gallery.scenes import Scene, open_scene_folder, read_truth
from fer_desktop.bench.gallery.scores import Measure, Seen, score_boxes
from fer_desktop.capture.pictures import load_picture
from fer_desktop.types import Frame
from tests.e2e.program import run_json, run_program


def test_a_small_rendered_class_is_read_correctly(shared_folder: Path, tmp_path: Path) -> None:
    scene = Scene(9, "zoom", 1280, 720, seed=3)
    with open_scene_folder(shared_folder, tmp_path / "kept") as folder:
        picture = folder.render(scene)
    (truth,) = read_truth(picture)
    seen = Seen.of(build_analyzer(None, None).process(Frame(0, 0.0, load_picture(picture))))
    scores = score_boxes(seen, truth)
    for measure in (Measure.FACE_RECALL, Measure.TILES_FOUND, Measure.CAMERAS):
        assert scores[measure].share == 1.0


def test_screenshots_are_counted_and_drawn(shared_folder: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "drawn"
    rows = run_json("bench-gallery", "--scenes", shared_folder, "--only", "screens", "--draw", drawn)
    *pictures, errors = rows
    assert (
        len(pictures) == len(list(drawn.glob("screen-*.jpg"))) == len(list((shared_folder / "data").glob("*/*.json")))
    )
    assert errors["what"] == "count errors"
    assert errors["value"] < 0.1


def test_a_folder_without_scenes_is_reported_in_one_line(tmp_path: Path) -> None:
    done = run_program("bench-gallery", "--scenes", tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "gallery_sim.py" in done.stderr
